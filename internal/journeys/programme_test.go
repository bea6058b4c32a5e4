package journeys

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/programme"
	"leitai/internal/sample"
	"leitai/internal/template"
)

// opening2023 opens one more competition like the world's, changed.
func (s *stage) opening2023(t testing.TB, change func(*programme.CompetitionCreate)) func(context.Context) error {
	t.Helper()
	in := s.like(t)
	change(&in)
	return func(ctx context.Context) error { _, err := s.App.Programme.CreateCompetition(ctx, in); return err }
}

func (s *stage) like(t testing.TB) (in programme.CompetitionCreate) {
	t.Helper()
	s.must(t, sample.Clerk, func(ctx context.Context) error {
		c, err := s.App.Programme.Competition(ctx, s.World.Competition)
		if err == nil {
			in = programme.CompetitionCreate{Name: "晴禾乡擂台比武", Template: c.Versions[0].TemplateVersion, FromPeriod: "2023-01",
				FilingNumber: c.FilingNumber, Notice: c.Notice, LeadingGroup: c.LeadingGroup}
		}
		return err
	})
	return in
}

// A competition rests on its numbered notice and is owned by its leading group.
// covers A01, A02, A04, A43, G6
func TestCompetitionAndItsNotice(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	api := s.App.Programme
	change := func(do func(*programme.CompetitionCreate)) func(context.Context) error { return s.opening2023(t, do) }
	s.refused(t, sample.Clerk, change(func(in *programme.CompetitionCreate) { in.Name, in.Notice = " ", programme.Notice{} }),
		"REQUIRED at name", "REQUIRED at notice.number", "REQUIRED at notice.issuer", "REQUIRED at notice.title", "REQUIRED at notice.date")
	s.refused(t, sample.Clerk, change(func(in *programme.CompetitionCreate) { in.LeadingGroup.Members = nil }), "LEADING_GROUP_HEAD at leadingGroup.members")
	stranger, neighbour := uuid.New(), s.World.Person("XA1").ID
	s.refused(t, sample.Clerk, change(func(in *programme.CompetitionCreate) {
		in.LeadingGroup.Members = []programme.LeadingGroupMember{{Seat: programme.SeatHead, Title: "乡党委书记"}, {Seat: "chief", Person: &stranger},
			{Seat: programme.SeatHead, Person: &neighbour}, {Seat: programme.SeatMember}}
	}), "LEADING_GROUP_SEAT at leadingGroup.members[1].seat", "REQUIRED at leadingGroup.members[3].title", "LEADING_GROUP_HEAD at leadingGroup.members",
		"NOT_FOUND at leadingGroup.members[1].person", "NOT_FOUND at leadingGroup.members[2].person")
	s.refused(t, sample.Clerk, change(func(in *programme.CompetitionCreate) { in.FromPeriod = "2023-Q2" }), "PERIOD_CADENCE at fromPeriod")
	s.refused(t, sample.Clerk, change(func(in *programme.CompetitionCreate) { in.FromPeriod = "April" }), "PERIOD_INVALID at fromPeriod")
	draft := s.draft(t, sample.Clerk, s.source(t, unchanged))
	s.refused(t, sample.Clerk, change(func(in *programme.CompetitionCreate) { in.Template = draft.ID }), "TEMPLATE_NOT_ACTIVE at template")
	for _, who := range []string{"L4", "S1", "CA1"} {
		s.refused(t, who, change(func(*programme.CompetitionCreate) {}), "FORBIDDEN")
	}

	var c *programme.Competition
	s.must(t, sample.Clerk, func(ctx context.Context) (err error) {
		in := s.like(t)
		in.FilingNumber = " "
		c, err = api.CreateCompetition(ctx, in)
		return err
	})
	if warnings := c.Warnings(); len(warnings) != 1 || warnings[0].Code != fault.LintNoFiling || warnings[0].Field != "filingNumber" {
		t.Errorf("without a filing number: %v", warnings)
	}
	equal(t, "addressed to", c.Notice.Distribution, []string{"各村（社区）", "乡直各单位"})
	equal(t, "upper-level basis", c.Notice.Basis[0].Number, "岚办发〔2023〕3号")
	var seats []string
	for _, m := range c.LeadingGroup.Members {
		seats = append(seats, m.Seat)
	}
	equal(t, "seats", seats, []string{"head", "first-deputy", "deputy", "deputy", "member", "member", "member", "member", "member", "member"})
	filing := "岚督考备〔2023〕13号"
	update := func(revision int) func(context.Context) error {
		return func(ctx context.Context) (err error) {
			changed, err := api.UpdateCompetition(ctx, programme.CompetitionUpdate{Competition: c.ID, Revision: revision, FilingNumber: &filing})
			if err == nil {
				c = changed
			}
			return err
		}
	}
	s.must(t, sample.Clerk, update(1))
	s.refused(t, sample.Clerk, update(1), "STALE_REVISION at revision")
	if c.Warnings() != nil || c.Notice.Number == "" || len(c.LeadingGroup.Members) != 10 {
		t.Errorf("after the update: %+v", c)
	}
	s.refused(t, "XC1", update(2), "NOT_FOUND at competition")
	s.must(t, "CN1", func(ctx context.Context) error { _, err := api.Competition(ctx, c.ID); return err })
	if there, nowhere := s.try(t, "XC1", func(ctx context.Context) error { _, err := api.Competition(ctx, c.ID); return err }),
		s.try(t, "XC1", func(ctx context.Context) error { _, err := api.Competition(ctx, uuid.New()); return err }); there == nil || there.Error() != nowhere.Error() {
		t.Errorf("the neighbour is answered %v, and %v for an unknown id", there, nowhere)
	}
	s.must(t, sample.Clerk, func(ctx context.Context) error { _, err := api.CloseCompetition(ctx, c.ID, 2); return err })
	s.refused(t, sample.Clerk, update(3), "COMPETITION_CLOSED at competition")
}

