#!/bin/sh
# Asks every panel of the dashboards of a real Prometheus that scrapes the
# demonstration, and fails for one that shows nothing; promtool checks the page of
# metrics, and no alert may fire on it. Everything it starts listens on loopback
# and ends with it. LEITAI names a program that is built already.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
node tools/observe/build.mjs --check
bin=$(tools/observe/ensure.sh)
setting=$(tools/postgres/ensure.sh)
work=$(mktemp -d)
chmod 755 "$work" # the database's own user goes through it
cleanup() {
	trap - EXIT INT TERM
	for pid in ${prometheus:-} ${demo:-}; do
		kill "$pid" 2>/dev/null || true
		wait "$pid" 2>/dev/null || true
	done
	rm -rf "$work"
}
trap cleanup EXIT
trap 'cleanup; exit 1' INT TERM

program=${LEITAI:-$work/leitai}
[ -n "${LEITAI:-}" ] || go build -ldflags "-X main.version=$(cat VERSION)" -o "$program" ./cmd/leitai
env ${setting:+"$setting"} "$program" demo --listen 127.0.0.1:0 --operations-listen 127.0.0.1:0 --data "$work/demo" >"$work/demo.out" 2>"$work/demo.log" &
demo=$!
patience=0
until grep -q '"url": *"http' "$work/demo/demo.json" 2>/dev/null; do
	patience=$((patience + 1))
	if [ $patience -gt 600 ] || ! kill -0 $demo 2>/dev/null; then
		echo "the demonstration did not start:" >&2
		tail -5 "$work/demo.log" >&2
		exit 1
	fi
	sleep 1
done
operations=$(sed -n 's/.*"msg":"operations".*"address":"\([^"]*\)".*/\1/p' "$work/demo.log" | tail -1)

# A port that is free now; Prometheus takes no 0.
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
sed "s/OPERATIONS/$operations/" >"$work/prometheus.yml" <<'END'
global: {scrape_interval: 2s, evaluation_interval: 2s}
rule_files: [alerts.yaml]
scrape_configs:
  - job_name: leitai
    static_configs: [{targets: [OPERATIONS]}]
END
cp charts/leitai/alerts/leitai.yaml "$work/alerts.yaml"
"$bin/prometheus" --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/tsdb" --web.listen-address="127.0.0.1:$port" >"$work/prometheus.log" 2>&1 &
prometheus=$!
node tools/observe/ask.mjs "$work/demo/demo.json" "http://127.0.0.1:$port" "http://$operations/metrics" "$work/page" || { tail -3 "$work/prometheus.log" >&2; exit 1; }
"$bin/promtool" check metrics <"$work/page"
