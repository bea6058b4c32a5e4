#!/bin/bash
# Regenerates everything in a copy of the working tree and compares: generated
# code is committed, and must be what the generators make of its sources. The
# checkout itself is not touched.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

cd "$root"
# Files deleted from the tree but not yet from the index are left out.
git -c safe.directory='*' ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' f; do
	[ -e "$f" ] && printf '%s\0' "$f"
done | tar --null --no-recursion --files-from=- -cf - | tar -xf - -C "$copy"
cp -a "$copy" "$copy.before"
trap 'rm -rf "$copy" "$copy.before"' EXIT

(cd "$copy" && go generate ./... </dev/null)
if ! diff -r --brief "$copy.before" "$copy" | sed "s#$copy.before#committed#; s#$copy#generated#"; then :; fi
if ! diff -r "$copy.before" "$copy" >/dev/null; then
	echo "regenerating changes the files above: run make generate and commit the result" >&2
	exit 1
fi
