#!/bin/sh
# Proves the chart on a real control plane (see docs/cluster-proof.md): gets and
# builds what is missing, then plays the life of a release. As root or as a normal
# user, offline after the first time. Arguments go to prove (see prove/main.go).
#
# The first time: Kubernetes from the Go module proxy (five to ten minutes on two
# cores, 120 MB), etcd from apt's packages, unpacked and not installed, and helm.
set -eu
# One way of building for everything, so that nothing is compiled twice.
export GOFLAGS="${GOFLAGS:-} -trimpath -buildvcs=false"
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
into="$root/.tools/cluster"
mkdir -p "$into"

version=$(sed -nE 's/^.*k8s.io\/kubernetes (v[0-9.]+)$/\1/p' "$here/go.mod")
hyperkube="$into/hyperkube-$version"
if [ ! -x "$hyperkube" ]; then
	echo "building Kubernetes $version (once)" >&2
	flags=""
	for package in k8s.io/client-go/pkg/version k8s.io/component-base/version; do
		minor=${version#v*.}
		flags="$flags -X $package.gitVersion=$version -X $package.gitMajor=1 -X $package.gitMinor=${minor%%.*}"
	done
	(cd "$here" && go build -ldflags "-s -w$flags" -o "$hyperkube.part.$$" ./hyperkube)
	mv "$hyperkube.part.$$" "$hyperkube"
fi

etcd=$(command -v etcd || true)
if [ -z "$etcd" ]; then
	etcd="$into/etcd/usr/bin/etcd"
	if [ ! -x "$etcd" ]; then
		echo "unpacking etcd from apt's packages (once)" >&2
		rm -rf "$into/etcd" "$into/package"
		mkdir -p "$into/package"
		(
			cd "$into/package"
			apt-get download etcd-server >&2 || { [ "$(id -u)" = 0 ] && apt-get update >&2 && apt-get download etcd-server >&2; } ||
				{ echo "etcd was not found: apt-get install etcd-server, or let apt know its packages (apt-get update)" >&2; exit 1; }
			dpkg-deb -x etcd-server_*.deb "$into/etcd"
		)
		rm -rf "$into/package"
	fi
fi

HELM=""
eval "$("$root/tools/chart/ensure.sh")"
setting=$("$root/tools/postgres/ensure.sh")
[ -z "$setting" ] || export "$setting"

cd "$here"
go vet ./nodeagent ./prove ./child
go test ./nodeagent ./prove ./child
go build -o "$into/nodeagent" ./nodeagent
go build -o "$into/prove" ./prove

# Two releases of one source: what an upgrade changes here is the version they tell.
old=$(cat "$root/VERSION")
new="$old-next"
rm -rf "$into/images"
cd "$root"
for tag in "$old" "$new"; do
	mkdir -p "$into/images/leitai/$tag"
	go build -ldflags "-X main.version=$tag" -o "$into/images/leitai/$tag/leitai" ./cmd/leitai
done

exec "$into/prove" -hyperkube "$hyperkube" -nodeagent "$into/nodeagent" -etcd "$etcd" -helm "$HELM" -chart "$root/charts/leitai" \
	-images "$into/images" -old "$old" -new "$new" -out "$into/proof.md" "$@"
