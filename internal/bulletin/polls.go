package bulletin

import (
	"context"
	"slices"
	"strings"
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

func (s *Service) poll(ctx context.Context, st Store, id uuid.UUID, p authz.Permission, closed bool) (*PollSheet, error) {
	sheet, err := st.PollSheet(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := s.mine(ctx, sheet.Home, p); err != nil {
		return nil, err
	}
	if closed && sheet.ClosedAt == nil {
		return nil, fault.New(fault.WrongState, "state", "open", "want", "closed").At("ballot")
	}
	if sheet.ClosedAt != nil {
		sheet.Closed, err = sheet.Home.dateIn(*sheet.ClosedAt)
	}
	return sheet, err
}

// drawBallotForm draws the paper to vote on (附件3).
func (s *Service) drawBallotForm(ctx context.Context, st Store, id uuid.UUID) (paperwork.Document, error) {
	sheet, err := s.poll(ctx, st, id, authz.BallotRead, false)
	if err != nil {
		return paperwork.Document{}, err
	}
	out := paperwork.BallotForm{Paper: paperwork.Paper{Demo: sheet.Home.Demo, Trial: sheet.Trial}, Title: sheet.Title}
	for _, o := range sheet.Rule.Options {
		out.Options = append(out.Options, o.Name.Or(o.Key, false))
	}
	for _, subject := range sheet.Subjects {
		out.Subjects = append(out.Subjects, paperwork.BallotSubject{Name: subject.Name})
	}
	return out.Document()
}

// drawBallotSummary draws what an assembly voted, as far as it may be told
// (附件4, Q26, Q34).
func (s *Service) drawBallotSummary(ctx context.Context, st Store, id uuid.UUID) (paperwork.Document, error) {
	sheet, err := s.poll(ctx, st, id, authz.BallotRead, true)
	if err != nil {
		return paperwork.Document{}, err
	}
	return ballotSummary(sheet).Document()
}

func ballotSummary(sheet *PollSheet) paperwork.BallotSummary {
	out := paperwork.BallotSummary{Paper: paperwork.Paper{Demo: sheet.Home.Demo, Trial: sheet.Trial}, Title: sheet.Title + "汇总表", Held: sheet.Closed, Threshold: sheet.Rule.Threshold}
	for _, r := range sheet.Results {
		out.Hidden = out.Hidden || !r.Breakdown
		out.Turnout = paperwork.Turnout{Due: max(out.Turnout.Due, r.Due), Present: max(out.Turnout.Present, r.Present), Issued: max(out.Turnout.Issued, r.Issued),
			Returned: max(out.Turnout.Returned, r.Returned), Valid: max(out.Turnout.Valid, r.Valid)}
	}
	for _, o := range sheet.Rule.Options {
		out.Options = append(out.Options, o.Name.Or(o.Key, false))
	}
	for _, subject := range sheet.Subjects {
		at := slices.IndexFunc(sheet.Results, func(r ballot.Result) bool { return r.Subject == subject.ID })
		if at < 0 {
			continue
		}
		r := sheet.Results[at]
		for _, f := range r.Groups {
			if out.Hidden {
				break
			}
			l := paperwork.BallotLine{Subject: subject.Name, Group: groupNames(sheet.Rule, f.Groups), Valid: itoa(f.Valid)}
			for _, o := range sheet.Rule.Options {
				l.Counts = append(l.Counts, itoa(f.Options[o.Key]))
			}
			out.Lines = append(out.Lines, l)
		}
		out.Lines = append(out.Lines, paperwork.BallotLine{Subject: subject.Name, Valid: itoa(r.Valid), Score: scoreOf(r)})
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

func groupNames(rule template.Ballot, keys []string) string {
	var names []string
	for _, g := range rule.Groups {
		if slices.Contains(keys, g.Key) {
			names = append(names, g.Key)
		}
	}
	return strings.Join(names, "、")
}

// drawThreeColour draws the three-colour notice of an evaluation: counts of
// branches, never names (B22).
func (s *Service) drawThreeColour(ctx context.Context, st Store, id uuid.UUID) (paperwork.Document, error) {
	sheet, err := s.poll(ctx, st, id, authz.BallotRead, true)
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
