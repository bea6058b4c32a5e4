package bulletin

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/paperwork"
	"leitai/internal/phrase"
	"leitai/internal/template"
)

// IssueLine is one issue as a list prints it.
type IssueLine struct {
	Unit           uuid.UUID
	Village        string
	Title          string
	Place          string
	Measure        string // agreed on, or taken
	Organisation   string
	Responsible    string // pseudonym
	Opened, Due    calendar.Date
	Closed         calendar.Date // zero while it is open
	Problem        string        // type of problem, by which it is known again (E26)
	Accountability string
}

// mine says whether the viewer works for the tenant and keeps its contests: what
// such papers say is not published.
func (s *Service) mine(ctx context.Context, home Home, p authz.Permission) error {
	if !at(ctx, home.Tenant) {
		return fault.New(fault.NotFound)
	}
	return s.gate.Require(ctx, p, uuid.Nil)
}

// drawRectification draws the list of problems of a competition, one by one
// (E24, B11, A39).
func (s *Service) drawRectification(ctx context.Context, st Store, id uuid.UUID) (paperwork.Document, error) {
	frame, err := st.CompetitionFrame(ctx, id)
	if err != nil {
		return paperwork.Document{}, err
	}
	if err := s.mine(ctx, frame.Home, authz.ResultDraftRead); err != nil {
		return paperwork.Document{}, err
	}
	issues, err := st.IssueLines(ctx, id)
	if err != nil {
		return paperwork.Document{}, err
	}
	return rectification(frame, "", issues).Document()
}

// rectification lists issues of a village, or of all with its name.
func rectification(frame *Frame, village string, issues []IssueLine) paperwork.RectificationList {
	out := paperwork.RectificationList{Paper: paperwork.Paper{Demo: frame.Home.Demo, Trial: frame.Trial}, Title: village + frame.Competition + "问题整改清单"}
	for _, i := range issues {
		l := paperwork.RectificationLine{Village: i.Village, Problem: i.Title, Found: i.Opened.String(), Measure: i.Measure, Unit: i.Organisation, Person: i.Responsible,
			Due: i.Due.String(), Again: again(issues, i)}
		if i.Place != "" {
			l.Found += " " + i.Place
		}
		if !i.Closed.IsZero() {
			l.Result = "已销号（" + i.Closed.String() + "）"
		}
		out.Lines = append(out.Lines, l)
	}
	return out
}

// again names the earlier year in which the same problem stood at the same
// village (E26); "" when there is none.
func again(all []IssueLine, one IssueLine) string {
	year := 0
	for _, i := range all {
		if i.Problem != "" && i.Problem == one.Problem && i.Unit == one.Unit && i.Opened.Year() < one.Opened.Year() {
			year = max(year, i.Opened.Year())
		}
	}
	if year == 0 {
		return ""
	}
	return itoa(year) + "年"
}

// drawItems draws the rubric of a round as one table (A11, A12, B18).
func (s *Service) drawItems(ctx context.Context, st Store, id uuid.UUID) (paperwork.Document, error) {
	sheet, err := st.RoundSheet(ctx, id)
	if err != nil {
		return paperwork.Document{}, err
	}
	period, err := calendar.ParsePeriod(sheet.Period)
	if err != nil {
		return paperwork.Document{}, err
	}
	out := paperwork.ItemTable{Paper: sheet.paper("", sheet.Issued), Competition: sheet.Competition, Period: period, Scale: sheet.Template.Scale.Points.String()}
	for _, i := range sheet.Items {
		line := paperwork.RubricLine{Name: i.Name, Points: i.Points.String(), Criteria: i.Criteria, Owner: phrase.Role(i.Owner, fault.Chinese), Channels: channels(sheet.Template, i)}
		if at := slices.IndexFunc(sheet.Template.Items, func(t template.Item) bool { return t.Key == i.Key }); at >= 0 {
			item := &sheet.Template.Items[at]
			line.Section, line.Kind, line.Evidence = item.Section, phrase.Kind(item.Kind, fault.Chinese), evidence(item.Evidence)
			if line.Criteria == "" {
				line.Criteria = item.Criteria
			}
		}
		out.Items = append(out.Items, line)
	}
	return out.Document()
}

// channels says how much each channel counts for an item: 现场督查40%，资料台账60%.
func channels(doc *template.Document, item RoundItem) string {
	var all []string
	for _, c := range doc.Channels {
		if w := weight(doc, item, c.Key); w != "" && w != "0%" {
			all = append(all, c.Name.Or(c.Key, false)+w)
		}
	}
	return strings.Join(all, "，")
}

// evidenceKinds are the kinds of evidence in words (B04).
var evidenceKinds = map[string]string{"document": "查资料", "photo": "照片", "observed": "现场看", "interview": "访谈"}

func evidence(kinds []string) string {
	var all []string
	for _, k := range kinds {
		all = append(all, evidenceKinds[k])
	}
	return strings.Join(all, "、")
}

// drawContacts draws who is linked to which village in a round (A08, E29).
func (s *Service) drawContacts(ctx context.Context, st Store, id uuid.UUID) (paperwork.Document, error) {
	grid, err := st.MarkingGrid(ctx, id)
	if err != nil {
		return paperwork.Document{}, err
	}
	if err := s.mine(ctx, grid.Home, authz.ResultDraftRead); err != nil {
		return paperwork.Document{}, err
	}
	out := paperwork.ContactTable{Paper: paperwork.Paper{Demo: grid.Home.Demo, Trial: grid.Trial}, Title: grid.Period + grid.Competition + "联点安排表"}
	for _, subject := range grid.Subjects {
		l := paperwork.ContactLine{Village: subject.Name, Leader: strings.Join(subject.Links["linked-leader"], "、"), Secretary: strings.Join(subject.Links["village-secretary"], "、"),
			Cadres: strings.Join(slices.Concat(subject.Links["resident-cadre"], subject.Links["package-cadre"], subject.Links["work-team"]), "、"), Liaison: strings.Join(subject.Links["village-clerk"], "、")}
		for _, p := range grid.Panels {
			if slices.Contains(p.Units, subject.Unit) {
				l.Group = p.Name
			}
		}
		out.Lines = append(out.Lines, l)
	}
	return out.Document()
}
