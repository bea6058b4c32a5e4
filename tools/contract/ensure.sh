#!/bin/sh
# Installs what the npm workspaces of the tests need, each from its own lock
# file, when it is not there yet or the lock has changed. Nothing of it is
# committed, built into the product or run by it.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
for workspace in tools/contract tools/browser examples/typescript; do
	cd "$root/$workspace"
	cmp -s package-lock.json node_modules/.installed-lock && continue
	if ! command -v npm >/dev/null; then
		echo "npm was not found: install Node 20 or later with npm, which tests need" >&2
		exit 1
	fi
	echo "installing the npm packages of $workspace" >&2
	# No package needs its install script, and npm may be set to run none.
	npm ci --ignore-scripts --no-audit --no-fund </dev/null >&2
	cp package-lock.json node_modules/.installed-lock
done
