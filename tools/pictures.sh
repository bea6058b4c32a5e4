#!/bin/sh
# Writes docs/images: plays the journeys in Chromium (with Chinese letters) on
# the fictional county and keeps a picture of every main page in zh-Hans, named
# by area; of those on a phone (-phone) the pages that people open with one.
# Pictures that no journey takes any more are removed.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
setting=$("$root/tools/postgres/ensure.sh")
"$root/tools/contract/ensure.sh"
browser=$("$root/tools/browser/ensure.sh")
taken=$(mktemp -d)
trap 'rm -rf "$taken"' EXIT
env ${setting:+"$setting"} "$browser" LEITAI_PICTURES="$taken" go test -count=1 -timeout 20m -run TestInTheBrowser ./internal/journeys/inbrowser
find "$taken" -name '*-phone.png' ! -name 'judge-*' ! -name 'village-*' ! -name 'ballots-vote*' ! -name 'home-*' -delete
go run ./internal/journeys/palette "$taken"/*.png
mkdir -p docs/images
rm -f docs/images/*.png
cp "$taken"/*.png docs/images/
echo "$(ls docs/images | wc -l) pictures in docs/images, $(du -sk docs/images | cut -f1) kB"
