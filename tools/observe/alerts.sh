#!/bin/sh
# Checks the alerts: promtool takes the rules, every rule test passes, and each
# alert fires in one of them, stays silent in the healthy day, has a severity, a
# summary and a description in Chinese and English, and a runbook of its name that
# is there. Some seconds.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
bin=$(tools/observe/ensure.sh)
alerts=charts/leitai/alerts
"$bin/promtool" check rules --lint=all --lint-fatal $alerts/*.yaml >/tmp/alerts.$$ 2>&1 || { cat /tmp/alerts.$$; rm -f /tmp/alerts.$$; exit 1; }
rm -f /tmp/alerts.$$
"$bin/promtool" test rules $alerts/tests/*_test.yaml

awk -v runbooks=docs/runbooks.md '
function bad(text) { print FILENAME ": " text; failed = 1 }
function finish() {
	if (alert == "") return
	if (severity !~ /^(page|warning|info)$/) bad(alert ": severity is " severity)
	if (summary !~ / \/ / || description !~ / \/ /) bad(alert ": summary and description should be Chinese / English")
	if (runbook != "docs/runbooks.md#" tolower(alert)) bad(alert ": runbook_url is " runbook)
	alerts[alert] = 1
}
FILENAME == runbooks { if ($0 ~ /^### Leitai/) books[$2] = 1; next }
FILENAME ~ /_test\.yaml$/ {
	if ($0 ~ /^  - name: a healthy day$/) healthy = 1
	if (match($0, /alertname: [A-Za-z]+/)) {
		name = substr($0, RSTART + 11, RLENGTH - 11)
		if (healthy) silent[name] = 1
	}
	if ($0 ~ /exp_labels:/) fires[name] = 1
	next
}
$1 == "-" && $2 == "alert:" { finish(); alert = $3; severity = summary = description = runbook = "" }
$1 == "severity:" { severity = $2 }
$1 == "summary:" { summary = $0 }
$1 == "description:" { description = $0 }
$1 == "runbook_url:" { runbook = $2 }
END {
	finish()
	n = 0
	for (a in alerts) {
		n++
		if (!(a in books)) bad(a ": no runbook in " runbooks)
		if (!(a in fires)) bad(a ": no rule test in which it fires")
		if (!(a in silent)) bad(a ": the healthy day does not ask for it")
	}
	for (b in books) if (!(b in alerts)) bad(b ": a runbook of no alert")
	if (n == 0) bad("no alerts")
	if (failed) exit 1
	print n " alerts: each fires in a test, is silent in a healthy day, and has its runbook"
}' docs/runbooks.md $alerts/tests/*_test.yaml $alerts/*.yaml
