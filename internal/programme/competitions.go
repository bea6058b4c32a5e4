package programme

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// CompetitionCreate opens a competition.
type CompetitionCreate struct {
	Name         string
	Template     uuid.UUID // an active version
	FromPeriod   string
	Trial        bool
	FilingNumber string
	Notice       Notice
	LeadingGroup LeadingGroup
}

// CompetitionUpdate changes what a competition rests on; nil leaves a part as
// it is.
type CompetitionUpdate struct {
	Competition  uuid.UUID
	Revision     int
	FilingNumber *string
	Notice       *Notice
	LeadingGroup *LeadingGroup
}

// CreateCompetition opens a competition under its notice (A01, A02) and leading
// group (A04), ruled by an active template version from a period on. Without a
// filing number it is opened with a warning (G6), see Warnings.
func (s *Service) CreateCompetition(ctx context.Context, in CompetitionCreate) (*Competition, error) {
	var c *Competition
	err := s.writing(ctx, authz.CompetitionWrite, func(ctx context.Context, st Store, who *viewer.Viewer) error {
		c = &Competition{
			ID: newID(), Tenant: who.Tenant, Name: strings.TrimSpace(in.Name), Trial: in.Trial, FilingNumber: strings.TrimSpace(in.FilingNumber),
			Notice: in.Notice, LeadingGroup: in.LeadingGroup, State: CompetitionActive, Revision: 1, CreatedBy: who.Person, CreatedAt: s.now(),
		}
		if err := s.admit(ctx); err != nil {
			return err
		}
		if err := c.check(ctx, st); err != nil {
			return err
		}
		v, _, err := ruling(ctx, st, who, in.Template, in.FromPeriod)
		if err != nil {
			return err
		}
		if err := st.InsertCompetition(ctx, c); err != nil {
			return err
		}
		if err := st.AddCompetitionVersion(ctx, c.ID, *v); err != nil {
			return err
		}
		c.Versions = []RuleVersion{*v}
		return audit.Record(ctx, string(authz.CompetitionWrite), "competition", c.ID, map[string]any{"name": c.Name, "trial": c.Trial, "template": v.TemplateVersion})
	})
	return c, err
}

// check lists what is wrong with what a competition rests on.
func (c *Competition) check(ctx context.Context, st Store) error {
	var bad fault.List
	if c.Name == "" {
		bad = append(bad, fault.New(fault.Required, "want", "名称 / a name").At("name"))
	}
	for _, field := range []struct{ value, name, want string }{
		{c.Notice.Number, "number", "发文字号 / the document number"}, {c.Notice.Issuer, "issuer", "发文机关 / the issuer"},
		{c.Notice.Title, "title", "标题 / the title"}, {c.Notice.Date.String(), "date", "成文日期 / the date of issue"},
	} {
		if strings.TrimSpace(field.value) == "" {
			bad = append(bad, fault.New(fault.Required, "want", field.want).At("notice.%s", field.name))
		}
	}
	group, err := c.LeadingGroup.check(ctx, st)
	if err != nil {
		return err
	}
	return append(bad, group...).Err()
}

// seats of a leading group, in the order in which they are listed (A43).
var seats = []string{SeatHead, SeatFirstDeputy, SeatDeputy, SeatMember}

