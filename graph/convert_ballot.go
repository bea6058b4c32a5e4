package graph

import (
	"context"
	"net/url"
	"slices"

	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/ballot"
	"leitai/internal/fault"
	"leitai/internal/paperwork"
	"leitai/internal/template"
	"leitai/internal/viewer"
	"leitai/internal/voting"
)

// poll makes the contract's evaluation; turnout, results and lights are read
// when they are asked for.
func poll(language fault.Language) func(*voting.Poll) *model.Poll {
	return func(p *voting.Poll) *model.Poll {
		m := &model.Poll{ID: globalID(pollKind, p.ID), Key: p.ID, Ballot: p.Key, Competition: globalID(competitionKind, p.Competition), Title: p.Title,
			State: model.PollStateOpen, OpenedAt: p.OpenedAt, ClosedAt: p.ClosedAt, Groups: pollGroups(p), Warnings: warnings(p.Warnings(), language)}
		if p.Round != nil {
			id := globalID(roundKind, *p.Round)
			m.Round = &id
		}
		if p.FirstCloser != nil {
			m.Closers = 1
		}
		if p.State == voting.Closed {
			m.State, m.Closers = model.PollStateClosed, 2
		}
		for _, o := range p.Rule.Options {
			m.Options = append(m.Options, &model.PollOption{Key: o.Key, Name: named(o.Name, o.Key), Score: o.Score})
		}
		for _, s := range p.Subjects {
			m.Subjects = append(m.Subjects, &model.PollSubject{Subject: s.ID.String(), Name: s.Name, Branch: s.Branch})
		}
		return m
	}
}

// named is the Chinese name of an option or group, or its key.
func named(name template.Text, key string) string {
	if name.ZH == "" {
		return key
	}
	return name.ZH
}

func pollGroups(p *voting.Poll) []*model.PollGroup {
	var all []*model.PollGroup
	for _, rule := range p.Rule.Groups {
		g := &model.PollGroup{Key: rule.Key, Name: named(rule.Name, rule.Key), Weight: rule.Weight}
		for _, have := range p.Groups {
			if have.Key != rule.Key {
				continue
			}
			g.Due, g.Present, g.Codes, g.Papers = have.Due, have.Present, have.Codes, have.Papers
			if have.Used != nil && have.PapersReturned != nil {
				returned := *have.Used + *have.PapersReturned
				g.Returned = &returned
			}
		}
		all = append(all, g)
	}
	return all
}

// ballotResult makes a result with the name that the evaluation printed.
func ballotResult(subjects []*model.PollSubject) func(ballot.Result) *model.BallotResult {
	return func(r ballot.Result) *model.BallotResult {
		m := &model.BallotResult{Subject: r.Subject, Due: r.Due, Present: r.Present, Issued: r.Issued, Returned: r.Returned, Valid: r.Valid,
			SetAside: r.SetAside, Recused: r.Recused, Breakdown: r.Breakdown, Why: string(r.Why), Spread: texts(r.Spread), Groups: converted(r.Groups, ballotFigure)}
		if r.Scored {
			m.Score = &r.Score
		}
		if i := slices.IndexFunc(subjects, func(s *model.PollSubject) bool { return s.Subject == r.Subject }); i >= 0 {
			m.Name = subjects[i].Name
		}
		return m
	}
}

func ballotFigure(f ballot.Figure) *model.BallotFigure {
	return &model.BallotFigure{Groups: f.Groups, Weight: f.Weight, Mean: f.Mean, Valid: f.Valid, Options: optionCounts(f.Options)}
}

// optionCounts lists counts by key.
func optionCounts(counts map[string]int) []*model.OptionCount {
	all := make([]*model.OptionCount, 0, len(counts))
	for key, n := range counts {
		all = append(all, &model.OptionCount{Option: key, Count: n})
	}
	slices.SortFunc(all, func(a, b *model.OptionCount) int { return compareText(a.Option, b.Option) })
	return all
}

func compareText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func branchLights(b ballot.BranchLights) *model.BranchLights {
	m := &model.BranchLights{Branches: b.Branches, Members: b.Members}
	if b.Lights != nil {
		m.Lights = optionCounts(b.Lights)
	}
	return m
}

