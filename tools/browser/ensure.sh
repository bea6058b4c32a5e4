#!/bin/sh
# Makes sure that Chromium with Chinese letters is on this machine (with Chinese
# words for its own date fields where we install it), and prints the setting that
# names it: CHROMIUM=/path. It is taken from CHROMIUM, from the
# machine, from apt when we are root, and else unpacked from apt's packages below
# .tools/chromium, which needs no rights.
# Meant for: env $(tools/browser/ensure.sh) command
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
into="$root/.tools/chromium"

works() { # does this browser start, with what it needs?
	[ -x "$1" ] && "$1" --headless --no-sandbox --disable-gpu --dump-dom about:blank >/dev/null 2>&1
}

letters() { # are there letters for Chinese?
	command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh-cn 2>/dev/null | head -1)" ]
}

if [ -n "${CHROMIUM:-}" ]; then
	works "$CHROMIUM" && { echo "CHROMIUM=$CHROMIUM"; exit 0; }
	echo "CHROMIUM=$CHROMIUM does not start" >&2
	exit 1
fi
if letters; then
	for candidate in chromium chromium-browser google-chrome; do
		found=$(command -v "$candidate") && works "$found" && { echo "CHROMIUM=$found"; exit 0; }
	done
fi
if works "$into/chromium.sh"; then
	echo "CHROMIUM=$into/chromium.sh"
	exit 0
fi
if ! command -v apt-get >/dev/null; then
	echo "Chromium was not found. Install it with a Chinese font, or set CHROMIUM to its path." >&2
	exit 1
fi
if [ "$(id -u)" = 0 ]; then
	echo "installing chromium and fonts-noto-cjk by apt" >&2
	export DEBIAN_FRONTEND=noninteractive
	apt-get install -y --no-install-recommends chromium chromium-l10n fonts-noto-cjk fontconfig </dev/null >&2 ||
		{ apt-get update >&2 && apt-get install -y --no-install-recommends chromium chromium-l10n fonts-noto-cjk fontconfig </dev/null >&2; }
	echo "CHROMIUM=$(command -v chromium)"
	exit 0
fi

# A normal user: every package that Chromium depends on, unpacked side by side.
# What the machine has already is taken along, so that one folder is enough.
echo "unpacking chromium and fonts-noto-cjk below .tools/chromium" >&2
rm -rf "$into"
mkdir -p "$into/packages" "$into/root"
cd "$into/packages"
apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances chromium chromium-l10n fonts-noto-cjk fontconfig-config |
	sed -n 's/^\([a-z0-9][a-z0-9.+-]*\)$/\1/p' | sort -u |
	grep -v -x -E 'libc6|libgcc-s1|gcc-.*-base|debconf.*|cdebconf|dpkg|perl.*|init-system-helpers|systemd.*' >../list
xargs -r apt-get download <../list >&2
for package in *.deb; do dpkg-deb -x "$package" ../root; done
cd "$into"
rm -rf packages
libraries="$into/root/usr/lib/$(uname -m)-linux-gnu"
sed -e "s#/usr/share/fonts#$into/root/usr/share/fonts#" -e "s#/var/cache/fontconfig#$into/cache#" "$into/root/etc/fonts/fonts.conf" >fonts.conf
cat >chromium.sh <<END
#!/bin/sh
export LD_LIBRARY_PATH="$libraries:$into/root/usr/lib/chromium" FONTCONFIG_FILE="$into/fonts.conf" XDG_DATA_DIRS="$into/root/usr/share"
exec "$into/root/usr/lib/chromium/chromium" "\$@"
END
chmod 755 chromium.sh
if ! works "$into/chromium.sh"; then
	echo "the unpacked Chromium does not start: install chromium and fonts-noto-cjk, or set CHROMIUM" >&2
	exit 1
fi
echo "CHROMIUM=$into/chromium.sh"
