package graphtest_test

import (
	"strconv"
	"testing"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"leitai/internal/graphtest"
)

// counted reads one figure off the page of metrics: the sum of its series that
// have these labels.
func counted(t *testing.T, k *graphtest.Kit, name string, labels map[string]string) (n float64) {
	t.Helper()
	families, err := k.App.Metrics.Registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() != name {
			continue
		}
	series:
		for _, m := range f.GetMetric() {
			have := map[string]string{}
			for _, l := range m.GetLabel() {
				have[l.GetName()] = l.GetValue()
			}
			for label, value := range labels {
				if have[label] != value {
					continue series
				}
			}
			n += m.GetGauge().GetValue() + m.GetCounter().GetValue() + float64(m.GetHistogram().GetSampleCount())
		}
	}
	return n
}

// rows is a number read with every tenant's rows in sight.
func rows(t *testing.T, k *graphtest.Kit, query string) int {
	t.Helper()
	n, err := strconv.Atoi(k.Strings(t, query)[0])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// The operator is told by the minute what is in which state and how late, of all
// tenants together and of none by name; and that one publication was changed
// behind the service's back.
func figuresOfAllTenants(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	if n := counted(t, k, "leitai_village_month_burden", nil); n == 0 {
		t.Error("no round told what it asks of villages")
	}
	k.App.Figures.Look(t.Context())
	for name, c := range map[string]struct {
		labels map[string]string
		query  string
	}{
		"leitai_tenants": {nil, `SELECT count(*) FROM tenant`},
		"leitai_rounds":  {map[string]string{"state": "planned", "demo": "true"}, `SELECT count(*) FROM round WHERE state = 'planned' AND NOT trial`},
		"leitai_issues_unfinished": {map[string]string{"tenant_kind": "township"},
			`SELECT count(*) FROM issue i JOIN tenant t ON t.id = i.tenant_id AND t.kind = 'township' WHERE i.state <> 'closed'`},
		"leitai_authorization_epoch_stored": {nil, `SELECT epoch FROM authz_epoch`},
		"leitai_figures_complete":           {nil, `SELECT 1`},
	} {
		if want := rows(t, k, c.query); counted(t, k, name, c.labels) != float64(want) || want == 0 {
			t.Errorf("%s: %v, want %d", name, counted(t, k, name, c.labels), want)
		}
	}
	k.Put(t, `UPDATE issue SET due = opened WHERE state <> 'closed'`)
	k.App.Figures.Look(t.Context())
	if red, late := counted(t, k, "leitai_issues_unfinished", map[string]string{"light": "red"}), counted(t, k, "leitai_issues_unfinished", map[string]string{"past_due": "over-7"}); red == 0 || late == 0 || late > red {
		t.Errorf("%v issues are red and %v long overdue", red, late)
	}
	problems, err := testutil.GatherAndLint(k.App.Metrics.Registry)
	if err != nil || len(problems) > 0 {
		t.Errorf("the page of metrics: %v %v", problems, err)
	}
}

// What was published can be computed again, and what cannot pages somebody.
func publicationsAreProved(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	all := rows(t, k, `SELECT count(*) FROM publication WHERE NOT trial`)
	proved := func(outcome string) float64 {
		return counted(t, k, "leitai_publications_proved_total", map[string]string{"outcome": outcome})
	}
	round := func() {
		for range all/4 + 2 {
			k.App.Figures.Look(t.Context())
		}
	}
	round()
	if int(proved("reproduced")) < all || proved("differs") != 0 || proved("unread") != 0 || counted(t, k, "leitai_publications_differing", nil) != 0 {
		t.Fatalf("of %d publications %v are reproduced, %v differ, %v were not read", all, proved("reproduced"), proved("differs"), proved("unread"))
	}
	k.Put(t, `DO $$ BEGIN PERFORM set_config('session_replication_role', 'replica', true);
		UPDATE publication SET public_bundle = replace(public_bundle, '"total":"9', '"total":"8')
		WHERE id = (SELECT min(id::text)::uuid FROM publication WHERE NOT trial AND public_bundle LIKE '%"total":"9%'); END $$`)
	round()
	if proved("differs") == 0 || counted(t, k, "leitai_publications_differing", nil) != 1 {
		t.Errorf("a changed publication: %v differ", counted(t, k, "leitai_publications_differing", nil))
	}
}
