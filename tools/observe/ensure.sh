#!/bin/sh
# Makes sure that Prometheus and promtool are on this machine and prints the
# folder they are in. They are taken from PROMETHEUS_BIN, from the PATH, and else
# unpacked from apt's package below .tools/prometheus, which needs no rights.
# Meant for: "$(tools/observe/ensure.sh)/promtool" …
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
into="$root/.tools/prometheus"

works() { # are both here, and do they start?
	"$1/prometheus" --version >/dev/null 2>&1 && "$1/promtool" --version >/dev/null 2>&1
}

if [ -n "${PROMETHEUS_BIN:-}" ]; then
	works "$PROMETHEUS_BIN" && { echo "$PROMETHEUS_BIN"; exit 0; }
	echo "PROMETHEUS_BIN=$PROMETHEUS_BIN holds no prometheus and promtool that start" >&2
	exit 1
fi
if found=$(command -v promtool) && works "$(dirname "$found")"; then
	dirname "$found"
	exit 0
fi
if works "$into/root/usr/bin"; then
	echo "$into/root/usr/bin"
	exit 0
fi
if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
	echo "Prometheus was not found. Install it, or set PROMETHEUS_BIN to the folder of prometheus and promtool." >&2
	exit 1
fi
echo "unpacking prometheus below .tools/prometheus" >&2
fresh="$into.$$"
mkdir -p "$fresh/packages" "$fresh/root"
trap 'rm -rf "$fresh"' EXIT
# apt's lists may be older than its mirror: root can renew them.
(cd "$fresh/packages" && { apt-get download prometheus >&2 || { [ "$(id -u)" = 0 ] && apt-get update >&2 && apt-get download prometheus >&2; }; })
for package in "$fresh"/packages/*.deb; do dpkg-deb -x "$package" "$fresh/root"; done
rm -rf "$fresh/packages" "$into"
mv "$fresh" "$into"
trap - EXIT
if ! works "$into/root/usr/bin"; then
	echo "the unpacked Prometheus does not start: install prometheus, or set PROMETHEUS_BIN" >&2
	exit 1
fi
echo "$into/root/usr/bin"
