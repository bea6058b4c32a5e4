package round

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/event"
)

// reached names what happened to a round by the state it is in now.
var reached = map[State]event.Kind{
	Notified: event.RoundNotified, Open: event.RoundOpened, Closed: event.RoundClosed, Computed: event.RoundComputed,
	Provisional: event.RoundAnnounced, Cancelled: event.RoundCancelled,
}

// stepped tells of a step into another state. What is published is told with its
// publication instead.
func stepped(ctx context.Context, r *Round, from State) error {
	kind, told := reached[r.State]
	if r.State == from || !told {
		return nil
	}
	if r.State == Open && from != Planned && from != Notified {
		kind = event.RoundReopened
	}
	return happened(ctx, kind, r, map[string]any{"from": string(from)})
}

// happened tells of something about a round.
func happened(ctx context.Context, kind event.Kind, r *Round, data map[string]any) error {
	data["period"], data["state"] = r.Period, string(r.State)
	return event.Record(ctx, event.Event{Kind: kind, Object: r.ID, ObjectKind: "round", Round: &r.ID, Data: data})
}

// marked tells that marks were entered, confirmed, rejected or corrected; how
// many, but not which.
func marked(ctx context.Context, r *Round, marks int) error {
	return happened(ctx, event.MarksSubmitted, r, map[string]any{"marks": marks})
}

// published tells of a publication where the publication itself can be read: one
// of a trial, and one for the persons concerned, where drafts are.
func published(ctx context.Context, r *Round, p *Publication) error {
	e := event.Event{Kind: event.PublicationPublished, Object: p.ID, ObjectKind: "publication", Round: &r.ID,
		Data: map[string]any{"period": r.Period, "revision": p.Revision, "audience": string(p.Audience), "trial": p.Trial}}
	if p.Revision > 1 {
		e.Kind = event.PublicationRevised
	}
	if p.Trial || p.Audience == AudiencePerson {
		e.Reach = event.Drafts
	}
	return event.Record(ctx, e)
}

// objected tells of an objection; deciders and, once it is decided, who filed it.
func objected(ctx context.Context, kind event.Kind, o *Objection) error {
	return event.Record(ctx, event.Event{Kind: kind, Unit: o.Unit, Object: o.ID, ObjectKind: "objection", Round: &o.Round, Persons: []uuid.UUID{o.FiledBy},
		Data: map[string]any{"number": o.Number, "state": string(o.State)}})
}
