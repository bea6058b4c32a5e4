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

// Known is a subject of a competition: who is judged, and where.
type Known struct {
	Subject uuid.UUID
	Unit    uuid.UUID
	Code    string // in bundles
	Name    string
}

// ReportPart is one part of a report kept as text: party-building and ideology
// are two (E17).
type ReportPart struct {
	Key  string `json:"key"`
	Text string `json:"text"`
}

// Submission is one hand-in for a deadline (E27, B02). A later one of the same
// document replaces it; the first says whether it was in time.
type Submission struct {
	ID          uuid.UUID
	Competition uuid.UUID
	Year        string
	Document    string
	Unit        uuid.UUID
	Subject     uuid.UUID
	Number      int
	HandedOn    calendar.Date
	Due         calendar.Date
	HandedBy    *uuid.UUID
	RecordedBy  uuid.UUID
	RecordedAt  time.Time
	Evidence    *uuid.UUID // a kept file
	Note        string     // where the paper lies
	Parts       []ReportPart
	Characters  int
	Circle      string // to whom it was made known (E19)
	PublishedAt *time.Time
}

// SubmissionInput is a hand-in. A report comes as parts of text, a paper as a
// note where it lies or as a kept file: one of the three.
type SubmissionInput struct {
	Competition uuid.UUID
	Year        int
	Document    string
	Subject     uuid.UUID
	HandedOn    calendar.Date // zero: today
	HandedBy    *uuid.UUID
	Evidence    *uuid.UUID
	Note        string
	Parts       []ReportPart
}

// usualMost is how long a report kept as text may be where the template says
// nothing: 不过2000字 (E04).
const usualMost = 2000

// HandIn records that a document was handed in (E27). The office records for
// everybody, a village for itself; nobody has to upload anything (G3).
func (s *Service) HandIn(ctx context.Context, in SubmissionInput) (*Submission, error) {
	if err := s.gate.Anywhere(ctx, authz.SubmissionWrite); err != nil {
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
	if in.HandedOn.IsZero() {
		in.HandedOn = today
	}
	var made *Submission
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		doc, err := st.RulingTemplate(ctx, in.Competition, lastMonth(in.Year))
		if err != nil {
			return err
		}
		known, err := st.SubjectsIn(ctx, in.Competition, []uuid.UUID{in.Subject})
		if err != nil {
			return err
		}
		if len(known) == 0 || !s.gate.May(ctx, authz.SubmissionWrite, known[0].Unit) {
			return fault.New(fault.NotFound).At("subject")
		}
		if made, err = in.made(doc, known[0], today); err != nil {
			return err
		}
		made.RecordedBy, made.RecordedAt = who.Person, s.now()
		if err := st.InsertSubmission(ctx, made); err != nil { // gives the number
			return err
		}
		return audit.Record(ctx, string(authz.SubmissionWrite), "submission", made.ID, map[string]any{
			"document": made.Document, "subject": made.Subject, "number": made.Number, "handedOn": made.HandedOn, "due": made.Due})
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

func lastMonth(year int) string { return strconv.Itoa(year) + "-12" }

// made checks a hand-in against the template's deadline.
func (in *SubmissionInput) made(doc *template.Document, subject Known, today calendar.Date) (*Submission, error) {
	i := slices.IndexFunc(doc.Deadlines, func(d template.Deadline) bool { return d.Document == in.Document })
	if i < 0 {
		keys := make([]string, len(doc.Deadlines))
		for k, d := range doc.Deadlines {
			keys[k] = d.Document
		}
		return nil, fault.New(fault.DocumentNotAsked, "value", in.Document, "want", strings.Join(keys, ", ")).At("document")
	}
	due, err := dueIn(doc.Deadlines[i], in.Year)
	if err != nil {
		return nil, err
	}
	if in.HandedOn.After(today) {
		return nil, fault.New(fault.ExchangeDay, "from", strconv.Itoa(in.Year)+"-01-01", "to", today.String()).At("handedOn")
	}
	given := 0
	for _, there := range []bool{len(in.Parts) > 0, in.Evidence != nil, strings.TrimSpace(in.Note) != ""} {
		if there {
			given++
		}
	}
	if given != 1 {
		return nil, fault.New(fault.SubmissionEmpty).At("parts")
	}
	characters, err := lengthOf(in.Parts, doc.Deadlines[i].MaxCharacters)
	if err != nil {
		return nil, err
	}
	return &Submission{ID: newID(), Competition: in.Competition, Year: strconv.Itoa(in.Year), Document: in.Document, Unit: subject.Unit,
		Subject: subject.Subject, HandedOn: in.HandedOn, Due: due, HandedBy: in.HandedBy, Evidence: in.Evidence, Note: strings.TrimSpace(in.Note),
		Parts: in.Parts, Characters: characters}, nil
}

// lengthOf counts the characters of a report, spaces and line ends aside, and
// refuses one that is longer than asked for (E04). Every part needs a key and a
// text (E17).
func lengthOf(parts []ReportPart, most int) (int, error) {
	if most == 0 {
		most = usualMost
	}
	n := 0
	for i, p := range parts {
		if strings.TrimSpace(p.Key) == "" || strings.TrimSpace(p.Text) == "" || slices.IndexFunc(parts, func(o ReportPart) bool { return o.Key == p.Key }) != i {
			return 0, fault.New(fault.ReportPartEmpty).At("parts[%d]", i)
		}
		n += utf8.RuneCountInString(strings.Join(strings.Fields(p.Text), ""))
	}
	if n > most {
		return 0, tooLong(n, most).At("parts")
	}
	return n, nil
}

func dueIn(d template.Deadline, year int) (calendar.Date, error) {
	day, err := calendar.ParseMonthDay(d.Due)
	if err != nil {
		return calendar.Date{}, err
	}
	return day.In(year), nil
}

// MakeKnown records to which circle a report was made known (E19).
func (s *Service) MakeKnown(ctx context.Context, id uuid.UUID, circle string) (*Submission, error) {
	if err := s.gate.Require(ctx, authz.RoundAnnounce, uuid.Nil); err != nil {
		return nil, err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return nil, err
	}
	if circle = strings.TrimSpace(circle); circle == "" || utf8.RuneCountInString(circle) > longestText {
		return nil, fault.New(fault.CircleMissing).At("circle")
	}
	var kept *Submission
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		now := s.now()
		if err := st.PublishSubmission(ctx, id, circle, who.Person, now); err != nil {
			return err
		}
		if kept, err = st.SubmissionByID(ctx, id); err != nil {
			return err
		}
		return audit.Record(ctx, "submission:publish", "submission", id, map[string]any{"circle": circle})
	})
	return kept, err
}

// SubmissionText reads the parts of a report: of the own village, of all for the
// office, and of those made known for whoever reads publications.
func (s *Service) SubmissionText(ctx context.Context, id uuid.UUID) (*Submission, error) {
	if err := s.gate.Anywhere(ctx, authz.PublicationRead); err != nil {
		return nil, err
	}
	var found *Submission
	err := s.read(ctx, func(ctx context.Context, st Store) error {
		one, err := st.SubmissionByID(ctx, id)
		if err != nil {
			return err
		}
		if one.PublishedAt == nil && !s.gate.May(ctx, authz.SubmissionRead, one.Unit) {
			return fault.New(fault.NotFound)
		}
		found = one
		return nil
	})
	return found, err
}
