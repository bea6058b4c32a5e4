package consequences

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// Kinds of open work.
const (
	WorkTask  = "task"
	WorkIssue = "issue"
	WorkPaper = "paper" // a document that is asked of the village and not handed in
)

// OpenItem is one piece of open work of a person. Papers are the village's, so they
// are listed for the successor and belong to the post.
type OpenItem struct {
	Kind  string        `json:"kind"`
	ID    uuid.UUID     `json:"id"`
	Title string        `json:"title"`
	Due   calendar.Date `json:"due"`
}

// Handover is the record of what one person handed to another.
type Handover struct {
	ID         uuid.UUID
	From, To   uuid.UUID
	HandedOn   calendar.Date
	Items      []OpenItem
	Note       string
	RecordedBy uuid.UUID
	RecordedAt time.Time
}

// OpenWork lists what a person has still to do: tasks, issues, and the papers
// asked of the villages where the person holds or held a village post.
func (s *Service) OpenWork(ctx context.Context, person uuid.UUID) ([]OpenItem, error) {
	if err := s.gate.Require(ctx, authz.HandoverWrite, uuid.Nil); err != nil {
		return nil, err
	}
	today, err := s.Today(ctx)
	if err != nil {
		return nil, err
	}
	var all []OpenItem
	err = s.read(ctx, func(ctx context.Context, st Store) (err error) {
		all, err = openWork(ctx, st, person, today)
		return err
	})
	return all, err
}

func openWork(ctx context.Context, st Store, person uuid.UUID, today calendar.Date) ([]OpenItem, error) {
	all, err := st.OpenWorkOf(ctx, person)
	if err != nil {
		return nil, err
	}
	units, err := st.VillagesOf(ctx, person)
	if err != nil || len(units) == 0 {
		return all, err
	}
	competitions, err := st.ActiveCompetitions(ctx)
	if err != nil {
		return nil, err
	}
	rules, err := st.RulingTemplates(ctx, competitions, lastMonth(today.Year()))
	if err != nil {
		return nil, err
	}
	for _, c := range competitions {
		if doc := rules[c]; doc == nil || len(doc.Deadlines) == 0 {
			continue
		}
		papers, err := papersOf(ctx, st, rules[c], c, units, today)
		if err != nil {
			return nil, err
		}
		all = append(all, papers...)
	}
	return all, nil
}

// papersOf lists what a competition still asks of some villages this year.
func papersOf(ctx context.Context, st Store, doc *template.Document, competition uuid.UUID, units []uuid.UUID, today calendar.Date) ([]OpenItem, error) {
	subjects, err := st.SubjectsIn(ctx, competition, nil)
	if err != nil {
		return nil, err
	}
	subjects = slices.DeleteFunc(subjects, func(k Known) bool { return !slices.Contains(units, k.Unit) })
	handed, err := st.SubmissionsOf(ctx, competition, strconv.Itoa(today.Year()))
	if err != nil {
		return nil, err
	}
	all, err := asked(doc, subjects, handed, today.Year(), today)
	var papers []OpenItem
	for _, a := range all {
		if a.Submission == nil {
			papers = append(papers, OpenItem{Kind: WorkPaper, ID: a.Subject.Subject, Title: a.Document + " · " + a.Subject.Name, Due: a.Due})
		}
	}
	return papers, err
}

// HandOver hands a person's open work to a successor in one step and keeps the
// record: the successor becomes executor of the open tasks and responsible for
// the open issues. Work that is done stays with who did it.
func (s *Service) HandOver(ctx context.Context, from, to uuid.UUID, note string) (*Handover, error) {
	if err := s.gate.Require(ctx, authz.HandoverWrite, uuid.Nil); err != nil {
		return nil, err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return nil, err
	}
	today, err := s.today(who)
	if err != nil {
		return nil, err
	}
	if note = strings.TrimSpace(note); utf8.RuneCountInString(note) > longestText {
		return nil, tooLong(utf8.RuneCountInString(note), longestText).At("note")
	}
	var h *Handover
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		for i, id := range []uuid.UUID{from, to} {
			if known, err := st.IsPerson(ctx, id); err != nil || !known {
				if err == nil {
					err = fault.New(fault.NotFound).At("%s", []string{"from", "to"}[i])
				}
				return err
			}
		}
		if from == to { // told to those only who know the person
			return fault.New(fault.HandoverSelf).At("to")
		}
		items, err := openWork(ctx, st, from, today)
		if err != nil {
			return err
		}
		if len(items) == 0 {
			return fault.New(fault.HandoverNothing).At("from")
		}
		h = &Handover{ID: newID(), From: from, To: to, HandedOn: today, Items: items, Note: note, RecordedBy: who.Person, RecordedAt: s.now()}
		if err := st.HandWork(ctx, h); err != nil {
			return err
		}
		return audit.Record(ctx, string(authz.HandoverWrite), "handover", h.ID, map[string]any{"from": from, "to": to, "items": len(items)})
	})
	if err != nil {
		return nil, err
	}
	return h, nil
}

// Handovers lists the records of hand-overs, newest first.
func (s *Service) Handovers(ctx context.Context) ([]*Handover, error) {
	if err := s.gate.Require(ctx, authz.HandoverWrite, uuid.Nil); err != nil {
		return nil, err
	}
	var all []*Handover
	err := s.read(ctx, func(ctx context.Context, st Store) (err error) {
		all, err = st.Handovers(ctx)
		return err
	})
	return all, err
}
