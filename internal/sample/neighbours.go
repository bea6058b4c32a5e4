package sample

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/comparison"
	"leitai/internal/exact"
	"leitai/internal/template"
)

// Codes of the townships that the county compares with the one that plays the
// six months, each for a reason of its own.
const (
	SharedTownCode  = "990101331" // judges all that the county compares, and publishes once too late
	UnnamedTownCode = "990101332" // judges it, but one item names no dimension: to be mapped
	NarrowTownCode  = "990101333" // judges mostly what the county does not compare
)

// neighbours are the townships beside, with a template each. Marks are made of
// the numbers of town, month and village.
func neighbours() []Town {
	towns := []Town{
		{Number: 31, Sign: "菱", Scheme: TownScheme{"neighbour-shared", []TownItem{
			{"party", "party-building", 35, "党建引领"}, {"habitat", "habitat", 30, "人居环境"}, {"safety", "safety", 20, "安全生产"}, {"culture", "culture", 15, "文明乡风"}}}},
		{Number: 32, Sign: "蘅", Scheme: TownScheme{"neighbour-unnamed", []TownItem{
			{"party", "party-building", 40, "党建工作"}, {"courtyards", "", 35, "庭院整治"}, {"safety", "safety", 25, "安全监管"}}}},
		{Number: 33, Sign: "萤", Scheme: TownScheme{"neighbour-narrow", []TownItem{
			{"party", "party-building", 15, "支部建设"}, {"habitat", "habitat", 10, "村容村貌"}, {"safety", "safety", 10, "道路安全"}, {"industry", "industry", 65, "产业发展"}}}},
	}
	for n := range towns {
		for month, period := range []string{"2023-05", "2023-06", "2023-07", "2023-08", "2023-09"} {
			if n == 1 && month == 4 {
				break // not published yet
			}
			m := TownMonth{Period: period}
			if n == 0 && month == 2 {
				m.Late = 20
			}
			for village := range 3 + n {
				var marks []string
				for item := range towns[n].Scheme.Items {
					marks = append(marks, fmt.Sprintf("%d.5", 72+n+2*month+(village*7+item*5+month*item*3)%17))
				}
				m.Marks = append(m.Marks, marks)
			}
			towns[n].Marks = append(towns[n].Marks, m)
		}
	}
	return towns
}

// PlayNeighbours lets the county say by what it compares, and plays the
// townships it compares with the one of the six months: one is comparable, one
// lacks a dimension as long as nobody maps an item of it, and of one too little
// is covered. One of them announces a second competition between the same villages.
func (w *World) PlayNeighbours(ctx context.Context) error {
	w.Clock.Set(founded, "09:00")
	if err := w.As(ctx, "CA1", w.rule); err != nil {
		return fmt.Errorf("by what the county compares: %w", err)
	}
	if err := w.PlayTowns(ctx, neighbours()); err != nil {
		return err
	}
	if err := w.inspectTwice(ctx); err != nil {
		return fmt.Errorf("a second competition: %w", err)
	}
	return nil
}

// rule sets by what the county compares.
func (w *World) rule(ctx context.Context) error {
	weights := []comparison.Weight{{Dimension: "party-building", Weight: exact.Int(40)}, {Dimension: "habitat", Weight: exact.Int(35)}, {Dimension: "safety", Weight: exact.Int(25)}}
	_, err := w.app.Comparison.SetRule(ctx, comparison.Rule{Year: 2023, Weights: weights, MinCoverage: exact.Must("0.4"), WithinDays: 15,
		Reason: "县委组织部商各乡镇议定：党建、人居环境、安全生产为共有维度"})
	return err
}

// secondNotice is the day of the second competition's notice.
var secondNotice = calendar.MustDate("2023-09-26")

// inspectTwice lets a township announce a second competition between villages
// that it judges every month already: the county's plan shows where they meet.
func (w *World) inspectTwice(ctx context.Context) error {
	town := neighbours()[0]
	town.Scheme = TownScheme{"neighbour-hazards", []TownItem{{"hazards", "safety", 100, "隐患排查"}}}
	town.Marks = []TownMonth{{Period: "2023-10"}}
	doc, err := template.Parse([]byte(town.Scheme.source()))
	if err != nil {
		return err
	}
	p := &townPlay{&Scheme{World: w, Unit: SharedTownCode, Clerk: TownPerson(town.Number, "C"), Approver: TownPerson(town.Number, "A"), Rounds: map[string]uuid.UUID{}}, &town}
	second := p.competition()
	second.Name, second.FilingNumber = "安全隐患月排查", "岚督考备〔2023〕191号"
	second.Notice.Number, second.Notice.Date, second.Notice.Title = "菱安〔2023〕3号", secondNotice, "安全隐患月排查办法"
	return p.enact(ctx, secondNotice, &doc, second, "2023-12")
}
