package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/template"
)

type templateWhatIf struct {
	Bundles []string          `arg:"" type:"existingfile" help:"Sealed or public bundles of published rounds; several of one competition count as its history."`
	Weight  map[string]string `help:"Weight of a channel or of a part of the total, as in --weight ledger=40; may be repeated." mapsep:","`
	Ties    map[string]string `help:"Tie policy of a band, as in --ties bottom=inclusive: inclusive, exclusive, tie-break." mapsep:","`
	Size    map[string]int    `help:"Size of a band, as in --size top=5." mapsep:","`
	On      string            `help:"Rank on the published or on the exact total." enum:",published,exact" default:""`
	Scope   string            `help:"Rank over all or inside tracks." enum:",all,track" default:""`
	Rules   string            `help:"Or all rules but the items from this document." type:"existingfile"`
}

// Run computes the rounds as they are and with the changes; it changes nothing.
func (c *templateWhatIf) Run() error { return toTerminal(c.run) }

func (c *templateWhatIf) run(out *bytes.Buffer) error {
	change, err := c.change()
	if err != nil {
		return err
	}
	inputs := make([]contest.Input, len(c.Bundles))
	for i, name := range c.Bundles {
		file, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		report, err := contest.Verify(file, contest.Trust{})
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		inputs[i] = report.Input
		if err := c.allowed(report.Input, change); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	difference, err := contest.WhatIf(inputs, change)
	if err != nil {
		return err
	}
	c.tell(out, difference)
	return nil
}

// change reads the settings to try.
func (c *templateWhatIf) change() (contest.Change, error) {
	weights := map[string]exact.Number{}
	for key, text := range c.Weight {
		w, err := exact.Parse(text)
		if err != nil {
			return nil, fmt.Errorf("--weight %s=%s: %w", key, text, err)
		}
		weights[key] = w
	}
	var rules template.Document
	if c.Rules != "" {
		var err error
		if rules, err = parsedFile(c.Rules); err != nil {
			return nil, err
		}
	}
	return func(d *template.Document) {
		if c.Rules != "" {
			*d = rules.WithItems(d.Items)
		}
		contest.WithWeights(weights)(d)
		contest.WithPartWeights(weights)(d)
		c.bands(d)
		c.ranking(d)
	}, nil
}

// bands sets tie policies and sizes; a band keeps what it counts.
func (c *templateWhatIf) bands(d *template.Document) {
	for i := range d.Bands {
		b := &d.Bands[i]
		if policy, ok := c.Ties[b.Key]; ok {
			b.Ties = policy
		}
		size, ok := c.Size[b.Key]
		for _, at := range []*int{&b.Best, &b.Worst, &b.Next, &b.Gain, &b.Gainers} {
			if ok && *at > 0 {
				*at = size
			}
		}
	}
}

func (c *templateWhatIf) ranking(d *template.Document) {
	if c.On != "" {
		d.Ranking.On = c.On
	}
	if c.Scope != "" {
		d.Ranking.Scope = c.Scope
	}
}

// allowed refuses settings that no template could have, and names that the
// round's does not know.
func (c *templateWhatIf) allowed(in contest.Input, change contest.Change) error {
	doc := in.Template.WithItems(in.Rubric)
	doc.Channels, doc.Parts, doc.Bands = slices.Clone(doc.Channels), slices.Clone(doc.Parts), slices.Clone(doc.Bands)
	if err := c.known(doc); err != nil {
		return err
	}
	change(&doc)
	return template.Validate(doc).Err()
}

// known refuses names of channels, parts and bands that the round does not have.
func (c *templateWhatIf) known(doc template.Document) error {
	var bad fault.List
	refuse := func(flag, key string) {
		bad = append(bad, fault.New(fault.NotFound).At("--%s %s", flag, key))
	}
	for _, key := range slices.Sorted(maps.Keys(c.Weight)) {
		if _, channel := doc.Channel(key); !channel && !slices.ContainsFunc(doc.Parts, func(p template.Part) bool { return p.Key == key }) {
			refuse("weight", key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(c.Ties)) {
		if _, band := doc.Band(key); !band {
			refuse("ties", key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(c.Size)) {
		if _, band := doc.Band(key); !band {
			refuse("size", key)
		}
	}
	return bad.Err()
}

func (c *templateWhatIf) tell(out *bytes.Buffer, d *contest.Difference) {
	fmt.Fprintf(out, "名次变动 ranks changed: %d / %d\n", d.RanksChanged, d.Of)
	for _, list := range [][]contest.MemberChange{d.Bands, d.Streaks} {
		for _, m := range list {
			fmt.Fprintf(out, "%s %s: 进入 in [%s], 退出 out [%s]\n", m.Period, m.Key, strings.Join(m.In, " "), strings.Join(m.Out, " "))
		}
	}
	for _, b := range d.Accounts {
		fmt.Fprintf(out, "台账 account %s %s: %s\n", b.Account.Kind, b.Account.ID, b.Points)
	}
}
