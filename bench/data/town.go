package data

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/outcome"
	"leitai/internal/programme"
	"leitai/internal/round"
)

// town is a township being played: everything its use cases would have written
// is put on its sheet.
type town struct {
	sheet
	*township
	*source
	plan *scheme
	seal round.Seal

	leader, clerk, confirmer somebody
	judges                   []somebody
	secretaries              []somebody // of the villages, in their order
	levels                   []int      // of the villages: around what they are marked
	template, competition    uuid.UUID
	trail                    []audit.Entry
	marks                    int
}

type somebody struct {
	id        uuid.UUID
	pseudonym string
}

// play plays all months of a township without a database.
func play(ctx context.Context, t *township, plan *scheme, seal round.Seal) (*town, error) {
	w := &town{sheet: sheet{}, township: t, source: newSource(t.seed, "township "+t.code), plan: plan, seal: seal}
	w.people()
	if err := w.contest(ctx); err != nil {
		return nil, err
	}
	if err := w.months(ctx); err != nil {
		return nil, fmt.Errorf("bench data: township %s: %w", t.code, err)
	}
	return w, w.sealTrail()
}

// put adds a row of the township: after its id come tenant and region.
func (w *town) put(table string, id uuid.UUID, values ...any) {
	w.add(table, append([]any{id, w.tenant, w.region}, values...)...)
}

// people writes the persons with their posts: a leader who owns the items, a
// clerk, a second person, the judges, and a secretary in every village.
func (w *town) people() {
	began := founded.Format(time.DateOnly)
	person := func(name, post string, at uuid.UUID) somebody {
		p := somebody{w.at(founded), w.pseudonym()}
		w.put("person", p.id, p.pseudonym, nil, founded)
		w.put("person_name", w.at(founded), p.id, name)
		w.put("post", w.at(founded), p.id, post, at, began)
		return p
	}
	name := w.shown()
	w.leader = person(name+"分管领导", "leader-in-charge", w.id)
	w.clerk = person(name+"办公室", "office-staff", w.id)
	w.confirmer = person(name+"复核人", "office-head", w.id)
	for i := range w.plan.judges {
		w.judges = append(w.judges, person(fmt.Sprintf("%s评委%d", name, i+1), "township-cadre", w.id))
	}
	for _, v := range w.villages {
		w.secretaries = append(w.secretaries, person(v.shown()+"书记", "village-secretary", v.id))
		w.levels = append(w.levels, 70+w.IntN(22))
	}
}

// links are the people linked to a village, as its roster names them.
func (w *town) links(village int) []outcome.Link {
	return []outcome.Link{{Role: "village-secretary", Person: w.secretaries[village].pseudonym}}
}

// contest writes the active template and the competition.
func (w *town) contest(ctx context.Context) error {
	w.template, w.competition = w.at(founded), w.at(founded)
	doc := &w.plan.doc
	w.put("template_version", w.template, doc.Key, 1, doc.Name.ZH, doc.Name.EN, "active", w.plan.source, w.plan.canonical, texts(doc.ConfirmAtActivation), 2,
		w.approver, founded, w.approver, founded)
	notice, err := json.Marshal(programme.Notice{Number: "基准〔2005〕1号", Issuer: w.shown(), Title: "基准月评比", Basis: []programme.BasisDocument{}, Distribution: []string{}})
	if err != nil {
		return err
	}
	group, err := json.Marshal(programme.LeadingGroup{Members: []programme.LeadingGroupMember{{Seat: programme.SeatHead, Person: &w.approver, Title: "组长"}}, Offices: []string{}})
	if err != nil {
		return err
	}
	w.put("competition", w.competition, "基准月评比", "基准备〔2005〕1号", string(notice), string(group), w.approver, founded)
	w.put("competition_version", w.at(founded), w.competition, w.template, w.plan.months[0].Period.String())
	err = w.record(ctx, founded, "template:activate", "template_version", w.template, map[string]any{"key": doc.Key, "version": 1, "confirmed": doc.ConfirmAtActivation})
	if err != nil {
		return err
	}
	return w.record(ctx, founded, "competition:write", "competition", w.competition, map[string]any{"name": "基准月评比"})
}

// record notes an act for the township's chain, in the form the service gives
// an act's details.
func (w *town) record(ctx context.Context, at time.Time, action, kind string, object uuid.UUID, detail map[string]any) error {
	return audit.Record(audit.Into(ctx, &noted{w, at}), action, kind, object, detail)
}

type noted struct {
	town *town
	at   time.Time
}

// Collect implements audit.Sink.
func (n *noted) Collect(e audit.Event) {
	w := n.town
	w.trail = append(w.trail, audit.Entry{ID: w.at(n.at), Tenant: w.tenant, Region: w.region, At: n.at, Actor: w.admin,
		Action: e.Action, ObjectKind: e.ObjectKind, ObjectID: e.ObjectID, Detail: e.Detail})
}

// sealTrail chains the audit and puts it on the sheet.
func (w *town) sealTrail() error {
	if _, err := audit.Link(audit.Start(), w.trail); err != nil {
		return err
	}
	for _, e := range w.trail {
		w.put("audit_entry", e.ID, e.Seq, e.At, e.Actor, e.Credential, e.RequestID, e.Action, e.ObjectKind, e.ObjectID, string(e.Detail), e.Previous, e.Hash)
	}
	return nil
}
