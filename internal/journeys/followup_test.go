package journeys

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/consequences"
	"leitai/internal/exact"
	"leitai/internal/graphtest"
	"leitai/internal/paging"
	"leitai/internal/sample"
)

// tasks lists the tasks that somebody sees: V12 talk A1 open.
func (s *stage) tasks(t testing.TB, who string, f consequences.TaskFilter) (told []string, all []*consequences.Task) {
	t.Helper()
	s.must(t, who, func(ctx context.Context) error {
		first := 100
		page, err := s.App.Consequences.Tasks(ctx, f, paging.Args{First: &first})
		all = page.Items
		return err
	})
	for _, one := range all {
		names := ""
		for _, id := range one.Executors {
			names += " " + s.pseudonym(t, id)
		}
		told = append(told, fmt.Sprintf("%s %s%s %s", s.key(one.Title), one.Action, names, one.State))
	}
	return told, all
}

func (s *stage) pseudonym(t testing.TB, id uuid.UUID) string {
	t.Helper()
	return s.Strings(t, `SELECT pseudonym FROM person WHERE id = $1`, id)[0]
}

func (s *stage) village(t testing.TB, n int) uuid.UUID {
	t.Helper()
	return uuid.MustParse(s.Strings(t, `SELECT id::text FROM unit WHERE code = $1`, graphtest.VillageCode(n))[0])
}

// What is confirmed becomes a task of those who hold the role that carries it
// out, with a day by which it is due; late ones are listed; one of them, or the
// office, records what was done, and the outcome is carried out with it. A month
// of before the program counts in the streak that called for the talk.
// covers A28, A30, Q8
func TestTasksOfOutcomes(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	past := func(rows ...consequences.PastRow) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := s.App.Consequences.ImportPast(ctx, s.World.Competition, "黄委发〔2023〕3号", rows)
			return err
		}
	}
	var march []consequences.PastRow
	for n := 1; n <= 12; n++ {
		march = append(march, consequences.PastRow{Period: "2023-03", Subject: graphtest.VillageCode(n), Rank: n})
	}
	s.refused(t, sample.Clerk, past(consequences.PastRow{Period: "2023-04", Subject: graphtest.VillageCode(1), Rank: 1}, consequences.PastRow{Period: "x", Subject: "1", Rank: 0}),
		"PAST_PERIOD_TAKEN at rows[0].period", "INVALID at rows[1].period", "UNIT_UNKNOWN at rows[1].subject", "INVALID at rows[1].rank")
	s.refused(t, "S1", past(march...), "FORBIDDEN")
	s.must(t, sample.Clerk, past(march...))
	s.refused(t, sample.Clerk, past(march[0]), "PAST_PERIOD_TAKEN at rows[0].period")

	m := s.publish(t, "2023-04", nil)
	all := m.outcomes(t, sample.Approver)
	s.must(t, sample.Approver, func(ctx context.Context) error { _, err := s.confirm(ctx, all, calendar.Date{}); return err })
	told, tasks := s.tasks(t, sample.Clerk, consequences.TaskFilter{})
	want := map[string]int{"V12 criticism open": 1, "V11 criticism open": 1, "V10 criticism open": 1, "V12 talk A1 A2 open": 1, "V11 talk A1 A2 open": 1, "V10 talk A1 A2 open": 1}
	if len(told) != len(want) {
		t.Fatalf("tasks: %v", told)
	}
	var talk *consequences.Task
	for i, one := range told {
		if want[one] == 0 {
			t.Errorf("a task %q", one)
		}
		if one == "V12 talk A1 A2 open" {
			talk = tasks[i]
		}
	}
	equal(t, "due", talk.Due, s.Clock.Today().AddDays(15))
	if told, _ := s.tasks(t, "S12", consequences.TaskFilter{}); told != nil {
		t.Errorf("a village that carries nothing out sees %v", told)
	}
	if told, _ := s.tasks(t, sample.Clerk, consequences.TaskFilter{State: consequences.TaskOpen, DueBy: talk.Due}); told != nil {
		t.Errorf("late before the day: %v", told)
	}
	if told, _ := s.tasks(t, sample.Clerk, consequences.TaskFilter{State: consequences.TaskOpen, DueBy: talk.Due.AddDays(1)}); len(told) != 6 || !talk.Overdue(talk.Due.AddDays(1)) {
		t.Errorf("late after the day: %v", told)
	}
	closing := func(record string) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := s.App.Consequences.CloseTask(ctx, talk.ID, talk.LockRevision, record)
			return err
		}
	}
	s.refused(t, "S12", closing("谈过了"), "NOT_FOUND")
	s.refused(t, sample.Finance, closing(" "), "OUTCOME_RECORD_MISSING at record")
	s.must(t, sample.Finance, closing("已约谈，责令限期整改。"))
	s.refused(t, sample.Finance, func(ctx context.Context) error {
		_, err := s.App.Consequences.CloseTask(ctx, talk.ID, talk.LockRevision+1, "再谈一次")
		return err
	}, "WRONG_STATE at task")
	if done := m.outcomes(t, sample.Clerk, consequences.Executed); len(done) != 1 || done[0].Action != "talk" || done[0].Record != "已约谈，责令限期整改。" {
		t.Errorf("carried out: %v", s.told(done))
	}
}

