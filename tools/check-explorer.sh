#!/bin/sh
# Rebuilds the explorer from its sources in a copy and compares it, byte by
# byte, with the built files that are committed and embedded.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
room="$root/internal/httpserver/explorer"
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

mkdir "$copy/app"
(cd "$room/app" && tar --exclude=./node_modules -cf - .) | tar -xf - -C "$copy/app"
cd "$copy/app"
npm ci --no-audit --no-fund </dev/null
npm run build </dev/null
if ! diff -r "$room/dist" "$copy/dist"; then
	echo "the committed explorer is not what its sources make: run make explorer and commit the result" >&2
	exit 1
fi
