package round

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// PanelInput is a review group; empty items, channels or units mean all.
type PanelInput struct {
	Name      string
	Items     []string
	Channels  []string
	UnitCodes []string    // of places or contestants
	Subjects  []uuid.UUID // contestants
	Members   []uuid.UUID
}

// SecondedInput says who is seconded (A06). Under a template that assigns, the
// people and their groups; under one that draws or rotates, the pool (empty:
// all resident cadres of the day), and the seed of the draw.
type SecondedInput struct {
	Assigned []SecondedSeat
	Pool     []uuid.UUID
	Seed     string
}

// SecondedSeat puts a seconded cadre into a group, numbered from 1.
type SecondedSeat struct {
	Person uuid.UUID
	Panel  int
}

// PanelsSet is the whole plan of a round's review groups.
type PanelsSet struct {
	Round    uuid.UUID
	Revision int
	Panels   []PanelInput
	Seconded SecondedInput
}

// residentCadre is the post from whose holders cadres are seconded (A06).
const residentCadre = "resident-cadre"

// SetPanels sets the review groups of a round and seconds cadres to them, as
// the template chooses: assigned, by rotation, or drawn with a recorded seed
// (A05, A06, Q32, Q33). The warnings name markers who belong to a village and
// close rivals (A09). While the round is open the groups may still be changed,
// for a judge who falls ill: whoever gave a mark stays where it was given, the
// groups stay complete, and the notice has to be issued again.
func (s *Service) SetPanels(ctx context.Context, in PanelsSet) (*Answer, error) {
	return s.step(ctx, authz.PanelWrite, Step{Round: in.Round, Revision: in.Revision},
		func(ctx context.Context, st Store, r *Round, _ *viewer.Viewer) (fault.List, error) {
			if err := inState(r, Planned, Notified, Open); err != nil {
				return nil, err
			}
			b, err := s.beginPanels(ctx, st, r, in)
			if err != nil {
				return nil, err
			}
			if err := b.seconded(ctx, st, in.Seconded); err != nil {
				return nil, err
			}
			if err := b.known(ctx, st); err != nil {
				return nil, err
			}
			if err := b.whileOpen(ctx, st); err != nil {
				return nil, err
			}
			if err := st.ReplacePanels(ctx, r.ID, b.panels); err != nil {
				return nil, err
			}
			warnings, err := warnMarkers(ctx, st, r, b.doc, b.panels)
			if err != nil {
				return nil, err
			}
			apart, err := b.disconnected(ctx, st)
			if err != nil {
				return nil, err
			}
			warnings = append(warnings, apart...)
			if r.State == Open {
				warnings = append(warnings, fault.New(fault.NoticeOutdated))
			}
			return warnings, audit.Record(ctx, string(authz.PanelWrite), "round", r.ID, b.record(in.Seconded))
		})
}

// disconnected warns of groups that cannot be compared (case s6).
func (b *panelPlan) disconnected(ctx context.Context, st Store) (fault.List, error) {
	field, err := contestants(ctx, st, b.doc, b.round.Held)
	if err != nil {
		return nil, err
	}
	rubric, err := st.RubricOf(ctx, b.round.ID)
	if err != nil {
		return nil, err
	}
	return disconnected(b.doc, itemsOf(b.doc, rubric), b.panels, field), nil
}

// panelPlan is a plan of groups in the making.
type panelPlan struct {
	round  *Round
	doc    *template.Document
	panels []*Panel
	seen   map[uuid.UUID]string // where a person was named first
	bad    fault.List
}