// When a result is corrected, the tasks of what falls away are withdrawn.
// covers Q30
func TestTasksFallWithTheirOutcome(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	m := s.publish(t, "2023-04", nil)
	s.must(t, sample.Approver, func(ctx context.Context) error {
		_, err := s.confirm(ctx, m.outcomes(t, sample.Approver), tenDays)
		return err
	})
	m.correct(t, totals{"V12": "99"})
	told, _ := s.tasks(t, sample.Clerk, consequences.TaskFilter{State: consequences.TaskWithdrawn})
	equal(t, "withdrawn", told, []string{"V12 criticism withdrawn", "V11 criticism withdrawn", "V10 criticism withdrawn"})
}

// Commendation and perfunctory work are found by people, with the reason; a
// second person decides, and what is confirmed becomes a task.
// covers A37, A38
func TestFindingsNeedASecondPerson(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	find := func(in consequences.FindingInput, into **consequences.Finding) func(context.Context) error {
		in.Competition = s.World.Competition
		return func(ctx context.Context) error {
			f, err := s.App.Consequences.Find(ctx, in)
			if into != nil {
				*into = f
			}
			return err
		}
	}
	perfunctory := consequences.FindingInput{Kind: consequences.Perfunctory, Unit: s.village(t, 12), Reason: "台账照抄上月，现场无人"}
	s.refused(t, sample.Approver, find(perfunctory, nil), "FINDING_INCOMPLETE at measure", "FINDING_INCOMPLETE at basis")
	perfunctory.Measure, perfunctory.Basis = "扣减目标管理分 2 分", "黄委发〔2023〕2号 目标管理办法"
	s.refused(t, "S12", find(perfunctory, nil), "FORBIDDEN")
	var bad, good *consequences.Finding
	s.must(t, sample.Approver, find(perfunctory, &bad))
	s.must(t, sample.Clerk, find(consequences.FindingInput{Kind: consequences.Commendation, Unit: s.village(t, 1), Reason: "抢险突出"}, &good))
	decide := func(f *consequences.Finding, accept bool, note string) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := s.App.Consequences.DecideFinding(ctx, f.ID, f.LockRevision, accept, note)
			return err
		}
	}
	s.refused(t, sample.Approver, decide(bad, true, ""), "FINDING_OWN at finding")
	s.refused(t, sample.Clerk, decide(bad, true, ""), "FORBIDDEN")
	s.refused(t, sample.Finance, decide(bad, false, ""), "FINDING_INCOMPLETE at note")
	s.must(t, sample.Finance, decide(bad, true, "属实"))
	s.must(t, sample.Finance, decide(good, false, "已在通报中表扬"))
	s.refused(t, sample.Finance, decide(bad, true, ""), "FINDING_DECIDED at finding")
	told, all := s.tasks(t, sample.Clerk, consequences.TaskFilter{})
	equal(t, "tasks", told, []string{"V12 perfunctory A1 open"})
	s.must(t, sample.Clerk, func(ctx context.Context) error {
		_, err := s.App.Consequences.CloseTask(ctx, all[0].ID, all[0].LockRevision, "已按办法扣减。")
		return err
	})
	seen := func(who string) (n int) {
		s.must(t, who, func(ctx context.Context) error {
			found, err := s.App.Consequences.Findings(ctx, s.World.Competition)
			n = len(found)
			return err
		})
		return n
	}
	equal(t, "findings seen by the office, the village and another", []int{seen(sample.Clerk), seen("S12"), seen("S1")}, []int{2, 1, 0})
}

