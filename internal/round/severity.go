package round

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// JudgeSeverity is how far a judge marks above or below the others.
type JudgeSeverity struct {
	Judge  string       // pseudonym
	Effect exact.Number // points of the scale of marks; below 0: stricter
	Marks  int
}

// SubjectSeverity is a subject's mean mark with and without the judges' effects.
type SubjectSeverity struct {
	Subject               uuid.UUID
	Kind                  template.SubjectKind
	Name                  string
	Raw, Adjusted         exact.Number
	RankRaw, RankAdjusted int
}

// Severity is an estimate of how severe the judges of one item were by one
// channel.
type Severity struct {
	Item     string
	Channel  string
	Judges   []JudgeSeverity
	Subjects []SubjectSeverity
	Refused  *fault.Fault // why there is none, for example that the plan is disconnected
	Parts    [][]string   // then: the judges, part by part
}

// Severity estimates, item by item and channel by channel, how severe the judges
// of a closed round were (least squares), for those who run it. It is shown,
// never applied. Where groups share no subject it is refused and says which
// judges fall apart. A cell that one judge marks alone is left out.
func (s *Service) Severity(ctx context.Context, round uuid.UUID) (all []Severity, err error) {
	if err := s.gate.Require(ctx, authz.ResultDraftRead, uuid.Nil); err != nil {
		return nil, err
	}
	if !s.officeWorks(ctx) {
		if err := s.gate.Require(ctx, authz.MarkConfirm, uuid.Nil); err != nil {
			return nil, err
		}
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		r, err := st.RoundByID(ctx, round)
		if err != nil {
			return err
		}
		if r.ClosedAt == nil {
			return inState(r, Closed, Computed, Provisional, Published)
		}
		d, err := sit(ctx, st, r)
		if err != nil {
			return err
		}
		seen, _ := s.sighted(ctx, authz.ResultDraftRead, d.items)
		for _, cell := range d.plan.Cells() {
			if !seen(cell.Item) {
				continue
			}
			if one := d.severity(cell.Item, cell.Channel); one != nil {
				all = append(all, *one)
			}
		}
		return nil
	})
	return all, err
}

// severity estimates one cell; nil where fewer than two judges marked.
func (d *desk) severity(item, channel string) *Severity {
	var seen []scoring.Observation
	var seats []scoring.Seat
	judges, entries := map[string]bool{}, map[string]*Entry{}
	for _, m := range d.marks {
		e := d.entryOf(m.Subject)
		if m.Item != item || m.Channel != channel || m.State != MarkConfirmed || e == nil || e.Absent {
			continue
		}
		judges[m.JudgeAlias], entries[e.Code] = true, e
		seen = append(seen, scoring.Observation{Judge: m.JudgeAlias, Subject: e.Code, Mark: m.Value})
		seats = append(seats, scoring.Seat{Judge: m.JudgeAlias, Subject: e.Code})
	}
	if len(judges) < 2 {
		return nil
	}
	out := &Severity{Item: item, Channel: channel}
	found, err := scoring.Severity(seen)
	if err != nil {
		if all := fault.All(err); len(all) > 0 {
			out.Refused, out.Parts = all[0], scoring.Connected(seats)
		}
		return out
	}
	for _, j := range found.Judges {
		out.Judges = append(out.Judges, JudgeSeverity{Judge: j.Judge, Effect: j.Effect, Marks: j.Marks})
	}
	for _, a := range found.Subjects {
		e := entries[a.Subject]
		out.Subjects = append(out.Subjects, SubjectSeverity{
			Subject: e.Subject, Kind: e.Kind, Name: e.Name, Raw: a.Raw, Adjusted: a.Adjusted, RankRaw: a.RankRaw, RankAdjusted: a.RankAdjusted,
		})
	}
	return out
}

// disconnected warns of a marking plan in which an item is marked by groups that
// share no subject, directly or through others, so that nobody can tell a strict
// group from weak villages (case s6). It warns once a channel, naming the judges.
func disconnected(doc *template.Document, items []template.Item, panels []*Panel, field []Contestant) fault.List {
	var all fault.List
	for c := range doc.Channels {
		channel := doc.Channels[c].Key
		for i := range items {
			parts := scoring.Connected(seatsOf(doc, items[i].Key, channel, panels, field))
			if len(parts) > 1 {
				all = append(all, fault.New(fault.PlanDisconnected, "value", itoa(len(parts))).At("channels.%s", channel).About(slices.Concat(parts...)...))
				break
			}
		}
	}
	return all
}

// seatsOf lists who would mark whom in one cell.
func seatsOf(doc *template.Document, item, channel string, panels []*Panel, field []Contestant) []scoring.Seat {
	var seats []scoring.Seat
	for _, p := range panels {
		for _, m := range p.markers() {
			for _, who := range field {
				if p.covers(item, channel, who.Unit, who.Subject) && (!recuses(doc) || !linked(who.Links, m.Pseudonym)) {
					seats = append(seats, scoring.Seat{Judge: m.Pseudonym, Subject: who.Code})
				}
			}
		}
	}
	return seats
}
