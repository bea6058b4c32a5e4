package journeys

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/graphtest"
	"leitai/internal/issues"
	"leitai/internal/programme"
	"leitai/internal/round"
	"leitai/internal/sample"
)

// play brings one round into each state. The clock stands on the day of the
// round that is ready to open, when the announcement of another still runs.
func (d *duties) play(t *testing.T) {
	t.Helper()
	d.must(t, sample.Clerk, func(ctx context.Context) error {
		plan, err := d.App.Programme.PlanRounds(ctx, d.World.Competition, "2023-10", "2023-12")
		if err != nil {
			return err
		}
		for i, e := range plan.Entries {
			d.World.Rounds[[]string{"2023-10", "2023-11", "2023-12"}[i]] = e.Round
		}
		return nil
	})
	d.published = d.publish(t, "2023-04", nil)
	all := d.published.outcomes(t, sample.Approver)
	d.outcome = all[0]
	d.must(t, sample.Approver, func(ctx context.Context) error { _, err := d.confirm(ctx, all[1:], d.far()); return err })
	d.asked, d.answered, d.taken = d.problem(t, ""), d.problem(t, "S1"), d.problem(t, sample.Approver)
	d.announced = d.marked(t, d.find(t, d.World.Rounds["2023-05"]))
	d.step(t, d.announced, "close", "compute")
	d.due = d.marked(t, d.beside(t, "甲"))
	d.step(t, d.due, "close", "compute", "announce")
	d.computed = d.marked(t, d.beside(t, "乙"))
	d.step(t, d.computed, "close", "compute")
	d.closed = d.marked(t, d.beside(t, "丙"))
	d.step(t, d.closed, "close")
	d.open = d.opened(t, "2023-09")
	d.ready = d.find(t, d.World.Rounds["2023-11"])
	d.ready.notify(t)
	d.draft = d.find(t, d.World.Rounds["2023-12"])
	d.draft.step(t, "L4", func(ctx context.Context, in round.Step) (*round.Answer, error) {
		return d.App.Rounds.WriteRubric(ctx, round.RubricWrite{Round: in.Round, Revision: in.Revision, Items: []round.RubricItemInput{item("party")}})
	})
	d.draft.step(t, sample.Clerk, func(ctx context.Context, _ round.Step) (*round.Answer, error) {
		return d.App.Rounds.SetPanels(ctx, d.groups())
	})
	d.Clock.Set(d.ready.round.Held, "10:00")
	d.step(t, d.announced, "announce")
	d.objected(t)
	d.late(t)
}

// item is the whole of a rubric.
func item(key string) round.RubricItemInput {
	return round.RubricItemInput{Key: key, NameZh: "党建", NameEn: "Party building", Dimension: "party-building", Points: exact.Int(100), Criteria: "“三会一课”记录齐全。"}
}

// beside is the round of June of another competition under the same scheme: in
// one competition a result waits for those before it.
func (d *duties) beside(t *testing.T, name string) *month {
	t.Helper()
	var id uuid.UUID
	d.must(t, sample.Clerk, func(ctx context.Context) error {
		own, err := d.App.Programme.Competition(ctx, d.World.Competition)
		if err != nil {
			return err
		}
		c, err := d.App.Programme.CreateCompetition(ctx, programme.CompetitionCreate{Name: "擂台比武" + name, Template: own.Versions[0].TemplateVersion, FromPeriod: "2023-06",
			FilingNumber: own.FilingNumber, Notice: own.Notice, LeadingGroup: own.LeadingGroup})
		if err != nil {
			return err
		}
		plan, err := d.App.Programme.PlanRounds(ctx, c.ID, "2023-06", "2023-06")
		if err == nil {
			id = plan.Entries[0].Round
		}
		return err
	})
	return d.find(t, id)
}

func (d *duties) marked(t *testing.T, m *month) *month {
	t.Helper()
	m.notify(t)
	m.open(t, nil)
	return m
}

func (d *duties) step(t *testing.T, m *month, steps ...string) {
	t.Helper()
	for _, name := range steps {
		m.step(t, sample.Clerk, map[string]func(context.Context, round.Step) (*round.Answer, error){
			"close": d.App.Rounds.Close, "compute": d.App.Rounds.Compute, "announce": d.App.Rounds.Announce}[name])
	}
}

// opened is a round in which the clerk and a judge have entered a mark each,
// which wait for their second person.
func (d *duties) opened(t *testing.T, period string) *month {
	t.Helper()
	m := d.find(t, d.World.Rounds[period])
	m.notify(t)
	d.Clock.Set(m.round.Held, "09:00")
	m.step(t, sample.Clerk, d.App.Rounds.Open)
	third, fourth, judge := onsite(3), onsite(4), d.World.Person("J3").ID
	fourth.Judge = &judge
	d.must(t, "J1", func(ctx context.Context) error {
		_, err := d.App.Rounds.SubmitMarks(ctx, m.round.ID, []round.MarkInput{third})
		return err
	})
	d.must(t, sample.Clerk, func(ctx context.Context) error {
		_, err := d.App.Rounds.SubmitMarks(ctx, m.round.ID, []round.MarkInput{fourth})
		return err
	})
	d.mark, d.typed = third.ID, fourth.ID
	return m
}

// problem is an issue of V1, answered by somebody or (empty) by nobody.
func (d *duties) problem(t *testing.T, by string) (issue *issues.Issue) {
	t.Helper()
	d.must(t, sample.Clerk, func(ctx context.Context) (err error) {
		id := d.published.round.ID
		issue, err = d.App.Issues.Open(ctx, issues.Opening{Competition: d.World.Competition, Round: &id, UnitCode: graphtest.VillageCode(1), Item: "party",
			Title: "党务公开栏未更新", Base: exact.Int(1), Due: d.Clock.Today().AddDays(20)})
		return err
	})
	if by != "" {
		d.must(t, by, func(ctx context.Context) (err error) {
			issue, err = d.App.Issues.Answer(ctx, issues.Step{Issue: issue.ID, Revision: issue.Revision, Note: "已更新"})
			return err
		})
	}
	return issue
}

// objected files what V1 objects to in the announced round.
func (d *duties) objected(t *testing.T) {
	t.Helper()
	d.must(t, "S1", func(ctx context.Context) error {
		o, err := d.App.Rounds.FileObjection(ctx, d.objecting(t, 1, "onsite"))
		if err == nil {
			d.objection = o.ID
		}
		return err
	})
}

func (d *duties) objecting(t *testing.T, village int, channel string) round.ObjectionInput {
	t.Helper()
	return round.ObjectionInput{Round: d.announced.round.ID, Subject: d.village(t, village), Item: "party", Channel: channel, Reason: "台账漏看一册"}
}

// far is a day by which something is to be done.
func (d *duties) far() calendar.Date { return d.Clock.Today().AddDays(30) }