// Pairs are confirmed by people, log what they do together, and fall short where
// they met too rarely; a line is never changed, only taken back.
// covers C14, C15
func TestPairsAndTheirExchanges(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	two := 2
	in := consequences.PairInput{Lead: s.village(t, 1), Follow: s.village(t, 12), PerMonth: &two, From: calendar.MustDate("2023-04-01")}
	pairs := func(rows ...consequences.PairInput) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := s.App.Consequences.ConfirmPairs(ctx, s.World.Competition, rows)
			return err
		}
	}
	same := in
	same.Follow = same.Lead
	s.refused(t, sample.Clerk, pairs(in, same), "PAIR_REASON_MISSING at pairs[0].reason", "PAIR_SELF at pairs[1].follow", "PAIR_REASON_MISSING at pairs[1].reason")
	in.Reason = "先进带后进"
	s.refused(t, "S1", pairs(in), "FORBIDDEN")
	s.must(t, sample.Clerk, pairs(in))
	s.refused(t, sample.Clerk, pairs(in), "ALREADY_EXISTS")
	var pair *consequences.Pair
	s.must(t, "S12", func(ctx context.Context) error {
		all, err := s.App.Consequences.Pairs(ctx, s.World.Competition)
		if len(all) == 1 {
			pair = all[0]
		}
		return err
	})
	s.Clock.Set(calendar.MustDate("2023-05-02"), "09:00")
	log := func(in consequences.ExchangeInput, into **consequences.Exchange) func(context.Context) error {
		return func(ctx context.Context) error {
			e, err := s.App.Consequences.LogExchange(ctx, pair.ID, in)
			if into != nil {
				*into = e
			}
			return err
		}
	}
	met := consequences.ExchangeInput{HeldOn: calendar.MustDate("2023-04-12"), Place: "村部", Content: "交流垃圾分类", Offline: true}
	s.refused(t, "S3", log(met, nil), "NOT_FOUND")
	s.refused(t, "S1", log(consequences.ExchangeInput{HeldOn: calendar.MustDate("2023-05-03")}, nil), "EXCHANGE_EMPTY at content", "EXCHANGE_DAY at heldOn")
	var first *consequences.Exchange
	s.must(t, "S1", log(met, &first))
	s.must(t, "S12", log(consequences.ExchangeInput{HeldOn: calendar.MustDate("2023-04-20"), Content: "线上座谈"}, nil))
	short := func() (told []string) {
		s.must(t, sample.Clerk, func(ctx context.Context) error {
			all, err := s.App.Consequences.Shortfalls(ctx, s.World.Competition, "2023-04")
			for _, f := range all {
				told = append(told, fmt.Sprintf("%s-%s %d/%d", s.key(f.Pair.LeadName), s.key(f.Pair.FollowName), f.Count, f.Least))
			}
			return err
		})
		return told
	}
	equal(t, "short with one offline", short(), []string{"V1-V12 1/2"})
	met.HeldOn = calendar.MustDate("2023-04-25")
	s.must(t, "S12", log(met, nil))
	equal(t, "enough", short(), nil)
	s.must(t, "S1", log(consequences.ExchangeInput{Content: "日期登记有误", Void: &first.ID}, nil))
	equal(t, "short after a line was taken back", short(), []string{"V1-V12 1/2"})
	s.refused(t, "S1", log(consequences.ExchangeInput{Content: "再撤", Void: &first.ID}, nil), "NOT_FOUND at void")
}

// When a post changes hands, the open tasks and issues go to the successor in
// one step, with a record of what they were.
func TestHandingOver(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	m := s.publish(t, "2023-04", nil)
	s.must(t, sample.Approver, func(ctx context.Context) error {
		_, err := s.confirm(ctx, m.outcomes(t, sample.Approver), tenDays)
		return err
	})
	leader, next := s.World.Person("L1").ID, s.World.Person("L2").ID
	if _, err := s.DB.Maint(t).ExecContext(t.Context(), `UPDATE task SET executors = ARRAY[$1::uuid] WHERE title = $2`, leader, s.names["V12"]); err != nil {
		t.Fatal(err)
	}
	over := func(from, to uuid.UUID) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := s.App.Consequences.HandOver(ctx, from, to, "岗位调整")
			return err
		}
	}
	s.refused(t, "S1", over(leader, next), "FORBIDDEN")
	s.refused(t, sample.Clerk, over(leader, leader), "HANDOVER_SELF at to")
	s.refused(t, sample.Clerk, over(leader, uuid.New()), "NOT_FOUND at to")
	s.refused(t, sample.Clerk, over(next, leader), "HANDOVER_NOTHING at from")
	s.must(t, sample.Clerk, over(leader, next))
	told, _ := s.tasks(t, "L2", consequences.TaskFilter{})
	equal(t, "the successor's tasks", told, []string{"V12 criticism L2 open"})
	if told, _ := s.tasks(t, "L1", consequences.TaskFilter{}); told != nil {
		t.Errorf("still with who left: %v", told)
	}
	s.must(t, sample.Clerk, func(ctx context.Context) error {
		all, err := s.App.Consequences.Handovers(ctx)
		if len(all) != 1 || len(all[0].Items) != 1 || all[0].From != leader || all[0].To != next || all[0].Note != "岗位调整" {
			t.Errorf("records: %+v", all)
		}
		return err
	})
}

// How each village stood in an item over the year, as the basis of commendation
// for single work. covers A36
func TestItemStandingsOfAYear(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.publish(t, "2023-04", nil)
	s.publish(t, "2023-05", totals{"V12": "75"})
	s.must(t, sample.Clerk, func(ctx context.Context) error {
		all, err := s.App.Consequences.ItemStandings(ctx, s.World.Competition, 2023)
		if len(all) != 12 || all[0].Item != "party" || s.key(all[0].Name) != "V1" || all[0].Rounds != 2 || all[0].Rank != 1 {
			t.Errorf("%d lines, the first %+v", len(all), all[:1])
		}
		for _, one := range all {
			if s.key(one.Name) == "V12" && !one.Mean.Equal(exact.Must("74.5")) {
				t.Errorf("V12: %s", one.Mean)
			}
		}
		return err
	})
	s.refused(t, "S1", func(ctx context.Context) error {
		_, err := s.App.Consequences.ItemStandings(ctx, s.World.Competition, 2023)
		return err
	}, "FORBIDDEN")
}
