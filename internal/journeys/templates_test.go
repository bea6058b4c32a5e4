package journeys

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/examples/templates"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/programme"
	"leitai/internal/sample"
	"leitai/internal/template"
)

// source is the world's template as text, changed.
func (s *stage) source(t testing.TB, change func(*template.Document)) string {
	t.Helper()
	text := ""
	s.must(t, sample.Clerk, func(ctx context.Context) error {
		page, err := s.App.Programme.Templates(ctx, "", paging.Args{})
		if err != nil {
			return err
		}
		doc, err := page.Items[len(page.Items)-1].Document()
		if err == nil {
			change(doc)
			text = string(template.Print(*doc))
		}
		return err
	})
	return text
}

func (s *stage) draft(t testing.TB, who, source string) (v *programme.TemplateVersion) {
	t.Helper()
	s.must(t, who, func(ctx context.Context) (err error) {
		v, err = s.App.Programme.CreateTemplate(ctx, source)
		return err
	})
	return v
}

func unchanged(*template.Document) {}

// A template is drafted, checked and changed until a person activates it and
// confirms what the notice leaves open; from then on nobody changes it.
// covers G5, G6, Q4, Q9
func TestTemplateFromDraftToActive(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	api := s.App.Programme
	create := func(source string) func(context.Context) error {
		return func(ctx context.Context) error { _, err := api.CreateTemplate(ctx, source); return err }
	}
	broken := s.source(t, func(doc *template.Document) {
		doc.Channels[0].Weight = doc.Channels[1].Weight
		doc.Items[0].Points = doc.Items[2].Points
	})
	faults := fault.All(s.try(t, sample.Clerk, create(broken)))
	for _, field := range []string{"channels", "items"} {
		if !slices.ContainsFunc(faults, func(f *fault.Fault) bool { return strings.HasPrefix(f.Field, field) }) {
			t.Errorf("nothing is said about the %s: %v", field, faults)
		}
	}
	s.refused(t, "L4", create(s.source(t, unchanged)), "FORBIDDEN")

	v := s.draft(t, sample.Clerk, s.source(t, unchanged))
	if v.Version != 2 || v.State != programme.TemplateDraft || v.Revision != 1 {
		t.Errorf("the draft: version %d, %s, revision %d", v.Version, v.State, v.Revision)
	}
	report := v.Report()
	equal(t, "to confirm", report.Confirm, []string{"outcomes", "streaks"})
	if report.Burden == nil || !slices.ContainsFunc(report.Warnings, func(w template.Warning) bool { return w.Code == fault.LintLedger }) {
		t.Errorf("the report: %+v", report)
	}
	update := func(revision int, source string) func(context.Context) error {
		return func(ctx context.Context) error { _, err := api.UpdateTemplate(ctx, v.ID, revision, source); return err }
	}
	activate := func(revision int, confirm ...string) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := api.ActivateTemplate(ctx, v.ID, revision, confirm)
			return err
		}
	}
	byRole := s.source(t, func(doc *template.Document) { doc.Outcomes[0].By = "role" })
	s.refused(t, sample.Clerk, update(1, s.source(t, func(doc *template.Document) { doc.Key = "another" })), "TEMPLATE_KEY_FIXED at key")
	s.must(t, sample.Clerk, update(1, byRole))
	s.refused(t, sample.Clerk, update(1, byRole), "STALE_REVISION at revision")
	s.refused(t, sample.Clerk, activate(2, "outcomes", "streaks"), "FORBIDDEN")
	missing := s.refused(t, sample.Approver, activate(2), "TEMPLATE_CONFIRMATION_MISSING at confirm")
	equal(t, "missing", missing[0].Args["missing"], "outcomes, streaks")
	missing = s.refused(t, sample.Approver, activate(2, "outcomes", "weather"), "TEMPLATE_CONFIRMATION_MISSING at confirm", "TEMPLATE_CONFIRMATION_UNKNOWN at confirm[1]")
	equal(t, "missing", missing[0].Args["missing"], "streaks")
	s.refused(t, sample.Approver, activate(1, "outcomes", "streaks"), "STALE_REVISION at revision")
	s.must(t, sample.Approver, activate(2, "streaks", "outcomes"))
	s.refused(t, sample.Clerk, update(3, byRole), "TEMPLATE_FROZEN at template")
	s.refused(t, sample.Approver, activate(3, "outcomes", "streaks"), "TEMPLATE_FROZEN at template")

	for _, statement := range []string{
		`UPDATE template_version SET source = 'x'`, `UPDATE template_version SET canonical = 'x'`, `UPDATE template_version SET state = 'draft'`,
		`DELETE FROM template_version`,
	} {
		_, err := s.tenantRows(t).ExecContext(t.Context(), statement)
		if refused := pq.As(err); refused == nil {
			t.Errorf("leitai_app may %s: %v", statement, err)
		}
	}
	checkVersions(t, s, v)
}

