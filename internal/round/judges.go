package round

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/outcome"
	"leitai/internal/template"
)

// ownVillage is the rule by which a judge does not mark a subject the judge is
// linked to (A09).
const ownVillage = "own-village"

// closeRank is the warning about judges whose village competes closely (A09);
// closeBy is how near two ranks of the last round are.
const (
	closeRank = "close-rank"
	closeBy   = 2
)

// linked reports whether a person is linked to a subject on the day.
func linked(links []outcome.Link, pseudonym string) bool {
	return slices.ContainsFunc(links, func(l outcome.Link) bool { return l.Person == pseudonym })
}

// covers reports whether a group marks a cell of a subject.
func (p *Panel) covers(item, channel string, unit, subject uuid.UUID) bool {
	return (len(p.Items) == 0 || slices.Contains(p.Items, item)) &&
		(len(p.Channels) == 0 || slices.Contains(p.Channels, channel)) &&
		p.judges(unit, subject)
}

// judges reports whether a subject is among those a group marks: itself, or by
// its place.
func (p *Panel) judges(unit, subject uuid.UUID) bool {
	return len(p.Units) == 0 || slices.Contains(p.Units, unit) || slices.Contains(p.Units, subject)
}

// markers are the members of a group who give marks.
func (p *Panel) markers() []PanelMember {
	return slices.DeleteFunc(slices.Clone(p.Members), func(m PanelMember) bool { return m.Observer })
}

// seatOf finds a person's group and seat.
func seatOf(panels []*Panel, person uuid.UUID) (*Panel, *PanelMember) {
	for _, p := range panels {
		for i := range p.Members {
			if p.Members[i].Person == person {
				return p, &p.Members[i]
			}
		}
	}
	return nil, nil
}

// recuses reports whether the template keeps judges from their own village.
func recuses(doc *template.Document) bool { return slices.Contains(doc.Panels.Recuse, ownVillage) }

// warnMarkers warns about markers who belong to a village, and about those
// whose village ranked close to one they mark in the last published round
// (A09); it writes the warnings to each group, too.
func warnMarkers(ctx context.Context, st Store, r *Round, doc *template.Document, panels []*Panel) (fault.List, error) {
	field, err := contestants(ctx, st, doc, r.Held)
	if err != nil {
		return nil, err
	}
	ranks, err := lastRanks(ctx, st, r)
	if err != nil {
		return nil, err
	}
	var all fault.List
	for _, p := range panels {
		p.Warnings = nil
		for _, m := range p.markers() {
			for _, own := range field {
				if linked(own.Links, m.Pseudonym) {
					p.Warnings = append(p.Warnings, warnMarker(doc, p, m, own, field, ranks)...)
				}
			}
		}
		all = append(all, p.Warnings...)
	}
	return all, nil
}

// warnMarker is what there is to say about one marker's own village.
func warnMarker(doc *template.Document, p *Panel, m PanelMember, own Contestant, field []Contestant, ranks map[string]int) fault.List {
	at := "panels[" + itoa(p.Number-1) + "]"
	warnings := fault.List{fault.New(fault.MarkerHasVillage, "person", m.Pseudonym, "village", own.Name).At("%s", at).About(own.Name)}
	if !slices.Contains(doc.Panels.Warn, closeRank) || ranks[own.Code] == 0 {
		return warnings
	}
	for _, rival := range field {
		marks := p.judges(rival.Unit, rival.Subject)
		gap := ranks[rival.Code] - ranks[own.Code]
		if rival.Subject == own.Subject || !marks || ranks[rival.Code] == 0 || gap < -closeBy || gap > closeBy {
			continue
		}
		warnings = append(warnings, fault.New(fault.CloseRival, "person", m.Pseudonym, "village", own.Name, "rival", rival.Name).At("%s", at).About(own.Name, rival.Name))
	}
	return warnings
}

// lastRanks are the ranks of the last round held before this one, by subject.
func lastRanks(ctx context.Context, st Store, r *Round) (map[string]int, error) {
	history, err := st.HistoryOf(ctx, r)
	if err != nil {
		return nil, err
	}
	ranks := map[string]int{}
	for i := len(history) - 1; i >= 0; i-- {
		if history[i].Cancelled {
			continue
		}
		for _, standing := range history[i].Standings {
			ranks[standing.Subject] = standing.Rank
		}
		break
	}
	return ranks, nil
}
