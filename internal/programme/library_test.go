package programme_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/programme"
	"leitai/internal/template"
)

// preset is the test's own library of one: a document with a comment.
var preset = programme.Preset{Key: "town-model", Name: template.Text{ZH: "镇级样板", EN: "Town model"}, Purpose: template.Text{ZH: "示范"}, Scheme: "A", Requirements: []string{"A23"},
	Source: strings.Replace(strings.TrimPrefix(document, "\n"), "key: monthly-arena", "# 样板\nkey: town-model # A23", 1) + "locks: [announce.objectionDays]\n"}

// The library is read by whoever may read templates, and a preset is stored as
// a draft with its comments, under its key or another.
func TestLibrary(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	all, err := w.use.Presets(w.ctx())
	must(t, err)
	if len(all) != 1 || all[0].Key != "town-model" || all[0].Requirements[0] != "A23" {
		t.Fatalf("the library: %+v", all)
	}
	v, err := w.use.FromPreset(w.ctx(), "town-model", "")
	must(t, err)
	if v.Key != "town-model" || v.Source != preset.Source || v.State != programme.TemplateDraft || v.Version != 1 {
		t.Errorf("stored %+v", v)
	}
	own, err := w.use.FromPreset(w.ctx(), "town-model", "our-arena")
	must(t, err)
	if own.Key != "our-arena" || !strings.Contains(own.Source, "# 样板\nkey: 'our-arena' # A23") {
		t.Errorf("stored under %s:\n%s", own.Key, own.Source[:80])
	}
	_, err = w.use.FromPreset(w.ctx(), "no-such", "")
	if l := refused(t, err, fault.PresetUnknown); l[0].Field != "preset" || l[0].Args["want"] != "town-model" {
		t.Errorf("refused with %+v", l[0])
	}
	_, err = w.use.FromPreset(w.ctx(), "town-model", "Bad Key\nsubject: county")
	if l := refused(t, err, fault.TemplateBadKey); l[0].Field != "key" {
		t.Errorf("refused at %s", l[0].Field)
	}
	w.gate[authz.TemplateWrite] = false
	_, err = w.use.FromPreset(w.ctx(), "town-model", "")
	refused(t, err, fault.Forbidden)
	w.gate[authz.TemplateRead] = false
	_, err = w.use.Presets(w.ctx())
	refused(t, err, fault.Forbidden)
}

// A template is derived from an active version or from the library; what the
// parent locks is named when somebody changes it, and a draft is no parent.
func TestDerivation(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	fromLibrary, err := w.use.DeriveTemplate(w.ctx(), programme.Derivation{Preset: "town-model", Key: "our-arena", Name: template.Text{ZH: "本乡月评比"}})
	must(t, err)
	if fromLibrary.Key != "our-arena" || fromLibrary.NameZh != "本乡月评比" || fromLibrary.State != programme.TemplateDraft {
		t.Errorf("derived %+v", fromLibrary)
	}
	doc, err := fromLibrary.Document()
	must(t, err)
	if d := doc.DerivedFrom; d == nil || d.Key != "town-model" || d.Version != programme.PresetVersion || len(d.Locked) != 1 || d.Locked[0] != "announce.objectionDays" {
		t.Errorf("derived from %+v", doc.DerivedFrom)
	}
	_, err = w.use.UpdateTemplate(w.ctx(), fromLibrary.ID, 1, strings.Replace(fromLibrary.Source, "objectionDays: 3", "objectionDays: 0", 1))
	if l := refused(t, err, fault.TemplateLocked); l[0].Field != "announce.objectionDays" || l[0].Args["parent"] != "town-model" {
		t.Errorf("refused with %+v", l[0])
	}
	_, err = w.use.UpdateTemplate(w.ctx(), fromLibrary.ID, 1, strings.Replace(fromLibrary.Source, "day: 30", "day: 20", 1))
	must(t, err)

	active := w.active(document)
	fromOwn, err := w.use.DeriveTemplate(w.ctx(), programme.Derivation{Parent: active.ID, Key: "second-arena"})
	must(t, err)
	if fromOwn.NameZh != active.NameZh {
		t.Errorf("the name became %s", fromOwn.NameZh)
	}
	for name, c := range map[string]struct {
		in   programme.Derivation
		code fault.Code
		at   string
	}{
		"a draft":       {programme.Derivation{Parent: fromOwn.ID, Key: "third"}, fault.TemplateNotActive, "parent"},
		"nothing":       {programme.Derivation{Key: "third"}, fault.Required, "parent"},
		"both":          {programme.Derivation{Parent: active.ID, Preset: "town-model", Key: "third"}, fault.Required, "parent"},
		"no such":       {programme.Derivation{Parent: uuid.New(), Key: "third"}, fault.NotFound, "parent"},
		"the same key":  {programme.Derivation{Parent: active.ID, Key: "monthly-arena"}, fault.TemplateConflict, "derivedFrom.key"},
		"no key at all": {programme.Derivation{Parent: active.ID}, fault.TemplateBadKey, "key"},
	} {
		_, err := w.use.DeriveTemplate(w.ctx(), c.in)
		if l := refused(t, err, c.code); l[0].Field != c.at {
			t.Errorf("%s: at %s", name, l[0].Field)
		}
	}
}

