#!/bin/sh
# Checks the chart without a cluster: its values agree with its schema and its
# README, it is linted with its defaults and with each example, what it makes of
# them is what Kubernetes takes, the unit tests hold, the alerts are rules that
# fire when they should, and the package that is handed out holds all of it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
chart="$root/charts/leitai"
. "$here/kubernetes.sh"
eval "$("$here/ensure.sh")"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
# Nothing of the user's own helm is read or written.
export HELM_CACHE_HOME="$out/helm" HELM_CONFIG_HOME="$out/helm" HELM_DATA_HOME="$out/helm"

say() { echo "chart: $*"; }
fail() {
	echo "chart: $*" >&2
	exit 1
}

say "values, schema and README agree"
(cd "$here" && go vet ./... && go test ./... && go run ./values "$chart")
for field in version appVersion; do
	said=$(sed -nE "s/^$field: \"?([^\"]*)\"?$/\\1/p" "$chart/Chart.yaml")
	[ "$said" = "$(cat "$root/VERSION")" ] || fail "$field in charts/leitai/Chart.yaml is $said, and VERSION says $(cat "$root/VERSION"): run make chart and commit the result"
done

say "every setting that the chart makes is one of the program"
templates="$chart/templates"
set_here=$({ grep -ohE 'LEITAI_[A-Z_]+[A-Z]' "$templates"/*; sed -nE 's/^ *"[a-zA-Z]+" "([A-Z_]+)".*/LEITAI_\1/p' "$templates/_server.tpl"; } | sort -u)
known=$(grep -ohE 'env:"LEITAI_[A-Z_]+"' "$root"/cmd/leitai/*.go | sed -E 's/env:"(.*)"/\1/' | sort -u)
for setting in $set_here; do
	echo "$known" | grep -qx "$setting" || [ "$setting" = LEITAI_LANG ] || fail "$setting is no setting of leitai"
done

conform() { # is what stands in this file what Kubernetes takes?
	"$KUBECONFORM" -strict -summary -kubernetes-version "$KUBERNETES.0" \
		-schema-location "$here/schemas/kubernetes/{{ .ResourceKind }}{{ .KindSuffix }}.json" \
		-schema-location "$here/schemas/crds/{{ .ResourceKind }}{{ .KindSuffix }}.json" "$1"
}
for values in "$chart/values.yaml" "$chart"/examples/*.yaml; do
	name=$(basename "$values" .yaml)
	say "$name is linted, and makes what Kubernetes takes"
	"$HELM" lint --strict --quiet "$chart" -f "$values"
	"$HELM" template leitai "$chart" -n leitai -f "$values" >"$out/$name.yaml"
	"$HELM" template leitai "$chart" -n leitai -f "$values" --is-upgrade >"$out/$name-upgrade.yaml"
	conform "$out/$name.yaml"
	conform "$out/$name-upgrade.yaml"
	# Secrets by reference only: the chart makes none, and no DSN stands in what it makes.
	if grep -nE '^kind: Secret$|postgres(ql)?://' "$out/$name.yaml" "$out/$name-upgrade.yaml"; then
		fail "with $name the chart writes a secret down"
	fi
done
# That the schemas are asked at all: a field that is not there has to be refused.
sed 's/maxSurge:/maxSurges:/' "$out/values.yaml" >"$out/wrong.yaml"
if conform "$out/wrong.yaml" >/dev/null; then fail "a field that Kubernetes does not know was taken"; fi

say "unit tests"
"$HELM_UNITTEST" --strict "$chart"

say "alerts"
promtool="$("$root/tools/observe/ensure.sh")/promtool"
"$promtool" check rules "$chart"/alerts/*.yaml
"$promtool" test rules "$chart"/alerts/tests/*.yaml
written=$(cat "$chart"/alerts/*.yaml | grep -cE '^ *-? *alert:')
made=$(grep -cE '^ *-? *alert:' "$out/province.yaml")
[ "$written" = "$made" ] || fail "of $written alerts the chart hands on $made"
files=$(find "$chart/dashboards" -name '*.json' | wc -l)
made=$(grep -c '^  name: leitai-dashboard-' "$out/province.yaml" || true)
[ "$files" = "$made" ] || fail "of $files dashboards the chart hands on $made"

say "the package holds what the folder holds"
"$HELM" package "$chart" -d "$out" >/dev/null
package="$out/leitai-$(cat "$root/VERSION").tgz"
"$HELM" template leitai "$package" -n leitai -f "$chart/examples/province.yaml" >"$out/packaged.yaml"
cmp "$out/packaged.yaml" "$out/province.yaml" || fail "the package makes something else than the folder"
if tar -tzf "$package" | grep -E '/tests/'; then fail "tests are in the package"; fi
say "all green"
