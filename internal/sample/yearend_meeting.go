package sample

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/ballot"
	"leitai/internal/voting"
)

// meet holds the report meeting: the roster of raters, codes for the leaders of
// the street, paper for the others, two counts that agree, two officials who
// close (E06, E08, Q26, Q27). The villages themselves are not voted on.
func (a *assessment) meet(ctx context.Context) error {
	if len(a.Document.Ballots) == 0 {
		return nil
	}
	var poll *voting.Poll
	err := a.on(ctx, yearEndMeeting, "09:00", a.Clerk, func(ctx context.Context) (err error) {
		poll, err = a.called(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("roster: %w", err)
	}
	a.Polls = append(a.Polls, poll.ID)
	if a.byCode() {
		if err := a.cast(ctx, poll); err != nil {
			return fmt.Errorf("codes: %w", err)
		}
	}
	for _, counter := range []string{a.Clerk, StreetTeller} {
		err := a.on(ctx, yearEndMeeting, "11:00", counter, func(ctx context.Context) error {
			for g := range assemblyGroups {
				if g == 0 && a.byCode() {
					continue
				}
				if _, err := a.app.Voting.EnterPaper(ctx, poll.ID, a.count(poll, g)); err != nil {
					return fmt.Errorf("%s: %w", assemblyGroups[g].key, err)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	for _, official := range []string{a.Clerk, StreetTeller} {
		err := a.on(ctx, yearEndMeeting, "11:30", official, func(ctx context.Context) error {
			_, err := a.app.Voting.Close(ctx, poll.ID)
			return err
		})
		if err != nil {
			return fmt.Errorf("%s: %w", official, err)
		}
	}
	return nil
}

// byCode: the leaders rate the secretaries on their phones; cadres and teams are
// rated on paper alone.
func (a *assessment) byCode() bool { return a.contestants[0][0] == 'S' }

// called opens the evaluation with its roster, and says who came.
func (a *assessment) called(ctx context.Context) (*voting.Poll, error) {
	poll, err := a.app.Voting.Open(ctx, voting.Opening{Competition: a.Competition, Round: &a.round.ID, Key: "assembly"})
	if err != nil {
		return nil, err
	}
	var rows []ballot.Named
	for _, g := range assemblyGroups {
		for i := range a.hall(g.due) {
			rows = append(rows, ballot.Named{Row: len(rows) + 1, Person: fmt.Sprintf("%s-%02d", g.letter, i+1), Group: g.key})
		}
	}
	if _, err := a.app.Voting.Roster(ctx, poll.ID, rows); err != nil {
		return nil, err
	}
	for n, g := range assemblyGroups {
		papers := a.hall(g.present)
		if n == 0 && a.byCode() {
			papers = 0
		}
		if _, err := a.app.Voting.Attend(ctx, poll.ID, g.key, a.hall(g.present), papers); err != nil {
			return nil, err
		}
	}
	return a.app.Voting.Poll(ctx, poll.ID)
}

// hall is how many of a group there are: as the data say at the secretaries'
// meeting; at the others in tens, because their data are scores alone.
func (a *assessment) hall(n int) int {
	if a.byCode() {
		return n
	}
	return max(n/10, 1) * 10
}

// keyOf is the contestant of the data who stands on the roster under an id.
func (a *assessment) keyOf(subject uuid.UUID) string {
	return a.contestants[slices.IndexFunc(a.contestants, func(key string) bool { return a.subjects[key] == subject })]
}

// cast prints codes for the leaders, and each of them casts a sheet.
func (a *assessment) cast(ctx context.Context, poll *voting.Poll) error {
	group := assemblyGroups[0]
	var slips []voting.Slip
	err := a.on(ctx, yearEndMeeting, "09:20", a.Clerk, func(ctx context.Context) (err error) {
		slips, err = a.app.Voting.Issue(ctx, poll.ID, false, []voting.GroupNumber{{Group: group.key, Number: group.present}})
		return err
	})
	if err != nil {
		return err
	}
	for i, slip := range slips {
		sheet := map[string]string{}
		for _, subject := range poll.Subjects {
			said := a.year.Secretaries[a.keyOf(subject.ID)].Ballots[group.data]
			at := i
			for _, choice := range choices {
				if at < said[choice] {
					sheet[subject.ID.String()] = choice
					break
				}
				at -= said[choice]
			}
		}
		if err := a.app.Voting.Cast(ctx, slip.Code, sheet); err != nil { // a voter is nobody
			return err
		}
	}
	return nil
}

// count is what the papers of a group said. At the secretaries' meeting a sheet
// that leaves somebody out abstains from that one.
func (a *assessment) count(poll *voting.Poll, g int) ballot.PaperCount {
	group := assemblyGroups[g]
	returned := a.hall(group.present)
	count := ballot.PaperCount{Group: group.key, Returned: returned}
	for _, subject := range poll.Subjects {
		key := a.keyOf(subject.ID)
		line := ballot.PaperSubject{Subject: subject.ID.String(), Options: map[string]int{}}
		if a.byCode() {
			said := a.year.Secretaries[key].Ballots[group.data]
			line.Invalid, line.Abstained = said["invalid"], returned-said["invalid"]
			for _, choice := range choices {
				line.Options[choice] = said[choice]
				line.Abstained -= said[choice]
			}
		} else {
			in := a.year.Teams[key]
			if key[0] == 'C' {
				in = a.year.Cadres[key]
			}
			excellent, _ := in.parted()
			line.Options["excellent"] = excellent * returned / 10
			line.Options["competent"] = returned - line.Options["excellent"]
		}
		count.Subjects = append(count.Subjects, line)
	}
	return count
}