func pollOpening(in model.PollOpenInput, ids *reader) voting.Opening {
	o := voting.Opening{Competition: ids.id(competitionKind, in.Competition, "competition"), Round: ids.optional(roundKind, in.Round, "round"),
		Key: or(in.Key), Title: or(in.Title)}
	for i, s := range in.Subjects {
		k, id, ok := openID(s.Subject)
		if !ok || k != unitKind && k != personKind && k != organisationKind {
			ids.bad = append(ids.bad, fault.New(fault.NotFound).At("subjects[%d].subject", i))
			continue
		}
		o.Subjects = append(o.Subjects, voting.Subject{ID: id, Name: s.Name, Branch: or(s.Branch)})
	}
	return o
}

func rosterRows(in []*model.PollRosterRow) []ballot.Named {
	rows := make([]ballot.Named, len(in))
	for i, row := range in {
		rows[i] = ballot.Named{Row: i + 1, Person: row.Person, Group: row.Group, Unit: or(row.UnitCode)}
	}
	return rows
}

func pollVoter(v voting.Voter) *model.PollVoter {
	return &model.PollVoter{Person: v.Person, Group: v.Group, Also: texts(v.Also)}
}

func paperCount(in model.PollPaperInput) ballot.PaperCount {
	count := ballot.PaperCount{Group: in.Group, Returned: in.Returned}
	for _, s := range in.Subjects {
		said := ballot.PaperSubject{Subject: s.Subject, Options: map[string]int{}, Invalid: or(s.Invalid), Abstained: or(s.Abstained), Recused: or(s.Recused)}
		for _, o := range s.Options {
			said.Options[o.Option] += o.Count
		}
		count.Subjects = append(count.Subjects, said)
	}
	return count
}

// maxSite bounds the address that goes into a QR code.
const maxSite = 200

// siteOf checks where voters reach the site, before any code is drawn for it.
func siteOf(text string) error {
	u, err := url.Parse(text)
	if err != nil || len(text) > maxSite || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil ||
		u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.Fragment != "" {
		return fault.New(fault.Invalid, "value", text, "want", "https://…").At("site")
	}
	return nil
}

// issueCodes draws codes and prints them.
func (r *Resolver) issueCodes(ctx context.Context, in model.PollCodesIssueInput, payload *model.PollCodesPayload) error {
	id, err := idAt(pollKind, in.Poll, "poll")
	if err != nil {
		return err
	}
	if err := siteOf(in.Site); err != nil {
		return err
	}
	wanted := make([]voting.GroupNumber, len(in.Groups))
	for i, g := range in.Groups {
		wanted[i] = voting.GroupNumber{Group: g.Group, Number: g.Number}
	}
	who, err := viewer.From(ctx)
	if err != nil {
		return err
	}
	host, err := r.tenantByID(ctx, who.Tenant)
	if err != nil {
		return err
	}
	slips, err := r.Voting.Issue(ctx, id, or(in.Anew), wanted)
	if err != nil {
		return err
	}
	p, err := r.Voting.Poll(ctx, id)
	if err != nil {
		return err
	}
	payload.Poll = poll(languageOf(ctx))(p)
	sheet := paperwork.Slips{Host: host.Name, Title: p.Title, Site: in.Site, Demo: who.Demo}
	for _, s := range slips {
		payload.Slips = append(payload.Slips, &model.BallotSlip{Group: s.Group, Code: s.Code})
		sheet.Slips = append(sheet.Slips, paperwork.Slip{Group: p.GroupName(s.Group), Code: s.Code})
	}
	page, err := sheet.HTML()
	payload.Print = string(page)
	return err
}

// pollPayload runs a mutation of one evaluation.
func pollPayload(ctx context.Context, clientID *string, ids reader, do func() (*voting.Poll, error)) (*model.PollPayload, error) {
	payload := &model.PollPayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		var p *voting.Poll
		if p, err = do(); err == nil {
			payload.Poll = poll(languageOf(ctx))(p)
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

func (r *Resolver) pollByID(ctx context.Context, id uuid.UUID) (*model.Poll, error) {
	p, err := r.Voting.Poll(ctx, id)
	if err != nil {
		return nil, err
	}
	return poll(languageOf(ctx))(p), nil
}
