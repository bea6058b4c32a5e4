package programme_test

import (
	"testing"

	"leitai/internal/fault"
)

// Planning tells the months in which another competition inspects villages, too,
// each once; a competition does not overlap with itself, and trials and rounds
// that were called off inspect nobody. Nothing is refused for it.
// covers G6
func TestOverlappingInspectionsWarn(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	v := w.active(document)
	open := func(name string, trial bool) (plan func(from, to string) []*fault.Fault) {
		in := w.competition(v.ID)
		in.Name, in.Trial, in.FilingNumber = name, trial, "演督考备〔2023〕1号"
		c, err := w.use.CreateCompetition(w.ctx(), in)
		must(t, err)
		return func(from, to string) []*fault.Fault {
			t.Helper()
			p, err := w.use.PlanRounds(w.ctx(), c.ID, from, to)
			must(t, err)
			if len(p.Entries) == 0 || p.Entries[0].State != "planned" {
				t.Errorf("%s is not planned: %+v", name, p.Entries)
			}
			return p.Warnings
		}
	}
	first := open("月评比", false)
	refused(t, fault.List(first("2023-04", "2023-06"))) // April is held in May: two rounds of its own in one month
	trial := open("试评", true)
	refused(t, fault.List(trial("2023-04", "2023-06")))

	second := open("安全检查", false)
	for i, f := range refused(t, fault.List(second("2023-05", "2023-07")), fault.LintOverlap, fault.LintOverlap) {
		if month := []string{"2023-05", "2023-06"}[i]; f.Args["month"] != month || f.Args["name"] != "月评比" || f.Field != "competition" {
			t.Errorf("warning %d: %+v", i, f)
		}
	}
	w.put(`UPDATE round SET state = 'cancelled', cancel_reason = '合并' WHERE period = '2023-06' AND NOT trial
		AND competition_id = (SELECT id FROM competition WHERE name = '月评比')`)
	refused(t, fault.List(second("2023-06", "2023-07")))
}
