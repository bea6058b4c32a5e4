package round

import (
	"context"
	"slices"

	"leitai/internal/fault"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// prepared is what a round has to have before it opens.
type prepared struct {
	round   *Round
	doc     *template.Document
	version int
	rubric  []*RubricItem // as its owners wrote it; nothing where the template fixes it
	items   []template.Item
	plan    *scoring.Plan // nil when the rubric has faults
	faulty  fault.List    // of the rubric
	panels  []*Panel
}

func prepare(ctx context.Context, st Store, r *Round) (*prepared, error) {
	p := &prepared{round: r}
	var err error
	if p.doc, p.version, err = st.RoundTemplate(ctx, r); err != nil {
		return nil, err
	}
	if p.rubric, err = st.RubricOf(ctx, r.ID); err != nil {
		return nil, err
	}
	p.items = itemsOf(p.doc, p.rubric)
	p.plan, p.faulty = planOf(p.doc, p.items)
	p.panels, err = st.PanelsOf(ctx, r.ID)
	return p, err
}

// unready lists what keeps the notice from being issued: the rubric and the
// groups (A05, A06, A12, Q31–Q33).
func (p *prepared) unready() fault.List {
	all := slices.Clone(p.faulty)
	if p.round.RubricPublishedAt == nil {
		all = append(all, fault.New(fault.RubricUnpublished))
	}
	if themeless(p.doc, p.round) {
		all = append(all, fault.New(fault.ThemeMissing))
	}
	rule := p.doc.Panels
	if len(p.panels) < rule.Groups {
		all = append(all, fault.New(fault.PanelsTooFew, "have", itoa(len(p.panels)), "want", itoa(rule.Groups)))
	}
	for _, panel := range p.panels {
		if have := len(panel.markers()); have < max(rule.MinMembers, 1) {
			all = append(all, fault.New(fault.PanelTooSmall, "panel", panel.Name, "have", itoa(have), "want", itoa(max(rule.MinMembers, 1))))
		}
	}
	return append(all, p.secondedBlockers()...)
}

func (p *prepared) secondedBlockers() fault.List {
	rule := p.doc.Panels.Seconded
	have := 0
	var all fault.List
	for _, panel := range p.panels {
		for _, m := range panel.Members {
			if !m.Seconded {
				continue
			}
			if have++; rule.Choose != "" && m.Chosen != rule.Choose && len(all) == 0 {
				all = append(all, fault.New(fault.SecondedChoice, "want", rule.Choose, "value", m.Chosen))
			}
		}
	}
	if have < rule.Count {
		all = append(all, fault.New(fault.SecondedMissing, "have", itoa(have), "want", itoa(rule.Count)))
	}
	return all
}

// closedDoors lists everything that keeps the round from opening.
func (p *prepared) closedDoors(field []Contestant) fault.List {
	all := p.unready()
	switch notice := p.round.Notice; {
	case notice == nil:
		all = append(all, fault.New(fault.NoticeMissing))
	case notice.outdated(p.round, p.items, p.panels):
		all = append(all, fault.New(fault.NoticeOutdated))
	}
	if len(field) == 0 {
		return append(all, fault.New(fault.RosterEmpty))
	}
	return append(all, p.tooFewJudges(field)...)
}

// tooFewJudges lists the cells which could never be marked: after recusal too
// few members are left for some subject.
func (p *prepared) tooFewJudges(field []Contestant) fault.List {
	if p.plan == nil {
		return nil
	}
	var all fault.List
	for c, cell := range p.plan.Cells() {
		need := p.plan.Need(c)
		var short []string
		for _, u := range field {
			if p.eligible(cell, u) < need {
				short = append(short, u.Name)
			}
		}
		if short != nil {
			all = append(all, fault.New(fault.JudgesTooFew, "item", cell.Item, "channel", cell.Channel, "want", itoa(need)).About(short...))
		}
	}
	return all
}

// eligible counts who may mark a cell of a subject.
func (p *prepared) eligible(cell scoring.Cell, u Contestant) int {
	n := 0
	for _, panel := range p.panels {
		if !panel.covers(cell.Item, cell.Channel, u.Unit, u.Subject) {
			continue
		}
		for _, m := range panel.markers() {
			if !recuses(p.doc) || !linked(u.Links, m.Pseudonym) {
				n++
			}
		}
	}
	return n
}
