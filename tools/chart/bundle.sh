#!/bin/sh
# Makes the bundle for networks without a way out: bin/leitai-VERSION-offline.tar.gz
# with the chart, the image and the binary for amd64 and arm64, examples, manuals,
# the bill of materials, checksums, and a script that installs from it. No
# container engine is needed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
version=$(cat "$root/VERSION")
eval "$("$here/ensure.sh")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
name="leitai-$version-offline"
into="$work/$name"
mkdir -p "$into/images" "$into/bin" "$into/docs" "$into/operate" "$root/bin"
export HELM_CACHE_HOME="$work/helm" HELM_CONFIG_HOME="$work/helm" HELM_DATA_HOME="$work/helm"

same() { # an archive that says nothing of the machine it was made on, nor of the time
	tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=go-w -cf - "$@"
}

certificates=${CERTIFICATES:-/etc/ssl/certs/ca-certificates.crt}
if [ ! -r "$certificates" ]; then
	echo "the image needs the authorities that are trusted: install ca-certificates, or set CERTIFICATES to a file (PEM)" >&2
	exit 1
fi
for arch in amd64 arm64; do
	echo "building for $arch" >&2
	binary="$into/bin/leitai-linux-$arch"
	(cd "$root" && CGO_ENABLED=0 GOOS=linux GOARCH=$arch go build -tags timetzdata -trimpath -buildvcs=false \
		-ldflags "-s -w -X main.version=$version" -o "$binary" ./cmd/leitai)
	(cd "$here" && go run ./image -binary "$binary" -arch $arch -version "$version" -certificates "$certificates" \
		-out "$into/images/leitai-$version-linux-$arch.tar")
done
"$HELM" package "$root/charts/leitai" -d "$work" >/dev/null
mkdir "$work/chart"
tar -xzf "$work/leitai-$version.tgz" -C "$work/chart"
same -C "$work/chart" leitai | gzip -n -9 >"$into/leitai-$version.tgz" # helm's own package tells when it was made
cp -r "$root/charts/leitai/examples" "$into/examples"
cp "$root"/examples/operate/leitai* "$into/operate/"
for manual in operators cluster cluster-proof backup observability runbooks licences; do
	if [ -f "$root/docs/$manual.md" ]; then cp "$root/docs/$manual.md" "$into/docs/"; fi
done
(cd "$root" && go run ./internal/supply/release -sbom "$into/leitai.cdx.json" -version "$version")
sed "s/@VERSION@/$version/g" "$here/offline/README.md" >"$into/README.md"
sed "s/@VERSION@/$version/g" "$here/offline/install.sh" >"$into/install.sh"
chmod 755 "$into/install.sh" "$into"/bin/*
(cd "$into" && find . -type f ! -name SHA256SUMS | sort | sed 's#^\./##' | xargs sha256sum >SHA256SUMS)
"$into/install.sh" check
same -C "$work" "$name" | gzip -n -6 >"$root/bin/$name.tar.gz"
(cd "$root/bin" && sha256sum "$name.tar.gz" >"$name.tar.gz.sha256")
ls -l "$root/bin/$name.tar.gz" | awk '{ printf "%s %.0f MB\n", $NF, $5 / 1e6 }'
