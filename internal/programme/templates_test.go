package programme_test

import (
	"strings"
	"testing"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/programme"
)

func TestTemplateIsVersionedAndFrozenOnceActive(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	draft, err := w.use.CreateTemplate(w.ctx(), document)
	must(t, err)
	if draft.Key != "monthly-arena" || draft.Version != 1 || draft.State != programme.TemplateDraft || draft.Revision != 1 || draft.Source != document {
		t.Errorf("draft: %+v", draft)
	}
	_, err = w.use.UpdateTemplate(w.ctx(), draft.ID, 7, document)
	if all := refused(t, err, fault.StaleRevision); all[0].Field != "revision" || all[0].Args["have"] != "1" {
		t.Errorf("stale: %v", all)
	}
	_, err = w.use.UpdateTemplate(w.ctx(), draft.ID, 1, strings.Replace(document, "key: monthly-arena", "key: other", 1))
	refused(t, err, fault.TemplateKeyFixed)
	lighter := strings.NewReplacer("weight: 40", "weight: 60", "weight: 60", "weight: 40").Replace(document)
	changed, err := w.use.UpdateTemplate(w.ctx(), draft.ID, 1, lighter)
	must(t, err)
	if changed.Revision != 2 {
		t.Errorf("revision %d", changed.Revision)
	}
	active, err := w.use.ActivateTemplate(w.ctx(), draft.ID, 2, []string{"streaks", "outcomes"})
	must(t, err)
	if active.State != programme.TemplateActive || active.Canonical == "" || *active.ActivatedBy != w.person {
		t.Errorf("active: %+v", active)
	}
	_, err = w.use.UpdateTemplate(w.ctx(), draft.ID, active.Revision, document)
	refused(t, err, fault.TemplateFrozen)
	_, err = w.use.ActivateTemplate(w.ctx(), draft.ID, active.Revision, nil)
	refused(t, err, fault.TemplateFrozen)
	second, err := w.use.CreateTemplate(w.ctx(), document)
	must(t, err)
	if second.Version != 2 {
		t.Errorf("the next version is %d", second.Version)
	}
	diff, err := w.use.DiffTemplates(w.ctx(), active.ID, second.ID)
	must(t, err)
	if len(diff) != 2 || diff[0].Field != "channels.onsite.weight" || diff[0].From != "60" || diff[0].To != "40" {
		t.Errorf("difference: %+v", diff)
	}
	page, err := w.use.Templates(w.ctx(), "monthly-arena", paging.Args{First: ptr(1)})
	must(t, err)
	next, err := w.use.Templates(w.ctx(), "monthly-arena", paging.Args{After: ptr(page.End())})
	must(t, err)
	if len(page.Items) != 1 || page.Items[0].Version != 2 || !page.HasNext || len(next.Items) != 1 || next.Items[0].Version != 1 {
		t.Error("pages of versions")
	}
}

func ptr[T any](v T) *T { return &v }

// covers Q4, Q9
func TestActivationNeedsAPersonsConfirmation(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	draft, err := w.use.CreateTemplate(w.ctx(), document) // does not list them itself
	must(t, err)
	_, err = w.use.ActivateTemplate(w.ctx(), draft.ID, 1, nil)
	if all := refused(t, err, fault.TemplateConfirmationMissing); all[0].Args["missing"] != "outcomes, streaks" || all[0].Field != "confirm" {
		t.Errorf("missing: %v", all)
	}
	_, err = w.use.ActivateTemplate(w.ctx(), draft.ID, 1, []string{"outcomes", "weather"})
	refused(t, err, fault.TemplateConfirmationMissing, fault.TemplateConfirmationUnknown)
	delete(w.gate, authz.TemplateActivate)
	_, err = w.use.ActivateTemplate(w.ctx(), draft.ID, 1, []string{"outcomes", "streaks"})
	refused(t, err, fault.Forbidden)
	again, err := w.use.Template(w.ctx(), draft.ID)
	must(t, err)
	if again.State != programme.TemplateDraft {
		t.Error("a refused activation changed the draft")
	}
}

func TestDocumentIsCheckedWithPlaces(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	bad := strings.Replace(document, "weight: 40", "weight: 50", 1)
	_, err := w.use.CreateTemplate(w.ctx(), bad)
	if all := refused(t, err, fault.TemplateWeights); all[0].Place.Row == 0 {
		t.Errorf("no place: %+v", all[0])
	}
	check, err := w.use.CheckTemplate(w.ctx(), bad)
	must(t, err)
	refused(t, check.Errors, fault.TemplateWeights)
	check, err = w.use.CheckTemplate(w.ctx(), document)
	must(t, err)
	if check.Errors != nil || check.Burden == nil || len(check.Warnings) == 0 || len(check.Confirm) != 2 {
		t.Errorf("check: %+v", check)
	}
	page, err := w.use.Templates(w.ctx(), "", paging.Args{})
	must(t, err)
	if len(page.Items) != 0 {
		t.Error("something was stored")
	}
}

// A derived template keeps what its parent locked.
func TestDerivedTemplateKeepsLocks(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.active(document + "locks: [announce.objectionDays]\n")
	derived := strings.Replace(document, "key: monthly-arena", "key: own-arena\nderivedFrom: {key: monthly-arena, version: 1, locked: [announce.objectionDays]}", 1)
	_, err := w.use.CreateTemplate(w.ctx(), strings.Replace(derived, "objectionDays: 3", "objectionDays: 0", 1))
	refused(t, err, fault.TemplateLocked)
	_, err = w.use.CreateTemplate(w.ctx(), derived)
	must(t, err)
	_, err = w.use.CreateTemplate(w.ctx(), strings.Replace(derived, "version: 1", "version: 9", 1))
	refused(t, err, fault.NotFound)
}