// A version rules from a period on, once; a period whose round was opened keeps
// its version.
// covers B18
func TestANewVersionRulesFromAPeriod(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	april := s.publish(t, "2023-04", nil)
	mid := s.variant(t, func(doc *template.Document) { doc.Calendar.Day = 15 })
	add := func(from string) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := s.App.Programme.AddVersion(ctx, s.World.Competition, mid.ID, from)
			return err
		}
	}
	opened := s.refused(t, sample.Clerk, add("2023-04"), "PERIOD_ALREADY_OPENED at fromPeriod")
	equal(t, "the period that was opened", opened[0].Args["value"], "2023-04")
	s.refused(t, sample.Clerk, add("2023-03"), "PERIOD_ALREADY_OPENED at fromPeriod")
	s.refused(t, "L4", add("2023-10"), "FORBIDDEN")
	s.must(t, sample.Clerk, add("2023-10"))
	s.refused(t, sample.Clerk, add("2023-10"), "ALREADY_EXISTS at fromPeriod")
	s.must(t, sample.Clerk, func(ctx context.Context) error {
		p, err := s.App.Programme.PlanRounds(ctx, s.World.Competition, "2023-09", "2023-10")
		if err != nil {
			return err
		}
		equal(t, "dates", dates(p.Entries), []string{"2023-09 2023-09-30→2023-10-07", "2023-10 2023-10-15→2023-10-16"})
		c, err := s.App.Programme.Competition(ctx, s.World.Competition)
		if err == nil && (len(c.Versions) != 2 || c.Ruling("2023-09").Version != 1 || c.Ruling("2023-10").Version != 2 || c.Ruling("2023-03") != nil) {
			t.Errorf("versions: %+v", c.Versions)
		}
		now, err := s.App.Rounds.Round(ctx, april.round.ID)
		if err == nil && now.TemplateVersion != april.round.TemplateVersion {
			t.Error("the round that was opened changed its version")
		}
		return err
	})
	running := s.find(t, s.World.Rounds["2023-05"])
	running.notify(t)
	running.Clock.Set(running.round.Held, "09:00")
	running.step(t, sample.Clerk, running.App.Rounds.Open)
	var revision int
	s.must(t, sample.Clerk, func(ctx context.Context) error {
		c, err := s.App.Programme.Competition(ctx, s.World.Competition)
		if err == nil {
			revision = c.Revision
		}
		return err
	})
	s.refused(t, sample.Clerk, func(ctx context.Context) error {
		_, err := s.App.Programme.CloseCompetition(ctx, s.World.Competition, revision)
		return err
	}, "COMPETITION_UNFINISHED at competition")
}
