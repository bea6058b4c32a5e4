package round

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// Notify is the written notice of a round (A19, A20).
type Notify struct {
	Round    uuid.UUID
	Revision int
	Number   string
	Venue    string // the township office or a demonstration village
	Text     string
	Held     calendar.Date // another day, fixed by the leading group; zero: as planned
}

// IssueNotice issues the written notice: it fixes venue, date, items and groups
// (A19, A20). Issued again, it replaces the one before. It needs the published
// rubric and complete groups, and lists everything that is missing.
func (s *Service) IssueNotice(ctx context.Context, in Notify) (*Answer, error) {
	return s.step(ctx, authz.RoundNotify, Step{Round: in.Round, Revision: in.Revision},
		func(ctx context.Context, st Store, r *Round, who *viewer.Viewer) (fault.List, error) {
			if err := inState(r, Planned, Notified, Open); err != nil {
				return nil, err
			}
			today, err := s.today(who)
			if err != nil {
				return nil, err
			}
			if bad := checkNotice(in, today); bad != nil {
				return nil, bad
			}
			p, err := prepare(ctx, st, r)
			if err != nil {
				return nil, err
			}
			if bad := p.unready(); bad != nil {
				return nil, blocked(bad)
			}
			if r.State == Open && !in.Held.IsZero() && in.Held != r.Held {
				return nil, fault.New(fault.RosterFixed).At("held")
			}
			if !in.Held.IsZero() {
				r.Held = in.Held
			}
			r.Venue = strings.TrimSpace(in.Venue)
			r.Notice = &RoundNotice{
				Number: strings.TrimSpace(in.Number), Issued: today, Venue: r.Venue, Held: r.Held, Text: in.Text,
				Items: noticeItems(p.items), Groups: noticeGroups(p.panels),
			}
			if r.State == Planned {
				r.State = Notified
			}
			return nil, nil
		})
}

func checkNotice(in Notify, today calendar.Date) fault.List {
	var bad fault.List
	if strings.TrimSpace(in.Number) == "" {
		bad = append(bad, fault.New(fault.Required, "want", "发文字号 / the document number").At("number"))
	}
	if strings.TrimSpace(in.Venue) == "" {
		bad = append(bad, fault.New(fault.Required, "want", "地点 / the venue").At("venue"))
	}
	if !in.Held.IsZero() && in.Held.Before(today) {
		bad = append(bad, fault.New(fault.Invalid, "value", in.Held.String(), "want", "≥ "+today.String()).At("held"))
	}
	return bad
}

func noticeItems(items []template.Item) []NoticeItem {
	out := make([]NoticeItem, len(items))
	for i := range items {
		out[i] = NoticeItem{Key: items[i].Key, Name: items[i].Name.ZH, Points: items[i].Points}
	}
	return out
}

func noticeGroups(panels []*Panel) []NoticeGroup {
	out := make([]NoticeGroup, len(panels))
	for i, p := range panels {
		out[i] = NoticeGroup{Number: p.Number, Name: p.Name, Members: []string{}}
		for _, m := range p.Members {
			out[i].Members = append(out[i].Members, m.Pseudonym)
		}
		slices.Sort(out[i].Members)
	}
	return out
}

// outdated reports whether items, groups or the date changed after the notice.
func (n *RoundNotice) outdated(r *Round, items []template.Item, panels []*Panel) bool {
	sameItem := func(a, b NoticeItem) bool { return a.Key == b.Key && a.Name == b.Name && a.Points.Equal(b.Points) }
	sameGroup := func(a, b NoticeGroup) bool { return a.Name == b.Name && slices.Equal(a.Members, b.Members) }
	return n.Held != r.Held || !slices.EqualFunc(n.Items, noticeItems(items), sameItem) || !slices.EqualFunc(n.Groups, noticeGroups(panels), sameGroup)
}