// Versions are listed newest first and compared field by field; a draft is its
// tenant's own, an active version is read by the adopting county.
// covers B18
func checkVersions(t testing.TB, s *stage, second *programme.TemplateVersion) {
	t.Helper()
	var first *programme.TemplateVersion
	s.must(t, sample.Clerk, func(ctx context.Context) error {
		page, err := s.App.Programme.Templates(ctx, second.Key, paging.Args{})
		if err != nil {
			return err
		}
		var have []string
		for _, v := range page.Items {
			have = append(have, fmt.Sprintf("%d %s", v.Version, v.State))
		}
		equal(t, "versions", have, []string{"2 active", "1 active"})
		first = page.Items[1]
		changes, err := s.App.Programme.DiffTemplates(ctx, first.ID, second.ID)
		if len(changes) != 1 || changes[0].Field != "outcomes[0].by" || changes[0].From != "rank" || changes[0].To != "role" {
			t.Errorf("differences: %+v", changes)
		}
		return err
	})
	draft := s.draft(t, sample.Clerk, s.source(t, unchanged))
	read := func(id uuid.UUID) func(context.Context) error {
		return func(ctx context.Context) error { _, err := s.App.Programme.Template(ctx, id); return err }
	}
	s.must(t, "CN1", read(second.ID))
	s.must(t, "S1", read(second.ID))
	for who, id := range map[string]uuid.UUID{"CN1": draft.ID, "XC1": second.ID, "XA1": draft.ID} {
		if there, nowhere := s.try(t, who, read(id)), s.try(t, who, read(uuid.New())); fault.CodeOf(there) != fault.NotFound || there.Error() != nowhere.Error() {
			t.Errorf("%s is answered %v, and %v for an unknown id", who, there, nowhere)
		}
	}
	s.refused(t, "XC1", func(ctx context.Context) error {
		_, err := s.App.Programme.UpdateTemplate(ctx, draft.ID, 1, s.source(t, unchanged))
		return err
	}, "NOT_FOUND at template")
	s.must(t, "XC1", func(ctx context.Context) error {
		page, err := s.App.Programme.Templates(ctx, "", paging.Args{})
		if len(page.Items) != 0 {
			t.Errorf("the neighbour lists %d templates", len(page.Items))
		}
		return err
	})
}

// Every preset of the library is stored with its comments, lints without being
// refused, and is activated by a person who confirms what it leaves open.
func TestEveryPresetActivates(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	var presets []programme.Preset
	s.must(t, sample.Clerk, func(ctx context.Context) (err error) {
		presets, err = s.App.Programme.Presets(ctx)
		return err
	})
	equal(t, "presets", len(presets), len(templates.Keys()))
	for _, p := range presets {
		var v *programme.TemplateVersion
		s.must(t, sample.Clerk, func(ctx context.Context) (err error) {
			v, err = s.App.Programme.FromPreset(ctx, p.Key, "own-"+p.Key)
			return err
		})
		if v.Key != "own-"+p.Key || !strings.Contains(v.Source, "# ") || p.Name.ZH == "" || p.Purpose.ZH == "" || len(p.Requirements) == 0 {
			t.Errorf("%s: %+v", p.Key, p)
		}
		report := v.Report()
		equal(t, p.Key+": errors", report.Errors, nil)
		s.must(t, sample.Approver, func(ctx context.Context) error {
			_, err := s.App.Programme.ActivateTemplate(ctx, v.ID, v.Revision, report.Confirm)
			return err
		})
	}
}

