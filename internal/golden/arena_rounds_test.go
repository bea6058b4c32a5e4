package golden

import (
	"encoding/json"
	"fmt"
	"maps"
	"testing"

	"leitai/internal/calendar"
	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/outcome"
	"leitai/internal/template"
)

func unmarshalList(data []byte, into *[]exact.Number) error { return json.Unmarshal(data, into) }

// played is one reading of the case, computed month by month.
type played struct {
	doc     *template.Document
	inputs  []contest.Input
	results []*contest.Result
}

// play runs all months through the product: each round is dated by the
// calendar, computed, and becomes history of the next.
func (c *arenaCase) play(t *testing.T, r reading) played {
	t.Helper()
	p := played{doc: c.template(t, r)}
	var history []contest.Held
	for i, month := range c.Months {
		in := c.round(t, p.doc, i, month)
		in.History = history
		result, err := contest.Compute(in)
		if err != nil {
			t.Fatalf("%s: %v", month, err)
		}
		if len(result.Gaps) > 0 {
			t.Fatalf("%s has gaps: %v", month, result.Gaps)
		}
		history = append(history, contest.AsHeld(in, result))
		p.inputs, p.results = append(p.inputs, in), append(p.results, result)
	}
	return p
}

func (c *arenaCase) round(t *testing.T, doc *template.Document, i int, month string) contest.Input {
	t.Helper()
	period, err := calendar.ParsePeriod(month)
	if err != nil {
		t.Fatal(err)
	}
	rule := calendar.Rule{Day: doc.Calendar.Day, Clamp: calendar.Clamp(doc.Calendar.Clamp), Roll: calendar.Roll(doc.Calendar.Roll), Workdays: calendar.Workdays(doc.Calendar.Workdays)}
	occasion, err := calendar.Schedule(rule, period, calendar.Official())
	if err != nil {
		t.Fatal(err)
	}
	in := contest.Input{
		Rules: contest.RulesVersion, Template: doc,
		Round: contest.Round{ID: month, Period: month, Held: occasion.Held.String(), Number: i + 1},
	}
	for _, item := range c.Items[month] {
		in.Rubric = append(in.Rubric, template.Item{Key: item.Key, Kind: template.KindPoints, Points: item.Full})
	}
	for _, village := range c.Villages {
		s := contest.Subject{ID: village, Absent: len(c.Marks[month][village]) == 0, Links: []outcome.Link{
			{Role: "linked-leader", Person: c.Leaders[village]}, {Role: "resident-cadre", Person: c.Cadres[village]},
		}}
		in.Roster = append(in.Roster, s)
		for item, channels := range c.Marks[month][village] {
			for channel, values := range channels {
				for j, value := range values {
					id := fmt.Sprintf("%s/%s/%s/%s/%d", month, village, item, channel, j)
					in.Marks = append(in.Marks, contest.Mark{ID: id, Item: item, Channel: channel, Subject: village, Judge: fmt.Sprintf("%s-%d", channel, j), Value: value})
				}
			}
		}
	}
	return in
}

// balances gives accounts in the case's words.
func (p played) balances() map[string]exact.Number {
	var entries []outcome.Entry
	for _, r := range p.results {
		entries = append(entries, r.Entries...)
	}
	out := map[string]exact.Number{}
	for _, b := range outcome.Balances(entries) {
		out[b.Account.ID] = b.Points
	}
	return moved(out)
}

// moved leaves out accounts that stand at 0, which a case may list or not.
func moved(accounts map[string]exact.Number) map[string]exact.Number {
	maps.DeleteFunc(accounts, func(_ string, points exact.Number) bool { return points.Sign() == 0 })
	return accounts
}

// triggered lists, by month, whom the streak rule caught, from the bottom up.
func (p played) triggered(months []string) map[string][]string {
	out := map[string][]string{}
	for i, r := range p.results {
		out[months[i]] = []string{}
		for _, o := range r.Outcomes {
			if o.When == "again" && o.Do == outcome.DoPoints {
				out[months[i]] = append(out[months[i]], o.Subject)
			}
		}
	}
	return out
}
