package journeys

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/exact"
	"leitai/internal/graphtest"
	"leitai/internal/paging"
	"leitai/internal/round"
	"leitai/internal/sample"
)

// totals are what every village gets in a month, by V1 … V12; villages left out
// get 80 and a half for each place they stand behind the others.
type totals map[string]string

func (m totals) of(n int) exact.Number {
	if text, own := m[fmt.Sprintf("V%d", n)]; own {
		return exact.Must(text)
	}
	return exact.Must("80").Sub(exact.Must("0.5").Mul(exact.Int(int64(n))))
}

// month is a round that a test plays.
type month struct {
	*stage
	round    *round.Round
	marks    map[string][]uuid.UUID // current marks of a village
	audience round.Audience         // empty: as the template says
}

// find reads the round of a period.
func (s *stage) find(t testing.TB, id uuid.UUID) *month {
	t.Helper()
	m := &month{stage: s, marks: map[string][]uuid.UUID{}}
	s.must(t, sample.Clerk, func(ctx context.Context) (err error) {
		m.round, err = s.App.Rounds.Round(ctx, id)
		return err
	})
	return m
}

// publish plays a month of the world's competition until its publication.
// Nobody confirms what follows from it.
func (s *stage) publish(t testing.TB, period string, give totals) *month {
	t.Helper()
	m := s.find(t, s.World.Rounds[period])
	m.play(t, give)
	return m
}

// play plays the round until its publication.
func (m *month) play(t testing.TB, give totals) {
	t.Helper()
	m.notify(t)
	m.open(t, give)
	m.finish(t, "")
}

func (m *month) step(t testing.TB, who string, do func(ctx context.Context, in round.Step) (*round.Answer, error)) {
	t.Helper()
	m.must(t, who, func(ctx context.Context) error {
		answer, err := do(ctx, round.Step{Round: m.round.ID, Revision: m.round.Revision, Reason: "复核发现台账分数抄录有误"})
		if err == nil {
			m.round = answer.Round
		}
		return err
	})
}

// notify prepares the round the day before: one item, three groups, the notice.
func (m *month) notify(t testing.TB) {
	t.Helper()
	m.Clock.Set(m.round.Held.AddDays(-1), "09:00")
	m.step(t, "L4", func(ctx context.Context, in round.Step) (*round.Answer, error) {
		return m.App.Rounds.WriteRubric(ctx, round.RubricWrite{Round: in.Round, Revision: in.Revision, Items: []round.RubricItemInput{
			{Key: "party", NameZh: "党建", NameEn: "Party building", Dimension: "party-building", Points: exact.Int(100), Criteria: "“三会一课”记录齐全。"},
		}})
	})
	m.step(t, sample.Clerk, m.App.Rounds.PublishRubric)
	ids := func(who ...string) (out []uuid.UUID) {
		for _, p := range who {
			out = append(out, m.World.Person(p).ID)
		}
		return out
	}
	m.step(t, sample.Clerk, func(ctx context.Context, in round.Step) (*round.Answer, error) {
		set := round.PanelsSet{Round: in.Round, Revision: in.Revision, Panels: []round.PanelInput{
			{Name: "现场督查一组", Channels: []string{"onsite"}, Members: ids("J1", "J2")},
			{Name: "现场督查二组", Channels: []string{"onsite"}, Members: ids("J3", "J4")},
			{Name: "台账评审组", Channels: []string{"ledger"}, Members: ids("J5", "J6")},
		}}
		for n, cadre := range ids("K1", "K2", "K3", "K4") {
			set.Seconded.Assigned = append(set.Seconded.Assigned, round.SecondedSeat{Person: cadre, Panel: n%3 + 1})
		}
		return m.App.Rounds.SetPanels(ctx, set)
	})
	m.step(t, sample.Clerk, func(ctx context.Context, in round.Step) (*round.Answer, error) {
		return m.App.Rounds.IssueNotice(ctx, round.Notify{Round: in.Round, Revision: in.Revision, Number: "晴擂办〔2023〕" + m.round.Period, Venue: "乡政府三楼会议室"})
	})
}

