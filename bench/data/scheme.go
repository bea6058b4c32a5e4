package data

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/template"
)

//go:embed template.yaml
var templateHead string

// scheme is what every township runs: the template, its items and the dates
// of the months.
type scheme struct {
	judges    int
	source    string
	canonical string
	doc       template.Document
	months    []calendar.Occasion // published
	open      []calendar.Occasion // being marked
}

const wholePoints = 100 // of the template's scale

// program writes the template for a number of items and judges and dates the
// months: the last published one is December 2025, those being marked follow.
func program(items, judges, rounds, open int) (*scheme, error) {
	combine := "mean"
	if judges == 1 {
		combine = "single"
	}
	var b strings.Builder
	b.WriteString(strings.NewReplacer("JUDGES", strconv.Itoa(judges), "COMBINE", combine).Replace(templateHead))
	fields := template.Dimensions()
	for i := range items {
		points := wholePoints*(i+1)/items - wholePoints*i/items
		fmt.Fprintf(&b, "  - {key: item-%02d, name: {zh-Hans: 第%02d项, en: Item %02d}, dimension: %s, kind: points, points: %d}\n",
			i+1, i+1, i+1, fields[i%len(fields)].Key, points)
	}
	p := &scheme{judges: judges, source: b.String()}
	written, err := template.Parse([]byte(p.source))
	if err != nil {
		return nil, err
	}
	p.canonical = string(template.Canonical(written))
	if p.doc, err = template.Parse([]byte(p.canonical)); err != nil { // as a round reads it
		return nil, err
	}
	c := p.doc.Calendar
	rule := calendar.Rule{Day: c.Day, Clamp: calendar.Clamp(c.Clamp), Roll: calendar.Roll(c.Roll), Workdays: calendar.Workdays(c.Workdays)}
	last := calendar.MustPeriod("2025-12")
	months, err := calendar.Range(last.Add(1-rounds), last.Add(open))
	if err != nil {
		return nil, err
	}
	dated, _, err := calendar.Plan(rule, months, calendar.Official()) // years without holiday data are dated by weekends
	if err != nil {
		return nil, err
	}
	p.months, p.open = dated[:rounds], dated[rounds:]
	return p, nil
}

// lesser is the same scheme with its last published month alone.
func (p *scheme) lesser() *scheme {
	one := *p
	one.months, one.open = p.months[len(p.months)-1:], nil
	return &one
}

// items are the template's own items as those of a round.
func (p *scheme) items() []template.Item {
	out := make([]template.Item, len(p.doc.Items))
	for i, item := range p.doc.Items {
		out[i] = template.Item{Key: item.Key, Name: item.Name, Dimension: item.Dimension, Kind: item.Kind, Points: item.Points}
	}
	return out
}

// mark draws a mark in half points around a village's level.
func mark(s *source, level int) exact.Number {
	return exact.Ratio(int64(min(200, max(0, 2*level+s.IntN(41)-20))), 2)
}