// What a county adds to the dictionary is read by its townships, and lets them
// activate templates with it; what one township adds is nobody else's.
func TestTheDictionaryIsReadDownwards(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	keys := func(who string) (all []string) {
		s.must(t, who, func(ctx context.Context) error {
			dimensions, err := s.App.Programme.Dimensions(ctx)
			for _, d := range dimensions {
				all = append(all, d.Key)
			}
			return err
		})
		return all
	}
	add := func(key string) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := s.App.Programme.AddDimension(ctx, key, template.Text{ZH: "新增维度"})
			return err
		}
	}
	s.must(t, "CA1", add("business"))
	s.must(t, sample.Approver, add("water"))
	s.refused(t, sample.Approver, add("business"), "ALREADY_EXISTS at key")
	s.refused(t, sample.Clerk, add("forest"), "FORBIDDEN")
	standard := len(template.Dimensions())
	equal(t, "the township's", keys(sample.Clerk)[standard:], []string{"business", "water"})
	equal(t, "the county's", keys("CA1")[standard:], []string{"business"})
	equal(t, "the neighbour's", keys("XC1")[standard:], []string{"business"})
	v := s.draft(t, sample.Clerk, s.source(t, func(doc *template.Document) { doc.Items[0].Dimension = "business" }))
	s.must(t, sample.Approver, func(ctx context.Context) error {
		_, err := s.App.Programme.ActivateTemplate(ctx, v.ID, v.Revision, v.Report().Confirm)
		return err
	})
	wrong := s.draft(t, sample.Clerk, s.source(t, func(doc *template.Document) { doc.Items[1].Dimension = "forest" }))
	s.refused(t, sample.Approver, func(ctx context.Context) error {
		_, err := s.App.Programme.ActivateTemplate(ctx, wrong.ID, wrong.Revision, wrong.Report().Confirm)
		return err
	}, "DIMENSION_UNKNOWN at items[1].dimension")
}

// A county's active template is read by its townships and derived from; the
// fields it locks stay as they are.
func TestTownshipDerivesFromItsCounty(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	parent := s.draft(t, "CA1", s.source(t, func(doc *template.Document) { doc.Key = "county-arena" }))
	derived := func(change func(*template.Document)) string {
		return s.source(t, func(doc *template.Document) {
			doc.Key, doc.DerivedFrom = "own-arena", &template.Derived{Key: "county-arena", Version: 1, Locked: []string{"bands.bottom"}}
			change(doc)
		})
	}
	create := func(source string) func(context.Context) error {
		return func(ctx context.Context) error { _, err := s.App.Programme.CreateTemplate(ctx, source); return err }
	}
	s.refused(t, sample.Clerk, create(derived(unchanged)), "NOT_FOUND at derivedFrom") // a draft is the county's own affair
	s.must(t, "CA1", func(ctx context.Context) error {
		_, err := s.App.Programme.ActivateTemplate(ctx, parent.ID, parent.Revision, parent.Report().Confirm)
		return err
	})
	s.must(t, sample.Clerk, func(ctx context.Context) error { _, err := s.App.Programme.Template(ctx, parent.ID); return err })
	bent := fault.All(s.try(t, sample.Clerk, create(derived(func(doc *template.Document) { doc.Bands[1].Ties = "inclusive" }))))
	if len(bent) == 0 || !strings.HasPrefix(bent[0].Field, "bands.bottom") {
		t.Errorf("bending a locked field: %v", bent)
	}
	s.draft(t, sample.Clerk, derived(func(doc *template.Document) { doc.Calendar.Day = 15 }))
	s.refused(t, sample.Clerk, s.opening2023(t, func(in *programme.CompetitionCreate) { in.Template = parent.ID }), "TEMPLATE_NOT_OWN at template")
	s.refused(t, sample.Clerk, s.opening2023(t, func(in *programme.CompetitionCreate) { in.Template = uuid.New() }), "NOT_FOUND at template")
}
