package bulletin

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/contest"
	"leitai/internal/fault"
	"leitai/internal/paperwork"
	"leitai/internal/phrase"
)

// GroundSheet is what was seen and found around a published round, beside its
// result.
type GroundSheet struct {
	Places     map[string]uuid.UUID        // the place of each contestant of the bundle
	Visited    map[uuid.UUID]calendar.Date // places observed, and when first
	Comments   map[uuid.UUID]string        // the secretary's comment on each (B10)
	Highlights []paperwork.Highlight       // of the round (B06, A42)
	Issues     []IssueLine                 // of the competition, opened up to the day of the report
}

// drawCountyReport draws what is reported to the county: progress, innovations,
// a line a village (B02). Nothing that the competition does not show stands in
// it: totals and lights as far as its bulletin shows them, and no ballot.
func (s *Service) drawCountyReport(ctx context.Context, st Store, id uuid.UUID) (paperwork.Document, error) {
	sheet, report, err := s.verified(ctx, st, id)
	if err != nil {
		return paperwork.Document{}, err
	}
	if err := s.mine(ctx, sheet.Home, authz.ResultDraftRead); err != nil {
		return paperwork.Document{}, err
	}
	date, err := sheet.Home.dateIn(sheet.PublishedAt)
	if err != nil {
		return paperwork.Document{}, err
	}
	ground, err := st.GroundOf(ctx, sheet.Round, date)
	if err != nil {
		return paperwork.Document{}, err
	}
	out, err := countyReport(sheet, report, ground, date)
	if err != nil {
		return paperwork.Document{}, err
	}
	return out.Document()
}

func countyReport(sheet *PublishedSheet, report *contest.Report, ground *GroundSheet, date calendar.Date) (out paperwork.CountyReport, err error) {
	out = paperwork.CountyReport{Paper: sheet.paper("", date), Competition: sheet.Competition, Highlights: ground.Highlights}
	if out.Period, err = calendar.ParsePeriod(sheet.Period); err != nil {
		return out, err
	}
	out.To, out.CopyTo, out.Office = []string{"县委组织部"}, nil, ""
	view := look{doc: report.Input.Template, report: report}
	open := 0
	for _, standing := range report.Result.Standings {
		place := ground.Places[standing.Subject]
		v := paperwork.CountyVillage{Village: nameOf(report, standing.Subject), Comment: ground.Comments[place]}
		if day, seen := ground.Visited[place]; seen {
			v.Visited = fmt.Sprintf("%d月%d日", day.Month(), day.Day())
			out.Visited++
		}
		if shown, _ := view.shows(standing.Bands); shown {
			v.Total = standing.Shown
		}
		v.Light = phrase.Legend(report.Input.Template, standing.Light, fault.Chinese)
		for _, i := range ground.Issues {
			if i.Unit != place {
				continue
			}
			v.Issues++
			if !i.Closed.IsZero() {
				v.Closed++
			}
		}
		open += v.Issues - v.Closed
		out.Villages = append(out.Villages, v)
	}
	out.Of = len(out.Villages)
	out.Progress = progress(out, open)
	if open > 0 {
		out.Problems = []string{fmt.Sprintf("尚有%d个问题未销号，将按整改清单逐项督办，按期销号", open)}
	}
	return out, nil
}

// progress says in sentences what the counts are, and judges nobody.
func progress(r paperwork.CountyReport, open int) []string {
	var all []string
	if r.Visited > 0 {
		all = append(all, fmt.Sprintf("组织班子成员、包村干部、村党组织书记和第一书记逐村观摩，共观摩%d个村（社区）", r.Visited))
	}
	if commented := len(slices.DeleteFunc(slices.Clone(r.Villages), func(v paperwork.CountyVillage) bool { return v.Comment == "" })); commented > 0 {
		all = append(all, fmt.Sprintf("召开点评会，对%d个村（社区）逐一点评", commented))
	}
	issues := 0
	for _, v := range r.Villages {
		issues += v.Issues
	}
	if issues > 0 {
		all = append(all, fmt.Sprintf("逐村建立问题台账，发现问题%d个，已销号%d个", issues, issues-open))
	}
	if len(r.Highlights) > 0 {
		all = append(all, fmt.Sprintf("总结创新做法和亮点%d条", len(r.Highlights)))
	}
	return all
}