// open opens the round on its day and lets the judges give every village its
// total on site and for its ledger.
func (m *month) open(t testing.TB, give totals) {
	t.Helper()
	m.Clock.Set(m.round.Held, "09:00")
	m.step(t, sample.Clerk, m.App.Rounds.Open)
	var batches [3][]round.MarkInput
	for n := 1; n <= 12; n++ {
		code, secretary := graphtest.VillageCode(n), m.World.Person(fmt.Sprintf("S%d", n)).ID
		m.must(t, sample.Clerk, func(ctx context.Context) error {
			_, err := m.App.Rounds.ReceiveLedger(ctx, round.LedgerReceive{Round: m.round.ID, UnitCode: code, DeliveredBy: secretary})
			return err
		})
		for i, channel := range []string{"onsite", "onsite", "ledger"} {
			mark := round.MarkInput{ID: uuid.Must(uuid.NewV7()), UnitCode: code, Item: "party", Channel: channel, Value: give.of(n)}
			batches[i] = append(batches[i], mark)
			key := sample.VillageKey(code)
			m.marks[key] = append(m.marks[key], mark.ID)
		}
	}
	for i, judge := range []string{"J1", "J2", "J5"} {
		m.must(t, judge, func(ctx context.Context) error {
			_, err := m.App.Rounds.SubmitMarks(ctx, m.round.ID, batches[i])
			return err
		})
	}
	m.confirmMarks(t)
}

func (m *month) confirmMarks(t testing.TB) {
	t.Helper()
	m.must(t, "R1", func(ctx context.Context) error {
		first := 100
		page, err := m.App.Rounds.Marks(ctx, m.round.ID, paging.Args{First: &first})
		if err != nil {
			return err
		}
		var waiting []uuid.UUID
		for _, mark := range page.Items {
			if mark.State == round.MarkEntered {
				waiting = append(waiting, mark.ID)
			}
		}
		if len(waiting) == 0 {
			return nil // nothing was corrected
		}
		_, err = m.App.Rounds.ConfirmMarks(ctx, m.round.ID, waiting)
		return err
	})
}

// finish closes, computes, announces and, after the objection period, publishes.
func (m *month) finish(t testing.TB, reason string) {
	t.Helper()
	m.step(t, sample.Clerk, m.App.Rounds.Close)
	m.step(t, sample.Clerk, m.App.Rounds.Compute)
	m.step(t, sample.Clerk, m.App.Rounds.Announce)
	m.Clock.Set(m.round.ObjectionsUntil.AddDays(1), "10:00")
	m.step(t, sample.Approver, func(ctx context.Context, in round.Step) (*round.Answer, error) {
		out := round.Publish{Round: in.Round, Revision: in.Revision, Comment: "同意通报。", Reason: reason}
		if m.audience != "" {
			out.Audience = &m.audience
		}
		return m.App.Rounds.Publish(ctx, out)
	})
}

// correct publishes the next revision with other totals for some villages.
func (m *month) correct(t testing.TB, give totals) {
	t.Helper()
	m.step(t, sample.Approver, m.App.Rounds.Reopen)
	for _, village := range slices.Sorted(keysOf(give)) {
		for i, old := range m.marks[village] {
			fresh := uuid.Must(uuid.NewV7())
			m.must(t, sample.Clerk, func(ctx context.Context) error {
				_, err := m.App.Rounds.CorrectMark(ctx, round.MarkCorrection{Mark: old, ID: fresh, Value: exact.Must(give[village]), Reason: "台账分数抄录有误"})
				return err
			})
			m.marks[village][i] = fresh
		}
	}
	m.confirmMarks(t)
	m.finish(t, "台账分数抄录有误,重新核算")
}

// cancel calls rounds off.
func (s *stage) cancel(t testing.TB, periods ...string) {
	t.Helper()
	for _, period := range periods {
		m := s.find(t, s.World.Rounds[period])
		m.step(t, sample.Clerk, m.App.Rounds.Cancel)
	}
}
