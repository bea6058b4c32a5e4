package bulletin

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/ballot"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/paperwork"
	"leitai/internal/template"
)

// PollSheet is a democratic evaluation: what was asked and, once it is closed,
// what may be told of it.
type PollSheet struct {
	Frame
	Title    string
	Rule     template.Ballot
	Legend   []template.LegendStep
	ClosedAt *time.Time    // nil while it is open
	Closed   calendar.Date // the day of it in the tenant's time zone; set when read
	Subjects []PollSubject
	Results  []ballot.Result // none before the close; without figures of groups that are too small (Q34)
}

// PollSubject is what is put to an evaluation.
type PollSubject struct {
	ID     string
	Name   string
	Branch string // whose lights it is counted with (B22)
}

// closedPoll reads an evaluation that is closed, for those who may read what it
// came to.
func (s *Service) closedPoll(ctx context.Context, st Store, id uuid.UUID) (*PollSheet, error) {
	sheet, err := st.PollSheet(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := s.mine(ctx, sheet.Home, authz.BallotRead); err != nil {
		return nil, err
	}
	if sheet.ClosedAt == nil {
		return nil, fault.New(fault.WrongState, "state", "open", "want", "closed").At("ballot")
	}
	sheet.Closed, err = sheet.Home.dateIn(*sheet.ClosedAt)
	return sheet, err
}

// drawBallotReports draws a report of the result for each that was voted on, one
// page each (E29): turnout always, counts only where they may be told (Q26, Q34).
func (s *Service) drawBallotReports(ctx context.Context, st Store, id uuid.UUID) (paperwork.Document, error) {
	sheet, err := s.closedPoll(ctx, st, id)
	if err != nil {
		return paperwork.Document{}, err
	}
	var pile []paperwork.Document
	for _, subject := range sheet.Subjects {
		at := slices.IndexFunc(sheet.Results, func(r ballot.Result) bool { return r.Subject == subject.ID })
		if at < 0 {
			continue
		}
		d, err := ballotReport(sheet, subject, sheet.Results[at]).Document()
		if err != nil {
			return paperwork.Document{}, err
		}
		pile = append(pile, d)
	}
	if len(pile) == 0 {
		return paperwork.Document{}, fault.New(fault.NotFound)
	}
	return paperwork.Pile(pile...), nil
}

func ballotReport(sheet *PollSheet, subject PollSubject, r ballot.Result) paperwork.BallotReport {
	out := paperwork.BallotReport{Paper: paperwork.Paper{Demo: sheet.Home.Demo, Trial: sheet.Trial}, Title: sheet.Title + "结果报告单", Subject: subject.Name, Post: subject.Branch,
		Held: sheet.Closed, Turnout: paperwork.Turnout{Due: r.Due, Present: r.Present, Issued: r.Issued, Returned: r.Returned, Valid: r.Valid}, Score: scoreOf(r)}
	if !r.Breakdown {
		return out
	}
	for _, o := range sheet.Rule.Options {
		n := 0
		for _, f := range r.Groups {
			n += f.Options[o.Key]
		}
		out.Options = append(out.Options, paperwork.BallotCount{Option: o.Name.Or(o.Key, false), Count: itoa(n)})
	}
	return out
}

// scoreOf is the blended score with two decimals; too few ballots have none.
func scoreOf(r ballot.Result) string {
	if !r.Scored {
		return "不计"
	}
	return r.Score.Fixed(2)
}

// drawThreeColour draws the three-colour notice of an evaluation: counts of
// branches, never names (B22).
func (s *Service) drawThreeColour(ctx context.Context, st Store, id uuid.UUID) (paperwork.Document, error) {
	sheet, err := s.closedPoll(ctx, st, id)
	if err != nil {
		return paperwork.Document{}, err
	}
	if len(sheet.Legend) == 0 {
		return paperwork.Document{}, fault.New(fault.NotFound)
	}
	period := calendar.PeriodOf(calendar.HalfYear, sheet.Closed)
	out := paperwork.ThreeColour{Paper: sheet.paper("", sheet.Closed), What: sheet.Title, Period: period}
	for _, step := range sheet.Legend {
		out.Lights = append(out.Lights, paperwork.Light{Name: step.Name.Or(step.Key, false), Meaning: meaning(step)})
	}
	branch := map[string]string{}
	for _, subject := range sheet.Subjects {
		branch[subject.ID] = subject.Branch
	}
	for _, b := range ballot.LightsByBranch(sheet.Legend, leastInBranch, sheet.Results, func(id string) string { return branch[id] }) {
		line := paperwork.BranchLights{Branch: joinedBranches(b.Branches), Kind: "评议对象"}
		for _, step := range sheet.Legend {
			line.Counts = append(line.Counts, b.Lights[step.Key])
		}
		if b.Lights == nil {
			continue // withheld: it would name somebody
		}
		out.Branches = append(out.Branches, line)
	}
	return out.Document()
}

// leastInBranch is how many scored members a branch must have for its counts to
// be told (G10).
const leastInBranch = 6

func joinedBranches(all []string) string {
	if len(all) == 1 {
		if all[0] == "" {
			return "全体"
		}
		return all[0]
	}
	return all[0] + "等" + itoa(len(all)) + "个支部"
}

// meaning says from which score a light is given.
func meaning(step template.LegendStep) string {
	if step.From == nil {
		return "其余"
	}
	return step.From.String() + "分及以上"
}
