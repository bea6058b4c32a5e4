package round

import (
	"context"
	"errors"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// Publish is what an approver says when publishing.
type Publish struct {
	Round          uuid.UUID
	Revision       int // of the round
	Audience       *Audience
	Comment        string
	BulletinNumber string
	Reason         string // of a correction
}

// Publish approves an announced result and freezes it as the next revision
// (审定、通报): both bundles, the board with its traces, and the outcomes handed
// over, all in one transaction. It lists everything that keeps it from
// publishing, the running objection period included. It warns an approver who
// gave marks in the round, and when a correction touches later rounds.
func (s *Service) Publish(ctx context.Context, in Publish) (*Answer, error) {
	answer, err := s.approve(ctx, in)
	var obstacles *Blocked
	if s.refused != nil && errors.As(err, &obstacles) {
		for _, f := range obstacles.Blockers {
			s.refused(string(f.Code))
		}
	}
	return answer, err
}

func (s *Service) approve(ctx context.Context, in Publish) (*Answer, error) {
	return s.step(ctx, authz.RoundPublish, Step{Round: in.Round, Revision: in.Revision, Reason: in.Reason},
		func(ctx context.Context, st Store, r *Round, who *viewer.Viewer) (fault.List, error) {
			if err := inState(r, Computed, Provisional); err != nil {
				return nil, err
			}
			c, all, err := s.unpublishable(ctx, st, r, who)
			if err != nil {
				return nil, err
			}
			if all != nil {
				return nil, blocked(all)
			}
			if r.PublishedRevision > 0 {
				if err := reasoned(in.Reason); err != nil {
					return nil, err
				}
			}
			audience, err := audienceOf(in.Audience, c.doc.Announce.Audience)
			if err != nil {
				return nil, err
			}
			warnings, err := s.warnApprover(ctx, st, c, who)
			if err != nil {
				return nil, err
			}
			p := &Publication{
				ID: newID(), Round: r.ID, Revision: r.PublishedRevision + 1, Trial: r.Trial, Audience: audience,
				BulletinNumber: strings.TrimSpace(in.BulletinNumber), Comment: in.Comment, ApprovedBy: who.Person,
				ApproverRole: s.approverRole(ctx), PublishedAt: s.now(),
			}
			if p.Revision > 1 {
				p.Reason = strings.TrimSpace(in.Reason)
			}
			return warnings, s.freeze(ctx, st, c, p)
		})
}

// unpublishable lists everything that keeps a round from being published.
func (s *Service) unpublishable(ctx context.Context, st Store, r *Round, who *viewer.Viewer) (*computed, fault.List, error) {
	c, all, err := unsettled(ctx, st, r)
	if err != nil {
		return nil, nil, err
	}
	disputed, err := contested(ctx, st, r)
	if err != nil {
		return nil, nil, err
	}
	all = append(all, disputed...)
	today, err := s.today(who)
	if err != nil {
		return nil, nil, err
	}
	switch {
	case r.State != Provisional:
		all = append(all, fault.New(fault.NotAnnounced))
	case c.doc.Announce.ObjectionDays > 0 && !today.After(r.ObjectionsUntil):
		all = append(all, fault.New(fault.ObjectionPeriod, "date", r.ObjectionsUntil.String()))
	}
	return c, all, nil
}

// audienceOf is the audience asked for, or the template's (Q35).
func audienceOf(asked *Audience, byTemplate string) (Audience, error) {
	audience := Audience(byTemplate)
	if asked != nil {
		audience = *asked
	}
	switch audience {
	case "":
		return AudienceTownship, nil
	case AudiencePerson, AudienceTownship, AudienceCounty, AudiencePublic:
		return audience, nil
	}
	return "", fault.New(fault.Invalid, "value", string(audience), "want", "person, township, county, public").At("audience")
}

// warnApprover warns about an approver who marked, and about published later
// rounds whose streaks a correction touches.
func (s *Service) warnApprover(ctx context.Context, st Store, c *computed, who *viewer.Viewer) (fault.List, error) {
	var warnings fault.List
	for _, m := range c.marks {
		if m.Judge == who.Person {
			warnings = append(warnings, fault.New(fault.ApproverJudged))
			break
		}
	}
	skipped, err := c.skipped(ctx, st)
	if err != nil {
		return nil, err
	}
	warnings = append(warnings, skipped...)
	if c.round.PublishedRevision == 0 {
		return warnings, nil
	}
	rounds, err := st.RoundsOf(ctx, c.round.Competition)
	if err != nil {
		return nil, err
	}
	for _, other := range rounds {
		if other.PublishedRevision > 0 && before(c.round.Period, other.Period) {
			warnings = append(warnings, fault.New(fault.LaterRoundAffected, "period", other.Period))
		}
	}
	return warnings, nil
}

// approverRole names the role under which the viewer publishes.
func (s *Service) approverRole(ctx context.Context) string {
	roles := s.gate.Roles(ctx, uuid.Nil)
	for _, role := range roles {
		if role == authz.TownshipApprover || role == authz.PrefectureAdmin {
			return string(role)
		}
	}
	if len(roles) > 0 {
		return string(roles[0])
	}
	return ""
}

// freeze writes revision n and hands its outcomes over; those of a trial never
// count and go nowhere.
func (s *Service) freeze(ctx context.Context, st Store, c *computed, p *Publication) error {
	bundles, result, err := s.seal(c.input)
	if err != nil {
		return err
	}
	of := Settlement{
		Competition: c.round.Competition, Round: c.round.ID, Period: c.round.Period, Held: c.round.Held, Revision: p.Revision,
		ApprovedBy: p.ApprovedBy, At: p.PublishedAt, Template: c.doc, Result: result, Tenant: c.round.Tenant,
		Publication: p.ID, Audience: p.Audience, OpenedAt: c.round.OpenedAt, Input: c.input,
	}
	if p.Revision > 1 && !p.Trial {
		if of.Previous, err = publishedResult(ctx, st, c.round.ID, p.Revision-1); err != nil {
			return err
		}
	}
	p.Bundle, p.Hash, p.SealedHash = bundles.Public, bundles.PublicHash, bundles.SealedHash
	if err := st.InsertPublication(ctx, p, bundles.Sealed, StandingsOf(result, c.roster)); err != nil {
		return err
	}
	c.round.State, c.round.PublishedRevision = Published, p.Revision
	err = audit.Record(ctx, string(authz.RoundPublish), "publication", p.ID, map[string]any{
		"round": p.Round, "revision": p.Revision, "audience": p.Audience, "hash": p.Hash, "sealedHash": p.SealedHash, "reason": p.Reason,
	})
	if err == nil {
		err = published(ctx, c.round, p)
	}
	if err != nil || p.Trial {
		return err
	}
	if of.Units, of.Subjects, of.Persons, err = c.holders(ctx, st); err != nil {
		return err
	}
	return s.settle(ctx, of)
}

// holders gives the ids behind subjects and pseudonyms, for accounts.
func (c *computed) holders(ctx context.Context, st Store) (units, subjects, persons map[string]uuid.UUID, err error) {
	units, subjects = map[string]uuid.UUID{}, map[string]uuid.UUID{}
	var aliases []string
	for _, e := range c.roster {
		units[e.Code], subjects[e.Code] = e.Unit, e.Subject
		if e.Kind == template.Person {
			aliases = append(aliases, e.Code)
		}
		for _, l := range e.Links {
			aliases = append(aliases, l.Person)
		}
	}
	persons, err = st.PersonsBy(ctx, aliases)
	return units, subjects, persons, err
}
