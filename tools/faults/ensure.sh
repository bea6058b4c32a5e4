#!/bin/sh
# Prints the folder with k6 and toxiproxy-server of the pinned versions, building
# them first when they have not been built on this machine (k6 about three
# minutes).
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
k6=v1.8.1
toxiproxy=v2.12.0
bin="$root/.tools/bin/faults-$k6-$toxiproxy"
if [ ! -x "$bin/k6" ] || [ ! -x "$bin/toxiproxy-server" ]; then
	echo "building k6 $k6 and toxiproxy $toxiproxy (once)" >&2
	part="$bin.part"
	mkdir -p "$part"
	GOFLAGS= GOBIN="$part" go install "go.k6.io/k6@$k6" >&2
	GOFLAGS= GOBIN="$part" go install "github.com/Shopify/toxiproxy/v2/cmd/server@$toxiproxy" >&2
	mkdir -p "$bin"
	mv "$part/k6" "$bin/k6"
	mv "$part/server" "$bin/toxiproxy-server"
	rmdir "$part"
fi
echo "$bin"