func (g *LeadingGroup) check(ctx context.Context, st Store) (fault.List, error) {
	var bad fault.List
	var people []uuid.UUID
	places := map[uuid.UUID]int{}
	heads := 0
	for i, m := range g.Members {
		if !slices.Contains(seats, m.Seat) {
			bad = append(bad, fault.New(fault.LeadingGroupSeat, "value", m.Seat).At("leadingGroup.members[%d].seat", i))
		}
		if m.Seat == SeatHead {
			heads++
		}
		if m.Person == nil && strings.TrimSpace(m.Title) == "" {
			bad = append(bad, fault.New(fault.Required, "want", "职务 / a title").At("leadingGroup.members[%d].title", i))
		}
		if m.Person != nil {
			people = append(people, *m.Person)
			places[*m.Person] = i
		}
	}
	if heads != 1 {
		bad = append(bad, fault.New(fault.LeadingGroupHead, "have", strconv.Itoa(heads)).At("leadingGroup.members"))
	}
	unknown, err := st.UnknownPersons(ctx, people)
	if err != nil {
		return nil, err
	}
	for _, person := range unknown {
		bad = append(bad, fault.New(fault.NotFound).At("leadingGroup.members[%d].person", places[person]))
	}
	slices.SortStableFunc(g.Members, func(a, b LeadingGroupMember) int { return slices.Index(seats, a.Seat) - slices.Index(seats, b.Seat) })
	return bad, nil
}

// UpdateCompetition changes notice, leading group or filing number of a running
// competition.
func (s *Service) UpdateCompetition(ctx context.Context, in CompetitionUpdate) (*Competition, error) {
	return s.changing(ctx, in.Competition, &in.Revision, func(ctx context.Context, st Store, c *Competition) error {
		if in.FilingNumber != nil {
			c.FilingNumber = strings.TrimSpace(*in.FilingNumber)
		}
		if in.Notice != nil {
			c.Notice = *in.Notice
		}
		if in.LeadingGroup != nil {
			c.LeadingGroup = *in.LeadingGroup
		}
		return c.check(ctx, st)
	})
}

// states in which a round needs nothing more.
var finished = []string{"published", "cancelled"}

// CloseCompetition ends a competition; its results stay readable. Rounds still
// running keep it open; rounds only planned do not.
func (s *Service) CloseCompetition(ctx context.Context, competition uuid.UUID, revision int) (*Competition, error) {
	return s.changing(ctx, competition, &revision, func(ctx context.Context, st Store, c *Competition) error {
		rounds, err := st.PlannedRounds(ctx, c.ID)
		if err != nil {
			return err
		}
		for _, r := range rounds {
			if r.State != "planned" && !slices.Contains(finished, r.State) {
				return fault.New(fault.CompetitionUnfinished).At("competition")
			}
		}
		c.State = CompetitionClosed
		return nil
	})
}

// changing runs a change of a running competition of the viewer's own tenant;
// revision is nil for a change that cannot be stale.
func (s *Service) changing(ctx context.Context, id uuid.UUID, revision *int, do func(ctx context.Context, st Store, c *Competition) error) (*Competition, error) {
	var c *Competition
	err := s.writing(ctx, authz.CompetitionWrite, func(ctx context.Context, st Store, who *viewer.Viewer) error {
		var err error
		if c, err = ownCompetition(ctx, st, who, id); err != nil {
			return err
		}
		if revision != nil && *revision != c.Revision {
			return fault.New(fault.StaleRevision, "have", strconv.Itoa(c.Revision)).At("revision")
		}
		before := noted(c)
		if err := do(ctx, st, c); err != nil {
			return err
		}
		if err := st.UpdateCompetition(ctx, c); err != nil {
			return err
		}
		return audit.Record(ctx, string(authz.CompetitionWrite), "competition", c.ID, nil, audit.Changed(before, noted(c)))
	})
	return c, err
}

// noted is what the audit compares of a competition.
func noted(c *Competition) map[string]any {
	return map[string]any{"state": c.State, "revision": c.Revision, "versions": slices.Clone(c.Versions)}
}

func ownCompetition(ctx context.Context, st Store, who *viewer.Viewer, id uuid.UUID) (*Competition, error) {
	c, err := st.CompetitionByID(ctx, id)
	switch {
	case err != nil:
		return nil, fault.NotFoundAt(err, "competition")
	case c.Tenant != who.Tenant:
		return nil, fault.New(fault.NotFound).At("competition")
	case c.State == CompetitionClosed:
		return nil, fault.New(fault.CompetitionClosed).At("competition")
	}
	return c, nil
}
