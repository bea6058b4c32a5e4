#!/bin/sh
# Runs every Go test, prints what go prints, and ends with a summary: packages
# passed, failed and without tests, and the names of the tests that failed.
# Arguments go to go test (make test ARGS="-run TestBoard ./internal/round").
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
setting=$("$root/tools/postgres/ensure.sh")
"$root/tools/contract/ensure.sh"
browser=$("$root/tools/browser/ensure.sh")
log=$(mktemp)
trap 'rm -f "$log"' EXIT

begin=$(date +%s)

tests() { # the arguments of go test
	env ${setting:+"$setting"} "$browser" go test -timeout 20m "$@" </dev/null 2>&1
}

# Pages are slow beside compilers and other tests: they are looked at last, alone.
everything() {
	all=0
	inbrowser=leitai/internal/journeys/inbrowser
	tests $(go list ./... | grep -v -x "$inbrowser") || all=$?
	tests "$inbrowser" || all=$?
	return "$all"
}

# The status goes through a file: a pipe would give that of tee.
{
	status=0
	if [ $# -gt 0 ] && [ "$*" != ./... ]; then tests "$@"; else everything; fi || status=$?
	echo "$status" >"$log.status"
} | tee "$log"
status=$(cat "$log.status")
rm -f "$log.status"

echo
echo "── summary ──────────────────────────────────────────"
awk '
	/^ok[ \t]/            { passed++ }
	/^FAIL[ \t]+leitai/   { failed++; names[failed] = $2 }
	/no test files/       { none++ }
	/^ *--- FAIL: /       { sub(/^ */, ""); tests[++broken] = $0 }
	END {
		printf "packages: %d passed, %d failed, %d without tests\n", passed, failed, none
		for (i = 1; i <= failed; i++) print "  failed: " names[i]
		for (i = 1; i <= broken; i++) print "  " tests[i]
	}' "$log"
echo "seconds: $(($(date +%s) - begin))"
exit "$status"
