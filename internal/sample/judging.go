package sample

import (
	"fmt"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/exact"
	"leitai/internal/round"
)

// Channels of the template.
const (
	channelOnsite = "onsite"
	channelLedger = "ledger"
)

// panel is a review group of a month: two township cadres and seconded ones.
type panel struct {
	input    round.PanelInput
	members  []string // pseudonyms, the seconded last
	seconded int
}

// groups are the three review groups of a month: two on site, each with items
// of its own in all villages, and one for the ledgers. The four seconded cadres
// take turns from month to month.
func (p *play) groups() []panel {
	turn := slices.Index(p.Months.Periods, p.period)
	second := func(n int) string {
		return p.Months.Cadres[p.Months.Villages[(4*turn+n)%len(p.Months.Villages)]]
	}
	keys := make([]string, len(p.items))
	for i, item := range p.items {
		keys[i] = item.Key
	}
	return []panel{
		{round.PanelInput{Name: "现场督查一组", Items: keys[:1], Channels: []string{channelOnsite}}, []string{Judges[0], Judges[1], second(0)}, 1},
		{round.PanelInput{Name: "现场督查二组", Items: keys[1:], Channels: []string{channelOnsite}}, []string{Judges[2], Judges[3], second(1), second(2)}, 2},
		{round.PanelInput{Name: "台账评审组", Channels: []string{channelLedger}}, []string{Judges[4], Judges[5], second(3)}, 1},
	}
}

// plan fills in the groups and the seats of the seconded cadres (A05, A06).
func (p *play) plan() {
	for n, g := range p.groups() {
		own := len(g.members) - g.seconded
		g.input.Members = p.ids(g.members[:own]...)
		p.panels = append(p.panels, g.input)
		for _, cadre := range g.members[own:] {
			p.seconds = append(p.seconds, round.SecondedSeat{Person: p.Person(cadre).ID, Panel: n + 1})
		}
	}
}

// batch is all marks one judge sends in.
type batch struct {
	judge string
	marks []round.MarkInput
}

// batches deals the marks of the month out to the members of the groups, in
// turn, so that every member marks in most villages and nobody in the own one.
func (p *play) batches() []batch {
	var out []batch
	give := func(judge string, in round.MarkInput) {
		at := slices.IndexFunc(out, func(b batch) bool { return b.judge == judge })
		if at < 0 {
			at, out = len(out), append(out, batch{judge: judge})
		}
		out[at].marks = append(out[at].marks, in)
	}
	for _, g := range p.groups() {
		for v, village := range p.Months.Villages {
			for i, item := range p.items {
				if len(g.input.Items) > 0 && !slices.Contains(g.input.Items, item.Key) {
					continue
				}
				cell := p.Months.Marks[p.period][village][item.Key]
				values := cell.Onsite
				if g.input.Channels[0] == channelLedger {
					values = []exact.Number{cell.Ledger}
				}
				for n, judge := range p.judgesFor(g, village, v+i, len(values)) {
					give(judge, round.MarkInput{ID: uuid.Must(uuid.NewV7()), UnitCode: villageCode(village), Item: item.Key, Channel: g.input.Channels[0], Value: values[n]})
				}
			}
		}
	}
	return out
}

// judgesFor picks n members of a group for a village, beginning further on for
// every village, and never its own cadre (A09).
func (p *play) judgesFor(g panel, village string, from, n int) []string {
	var free []string
	for i := range g.members {
		member := g.members[(from+i)%len(g.members)]
		if member != p.Months.Cadres[village] {
			free = append(free, member)
		}
	}
	if len(free) < n {
		panic(fmt.Sprintf("sample: %s has %d judges for %s, %d marks are given", g.input.Name, len(free), village, n)) // the data are fixed
	}
	return free[:n]
}
