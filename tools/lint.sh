#!/bin/sh
# Runs golangci-lint of the version pinned in tools/go.mod, building it first
# when this version has not been built on this machine (about three minutes).
# Arguments go to golangci-lint run.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
version=$(sed -nE 's/^require github.com\/golangci\/golangci-lint\/v2 (v[0-9.]+)$/\1/p' "$root/tools/go.mod")
binary="$root/.tools/bin/golangci-lint-$version"
if [ ! -x "$binary" ]; then
	echo "building golangci-lint $version (once)" >&2
	(cd "$root/tools" && go build -o "$binary.part" github.com/golangci/golangci-lint/v2/cmd/golangci-lint)
	mv "$binary.part" "$binary"
fi
cd "$root"
exec "$binary" run "$@" </dev/null