// Another township's template is no parent, and its dictionary nobody else's.
func TestAnotherTownshipLendsNothing(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	active := w.active(document)
	stranger := w.stranger()
	_, err := w.use.DeriveTemplate(stranger, programme.Derivation{Parent: active.ID, Key: "stolen"})
	refused(t, err, fault.NotFound)
	_, err = w.use.AddDimension(w.ctx(), "water", template.Text{ZH: "河湖治理"})
	must(t, err)
	theirs, err := w.use.Dimensions(stranger)
	must(t, err)
	if len(theirs) != len(template.Dimensions()) {
		t.Errorf("another township reads %d dimensions", len(theirs))
	}
}

// stranger is a request of the other township.
func (w *township) stranger() context.Context {
	var tenant uuid.UUID
	must(w.t, w.maint.QueryRowContext(w.t.Context(), `SELECT tenant_id FROM person WHERE id = $1`, w.other).Scan(&tenant))
	return w.of(tenant, w.other)
}

// The dictionary holds the standard set and what the tenant added; a template
// with any other dimension is kept and not activated, item by item.
func TestDictionary(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	items := `
items:
  - {key: party, name: 党建, dimension: party-building, points: 60}
  - {key: river, name: 河湖, dimension: water, points: 40}
`
	draft, err := w.use.CreateTemplate(w.ctx(), document+strings.TrimPrefix(items, "\n"))
	must(t, err)
	_, err = w.use.ActivateTemplate(w.ctx(), draft.ID, 1, []string{"outcomes", "streaks"})
	if l := refused(t, err, fault.DimensionUnknown); l[0].Field != "items[1].dimension" || l[0].Args["value"] != "water" {
		t.Errorf("refused with %+v", l[0])
	}
	for _, bad := range []struct {
		key, name string
		code      fault.Code
		at        string
	}{
		{"Water", "河湖治理", fault.DimensionInvalid, "key"}, {"water", " ", fault.Required, "name"}, {"industry", "产业", fault.AlreadyExists, "key"},
	} {
		_, err := w.use.AddDimension(w.ctx(), bad.key, template.Text{ZH: bad.name})
		if l := refused(t, err, bad.code); l[0].Field != bad.at {
			t.Errorf("%s: at %s", bad.key, l[0].Field)
		}
	}
	first, err := w.use.AddDimension(w.ctx(), "water", template.Text{ZH: "河湖"})
	must(t, err)
	again, err := w.use.AddDimension(w.ctx(), "water", template.Text{ZH: "河湖治理", EN: "Rivers and lakes"})
	must(t, err)
	all, err := w.use.Dimensions(w.ctx())
	must(t, err)
	last := all[len(all)-1]
	if len(all) != len(template.Dimensions())+1 || last.Key != "water" || last.Name.ZH != "河湖治理" || last.Tenant != w.tenant || again.ID != first.ID || all[0].Tenant != uuid.Nil {
		t.Errorf("the dictionary ends with %+v", last)
	}
	_, err = w.use.ActivateTemplate(w.ctx(), draft.ID, 1, []string{"outcomes", "streaks"})
	must(t, err)
	page, err := w.use.Templates(w.ctx(), "", paging.Args{})
	must(t, err)
	if len(page.Items) != 1 || page.Items[0].State != programme.TemplateActive {
		t.Errorf("stored %+v", page.Items)
	}
}
