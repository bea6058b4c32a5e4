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
	"leitai/internal/rectify"
	"leitai/internal/template"
)

// IssueLine is one issue as a list prints it.
type IssueLine struct {
	ID             uuid.UUID
	Unit           uuid.UUID
	Item           string // key of the item it was found in
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
	Stage          rectify.Stage
	Evidence       [3]int        // pieces that show it as found, as put right, and as seen again
	Listed, Lifted calendar.Date // 挂牌督办 (B13)
	ReturnDue      calendar.Date // 回头看 (E25)
	Returned       calendar.Date
	Holds          bool // what was put right still was
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
	list, err := s.rectification(ctx, st, frame, "", issues)
	if err != nil {
		return paperwork.Document{}, err
	}
	return list.Document()
}

// rectification reads which problems come back, and lists issues as of today.
func (s *Service) rectification(ctx context.Context, st Store, frame *Frame, village string, issues []IssueLine) (paperwork.RectificationList, error) {
	today, err := frame.Home.dateIn(s.now())
	if err != nil {
		return paperwork.RectificationList{}, err
	}
	var units []uuid.UUID
	for _, i := range issues {
		if !slices.Contains(units, i.Unit) {
			units = append(units, i.Unit)
		}
	}
	cases, err := st.CasesOf(ctx, units)
	return rectification(frame, village, issues, cases, today), err
}

// rectification lists issues of a village, or of all with its name.
func rectification(frame *Frame, village string, issues []IssueLine, cases []rectify.Case, today calendar.Date) paperwork.RectificationList {
	out := paperwork.RectificationList{Paper: paperwork.Paper{Demo: frame.Home.Demo, Trial: frame.Trial}, Title: village + frame.Competition + "问题整改清单"}
	for _, i := range issues {
		l := paperwork.RectificationLine{Village: i.Village, Problem: i.Title, Found: i.Opened.String(), Measure: i.Measure, Unit: i.Organisation, Person: i.Responsible,
			Due: i.Due.String(), Again: again(cases, i), Result: i.result(today), Watch: i.watch(), Proof: i.proof()}
		if i.Place != "" {
			l.Found += " " + i.Place
		}
		out.Lines = append(out.Lines, l)
	}
	return out
}

// again names the latest earlier year in which the same problem stood at the
// same village, in whatever competition (E26); "" when there is none.
func again(cases []rectify.Case, i IssueLine) string {
	earlier := rectify.Recurring(rectify.Case{ID: i.ID.String(), Place: i.Unit.String(), Item: i.Item, Problem: i.Problem, Opened: i.Opened}, cases)
	if len(earlier) == 0 {
		return ""
	}
	return itoa(earlier[len(earlier)-1].Opened.Year()) + "年"
}

// result says how far the work on an issue is.
func (i IssueLine) result(today calendar.Date) string {
	switch {
	case !i.Closed.IsZero() && i.Closed.After(i.Due):
		return "逾期销号（" + i.Closed.String() + "）"
	case !i.Closed.IsZero():
		return "已销号（" + i.Closed.String() + "）"
	}
	text := map[rectify.Stage]string{rectify.Answered: "已答复，待核查", rectify.Returned: "退回整改"}[i.Stage]
	if text == "" {
		text = "整改中"
	}
	if i.Due.Before(today) {
		text += "（逾期）"
	}
	return text
}

// watch says whether an issue is or was under listed supervision (B13), and what
// the return visit found or when it is due (E25).
func (i IssueLine) watch() string {
	var all []string
	if !i.Listed.IsZero() {
		text := "挂牌督办（" + i.Listed.String()
		if !i.Lifted.IsZero() {
			text += "至" + i.Lifted.String()
		}
		all = append(all, text+"）")
	}
	switch {
	case !i.Returned.IsZero() && i.Holds:
		all = append(all, "回头看未反弹（"+i.Returned.String()+"）")
	case !i.Returned.IsZero():
		all = append(all, "回头看已反弹（"+i.Returned.String()+"）")
	case !i.ReturnDue.IsZero():
		all = append(all, "待回头看（"+i.ReturnDue.String()+"前）")
	}
	return strings.Join(all, "；")
}

// proof counts the evidence of an issue by when it shows it.
func (i IssueLine) proof() string {
	var all []string
	for n, word := range []string{"整改前", "整改后", "回头看"} {
		if i.Evidence[n] > 0 {
			all = append(all, word+itoa(i.Evidence[n])+"件")
		}
	}
	return strings.Join(all, "、")
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
	sight := s.gate.Sight(ctx, authz.DocumentRead)
	for _, i := range sheet.Items {
		if !sight.Sees(uuid.Nil, i.Dimension) {
			continue
		}
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

// called gives the words by which people are printed for the viewer: the name
// for those who may read names, the pseudonym otherwise (G10) and for somebody
// whose name was erased.
func (s *Service) called(ctx context.Context, st Store, pseudonyms []string) (func(string) string, error) {
	if !s.gate.May(ctx, authz.PersonRead, uuid.Nil) {
		return func(pseudonym string) string { return pseudonym }, nil
	}
	names, err := st.NamesOf(ctx, pseudonyms)
	return func(pseudonym string) string {
		if name := names[pseudonym]; name != "" {
			return name
		}
		return pseudonym
	}, err
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
	var linked []string
	for _, subject := range grid.Subjects {
		for _, people := range subject.Links {
			linked = append(linked, people...)
		}
	}
	called, err := s.called(ctx, st, linked)
	if err != nil {
		return paperwork.Document{}, err
	}
	return contacts(grid, called).Document()
}

func contacts(grid *Grid, called func(string) string) paperwork.ContactTable {
	out := paperwork.ContactTable{Paper: paperwork.Paper{Demo: grid.Home.Demo, Trial: grid.Trial}, Title: grid.Period + grid.Competition + "联点安排表"}
	for _, subject := range grid.Subjects {
		people := func(roles ...string) string {
			var all []string
			for _, role := range roles {
				for _, pseudonym := range subject.Links[role] {
					all = append(all, called(pseudonym))
				}
			}
			return strings.Join(all, "、")
		}
		l := paperwork.ContactLine{Village: subject.Name, Leader: people("linked-leader"), Secretary: people("village-secretary"),
			Cadres: people("resident-cadre", "package-cadre", "work-team"), Liaison: people("village-clerk")}
		for _, p := range grid.Panels {
			if slices.Contains(p.Units, subject.Unit) {
				l.Group = p.Name
			}
		}
		out.Lines = append(out.Lines, l)
	}
	return out
}
