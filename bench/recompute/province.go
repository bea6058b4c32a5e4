package main

import (
	"fmt"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/template"
)

const items, judges = 20, 2

// province is a round of 20 items that two judges mark for every village, in
// half points.
func province(villages int) contest.Input {
	doc := &template.Document{
		SchemaVersion: template.SchemaVersion, Key: "province", Name: template.Text{ZH: "全省", EN: "Province"}, Subject: template.Village,
		Scale:    template.Scale{Points: exact.Int(100), Decimals: 2, Rounding: exact.HalfUp, Items: "sum", Split: "per-item"},
		Channels: []template.Channel{{Key: "onsite", Source: "onsite", Weight: exact.Int(100), Judges: template.Judges{Min: judges, Combine: "mean"}, Range: [2]exact.Number{{}, exact.Int(100)}, Step: exact.Ratio(1, 2)}},
		Missing:  template.Missing{Absent: "unranked", Mark: "blocks"},
		Ranking:  template.Ranking{On: "published", Method: "competition", Scope: "all", Show: "ranks"},
	}
	in := contest.Input{Rules: contest.RulesVersion, Template: doc, Version: 1, Round: contest.Round{ID: "r", Period: "2023-04", Held: "2023-05-04"}}
	for i := range items {
		in.Rubric = append(in.Rubric, template.Item{Key: fmt.Sprintf("item-%02d", i), Kind: template.KindPoints, Points: exact.Int(100 / items)})
	}
	for v := range villages {
		village := fmt.Sprintf("98%010d", v)
		in.Roster = append(in.Roster, contest.Subject{ID: village})
		for i := range in.Rubric {
			for j := range judges {
				in.Marks = append(in.Marks, contest.Mark{
					ID: fmt.Sprintf("%010d-%02d-%d", v, i, j), Item: in.Rubric[i].Key, Channel: "onsite", Subject: village,
					Judge: fmt.Sprintf("J%d-%d", v/300, j), Value: exact.Ratio(int64(120+(v*7+i*13+j*29+v/97*i)%81), 2),
				})
			}
		}
	}
	return in
}
