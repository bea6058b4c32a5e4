#!/bin/sh
# Makes sure that helm, helm-unittest and kubeconform of the versions pinned in
# go.mod beside this are in .tools/bin, building them where they are not (about
# ten minutes on two cores, once), and prints where: HELM=… HELM_UNITTEST=… KUBECONFORM=…
# Meant for: eval "$(tools/chart/ensure.sh)"
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
. "$here/kubernetes.sh"

# The version of Kubernetes that helm takes for granted where no cluster says so
# is set as helm's own release sets it.
chartutil=helm.sh/helm/v3/pkg/chartutil
rules=helm.sh/helm/v3/pkg/lint/rules
version=$(sed -nE 's/.*helm.sh\/helm\/v3 (v[0-9.]+).*/\1/p' "$here/go.mod" | head -1)
flags="-s -w -X helm.sh/helm/v3/internal/version.version=$version"
for package in $chartutil $rules; do
	flags="$flags -X $package.k8sVersionMajor=${KUBERNETES%%.*} -X $package.k8sVersionMinor=${KUBERNETES#*.}"
done

tool() { # tool NAME MODULE PACKAGE: build it when its version was not built here
	pinned=$(sed -nE "s#.*$2 (v[0-9.]+).*#\\1#p" "$here/go.mod" | head -1)
	binary="$root/.tools/bin/$1-$pinned"
	if [ ! -x "$binary" ]; then
		echo "building $1 $pinned (once)" >&2
		mkdir -p "$root/.tools/bin"
		(cd "$here" && go build -trimpath -ldflags "$flags" -o "$binary.part.$$" "$3")
		mv "$binary.part.$$" "$binary"
	fi
	echo "$(echo "$1" | tr a-z- A-Z_)=$binary"
}

tool helm helm.sh/helm/v3 helm.sh/helm/v3/cmd/helm
tool helm-unittest github.com/helm-unittest/helm-unittest github.com/helm-unittest/helm-unittest/cmd/helm-unittest
tool kubeconform github.com/yannh/kubeconform github.com/yannh/kubeconform/cmd/kubeconform
