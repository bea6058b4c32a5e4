#!/bin/sh
# Rebuilds pages from their sources in a copy of their room and compares them,
# byte by byte, with the built files that are committed and embedded. Sources
# that have a check of their own (types, lint, tests) and generated operations
# are checked as well.
# Usage: tools/check-built.sh <room with app/ and dist/> <make target that rebuilds it>
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
room=$1
target=$2
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

# What sources and their tests are held against stands where they look for it.
mkdir -p "$copy/$room/app"
for file in graph/schema.graphql examples/templates/template.schema.json internal/tenancy/posts.go; do
	mkdir -p "$copy/$(dirname "$file")"
	cp "$root/$file" "$copy/$file"
done
(cd "$root/$room/app" && tar --exclude=./node_modules -cf - .) | tar -xf - -C "$copy/$room/app"
cd "$copy/$room/app"
# Not npm ci: it refuses a lock file without the packages of other platforms,
# which some registries do not have; versions are those of the lock all the same.
npm install --ignore-scripts --no-save --no-audit --no-fund </dev/null
has() { node -e 'process.exit(require("./package.json").scripts[process.argv[1]] ? 0 : 1)' "$1"; }
if has generate; then npm run generate </dev/null; fi
if has check; then npm run check </dev/null; fi
npm run build </dev/null
if ! diff -r "$root/$room/app/src" src || ! diff -r "$root/$room/dist" ../dist; then
	echo "what is committed in $room is not what its sources make: run make $target and commit the result" >&2
	exit 1
fi