// beginPanels makes the groups without the seconded.
func (s *Service) beginPanels(ctx context.Context, st Store, r *Round, in PanelsSet) (*panelPlan, error) {
	doc, _, err := st.RoundTemplate(ctx, r)
	if err != nil {
		return nil, err
	}
	field, err := contestants(ctx, st, doc, r.Held)
	if err != nil {
		return nil, err
	}
	rubric, err := st.RubricOf(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	b := &panelPlan{round: r, doc: doc, seen: map[uuid.UUID]string{}}
	items := itemsOf(doc, rubric)
	for i, p := range in.Panels {
		panel := &Panel{ID: newID(), Round: r.ID, Number: i + 1, Name: strings.TrimSpace(p.Name), Items: p.Items, Channels: p.Channels}
		b.scope(panel, p, i, items, field)
		for m, person := range p.Members {
			b.add(panel, PanelMember{Person: person, Chosen: ChosenAssigned}, "panels["+itoa(i)+"].members["+itoa(m)+"]")
		}
		b.panels = append(b.panels, panel)
	}
	return b, nil
}

// scope checks what a group marks.
func (b *panelPlan) scope(panel *Panel, in PanelInput, at int, items []template.Item, field []Contestant) {
	if panel.Name == "" {
		b.bad = append(b.bad, fault.New(fault.Required, "want", "小组名称 / a name").At("panels[%d].name", at))
	}
	for i, key := range in.Items {
		if !slices.ContainsFunc(items, func(item template.Item) bool { return item.Key == key }) {
			b.bad = append(b.bad, fault.New(fault.NotFound).At("panels[%d].items[%d]", at, i))
		}
	}
	for i, key := range in.Channels {
		if !slices.ContainsFunc(b.doc.Channels, func(c template.Channel) bool { return c.Key == key }) {
			b.bad = append(b.bad, fault.New(fault.NotFound).At("panels[%d].channels[%d]", at, i))
		}
	}
	for i, code := range in.UnitCodes {
		u := slices.IndexFunc(field, func(c Contestant) bool { return c.Code == code || c.UnitCode == code })
		if u < 0 {
			b.bad = append(b.bad, fault.New(fault.SubjectUnknown, "value", code).At("panels[%d].unitCodes[%d]", at, i))
			continue
		}
		if field[u].UnitCode == code {
			panel.Units = append(panel.Units, field[u].Unit)
		} else {
			panel.Units = append(panel.Units, field[u].Subject)
		}
	}
	for i, id := range in.Subjects {
		if !slices.ContainsFunc(field, func(c Contestant) bool { return c.Subject == id }) {
			b.bad = append(b.bad, fault.New(fault.SubjectUnknown, "value", "").At("panels[%d].subjects[%d]", at, i))
			continue
		}
		panel.Units = append(panel.Units, id)
	}
}

func (b *panelPlan) add(panel *Panel, m PanelMember, field string) {
	if b.seen[m.Person] != "" {
		b.bad = append(b.bad, fault.New(fault.PanelPersonTwice).At("%s", field))
		return
	}
	b.seen[m.Person] = field
	m.ID, m.Panel = newID(), panel.ID
	panel.Members = append(panel.Members, m)
}

// seconded adds the seconded cadres, inside the groups or beside them (Q33).
func (b *panelPlan) seconded(ctx context.Context, st Store, in SecondedInput) error {
	rule := b.doc.Panels.Seconded
	if len(b.panels) == 0 || rule.Count == 0 && len(in.Assigned) == 0 {
		return nil
	}
	member := PanelMember{Seconded: true, Observer: rule.Seat == seatBeside, Chosen: ChosenAssigned}
	if rule.Choose == ChosenDraw || rule.Choose == ChosenRotation {
		return b.choose(ctx, st, in, member)
	}
	for i, seat := range in.Assigned {
		if seat.Panel < 1 || seat.Panel > len(b.panels) {
			b.bad = append(b.bad, fault.New(fault.PanelUnknown, "value", itoa(seat.Panel), "want", itoa(len(b.panels))).At("seconded.assigned[%d].panel", i))
			continue
		}
		member.Person = seat.Person
		b.add(b.panels[seat.Panel-1], member, "seconded.assigned["+itoa(i)+"].person")
	}
	return nil
}

// known refuses people of other tenants, and everything else that was found.
func (b *panelPlan) known(ctx context.Context, st Store) error {
	var ids []uuid.UUID
	for person := range b.seen {
		ids = append(ids, person)
	}
	aliases, err := st.Pseudonyms(ctx, ids)
	if err != nil {
		return err
	}
	for _, p := range b.panels {
		for i := range p.Members {
			m := &p.Members[i]
			if m.Pseudonym = aliases[m.Person]; m.Pseudonym == "" {
				b.bad = append(b.bad, fault.New(fault.NotFound).At("%s", b.seen[m.Person]))
			}
		}
	}
	return b.bad.Err()
}

// record is what the audit keeps of a choice, so that a draw can be repeated.
func (b *panelPlan) record(in SecondedInput) map[string]any {
	groups := make([][]string, len(b.panels))
	for i, p := range b.panels {
		for _, m := range p.Members {
			groups[i] = append(groups[i], m.Pseudonym)
		}
	}
	return map[string]any{"groups": groups, "choose": b.doc.Panels.Seconded.Choose, "seed": in.Seed, "pool": in.Pool}
}
