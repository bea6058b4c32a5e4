package bulletin

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/paperwork"
	"leitai/internal/phrase"
	"leitai/internal/template"
)

// drawNotice draws the written notice of a round (A19, A20): date, venue,
// items, groups; nothing else makes them valid.
func drawNotice(ctx context.Context, st Store, id uuid.UUID) (paperwork.Document, error) {
	n, err := noticeOf(ctx, st, id)
	if err != nil {
		return paperwork.Document{}, err
	}
	return n.Document()
}

// noticeOf gathers what a notice says.
func noticeOf(ctx context.Context, st Store, id uuid.UUID) (n paperwork.RoundNotice, err error) {
	sheet, err := st.RoundSheet(ctx, id)
	if err != nil {
		return n, err
	}
	period, err := calendar.ParsePeriod(sheet.Period)
	if err != nil {
		return n, err
	}
	n = paperwork.RoundNotice{Paper: sheet.paper(sheet.Number, sheet.Issued), Competition: sheet.Competition, Basis: sheet.basis(),
		Period: period, Held: sheet.Held, Venue: sheet.Venue, Subjects: sheet.Subjects, Filing: sheet.Filing}
	if sheet.Nominal != sheet.Held {
		n.Nominal = sheet.Nominal
	}
	if received(sheet.Template) {
		n.Ledgers = "由村党组织书记于当日送至评比地点"
	}
	if sheet.Text != "" {
		n.Demands = strings.Split(strings.TrimSpace(sheet.Text), "\n")
	}
	for _, i := range sheet.Items {
		n.Items = append(n.Items, paperwork.NoticeItem{Name: i.Name, Points: i.Points.String(), Owner: phrase.Role(i.Owner, fault.Chinese),
			OnSite: weight(sheet.Template, i, "onsite"), Ledger: weight(sheet.Template, i, "ledger"), Content: i.Criteria})
	}
	for _, g := range sheet.Groups {
		n.Groups = append(n.Groups, paperwork.NoticeGroup{Name: g.Name, Members: g.Members, Seconded: g.Seconded, Covers: covers(g)})
	}
	return n, nil
}

// covers names the items of a group. A group without any examines all of them;
// one whose people are not shown says nothing.
func covers(g RoundGroup) string {
	if len(g.Items) == 0 && len(g.Members)+len(g.Seconded) > 0 {
		return "全部单项"
	}
	return strings.Join(g.Items, "、")
}

// received reports whether ledgers are handed in before they are examined (A21).
func received(doc *template.Document) bool {
	for _, c := range doc.Channels {
		if c.Reception {
			return true
		}
	}
	return false
}

// weight is a channel's share of an item in percent; empty when the template
// has no such channel.
func weight(doc *template.Document, item RoundItem, channel string) string {
	for _, s := range item.Split {
		if s.Channel == channel {
			return s.Weight.String() + "%"
		}
	}
	for _, c := range doc.Channels {
		if c.Key == channel {
			return c.Weight.String() + "%"
		}
	}
	return ""
}

// drawLeadingGroup draws the list of the leading group (A04, A43), attachment 1
// of the competition's notice.
func drawLeadingGroup(ctx context.Context, st Store, id uuid.UUID) (paperwork.Document, error) {
	frame, err := st.CompetitionFrame(ctx, id)
	if err != nil {
		return paperwork.Document{}, err
	}
	g := paperwork.LeadingGroup{Paper: frame.paper("", frame.Notice.Date), Attachment: 1, Name: frame.Home.Name + "“擂台比武”领导小组",
		Office: paperwork.GroupOffice{Head: frame.LeadingGroup.OfficeHead, Units: frame.LeadingGroup.Offices}}
	for _, m := range frame.LeadingGroup.Members {
		switch m.Seat {
		case "head":
			g.Head = append(g.Head, m.Title)
		case "first-deputy":
			g.FirstDeputy = append(g.FirstDeputy, m.Title)
		case "deputy":
			g.Deputies = append(g.Deputies, m.Title)
		default:
			g.Members = append(g.Members, m.Title)
		}
	}
	return g.Document()
}
