package sample

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"leitai/internal/ballot"
	"leitai/internal/visits"
	"leitai/internal/voting"
)

// review holds the review meeting: who came, the ballot on paper counted by two,
// the secretary's comment on each village; then the result is made and published
// (B08, B09, B10, B22).
func (t *tour) review(ctx context.Context) error {
	err := t.on(ctx, observedMeeting, "08:30", t.Clerk, func(ctx context.Context) error {
		if err := t.attendance(ctx, "visit"); err != nil {
			return err
		}
		if err := t.attendance(ctx, "review"); err != nil {
			return err
		}
		_, err := t.app.Visits.HoldMeeting(ctx, visits.MeetingInput{Round: t.round.ID, HeldOn: observedMeeting, Place: "镇政府三楼会议室",
			Chair: t.Person(t.Approver).ID, MinutesNumber: "霁溪镇党委会议纪要〔2023〕9号",
			Minutes: "通报本季度观摩情况，逐村点评，与会人员对24个村进行民主测评。"})
		if err != nil {
			return fmt.Errorf("meeting: %w", err)
		}
		return t.stage(ctx, "review", observedMeeting)
	})
	if err != nil {
		return err
	}
	if err := t.ballot(ctx); err != nil {
		return fmt.Errorf("ballot: %w", err)
	}
	if err := t.on(ctx, observedMeeting, "16:00", t.Approver, t.comment); err != nil {
		return fmt.Errorf("comment: %w", err)
	}
	if err := t.finish(ctx, observedMeeting); err != nil {
		return err
	}
	_, err = t.publish(ctx, t.Approver, "同意公布。三色结果公示，不排名次。", "霁观通〔2023〕2号")
	return err
}

// attendance states who of those who had to come came: one leader was excused,
// and one village was represented by nobody on the tour.
func (t *tour) attendance(ctx context.Context, stage string) error {
	at := visits.Place{Round: &t.round.ID, Stage: stage}
	muster, err := t.app.Visits.Muster(ctx, at)
	if err != nil {
		return err
	}
	excused, absent := t.Person("OL8").ID, t.Person("OS20").ID
	var all []visits.Came
	for _, due := range muster.Unrecorded {
		line := visits.Came{Person: due.Person, Role: due.Role, Status: visits.Present}
		if stage == "visit" && due.Person == excused {
			line.Status, line.Note = visits.Excused, "县里开会，已请假"
		}
		if stage == "visit" && due.Person == absent {
			line.Status = visits.Absent
		}
		all = append(all, line)
	}
	_, err = t.app.Visits.State(ctx, at, all)
	return err
}

// ballot is held on paper: roster, forms, two counts that agree, two officials
// who close (Q26, Q27).
func (t *tour) ballot(ctx context.Context) error {
	var poll *voting.Poll
	err := t.on(ctx, observedMeeting, "09:00", t.Clerk, func(ctx context.Context) (err error) {
		poll, err = t.app.Voting.Open(ctx, voting.Opening{Competition: t.Competition, Round: &t.round.ID, Key: "assembly", Title: "霁溪镇2023年第二季度点评会民主测评"})
		if err != nil {
			return err
		}
		if _, err = t.app.Voting.Roster(ctx, poll.ID, t.hall()); err != nil {
			return err
		}
		poll, err = t.app.Voting.Poll(ctx, poll.ID)
		if err != nil {
			return err
		}
		for _, g := range poll.Groups {
			if _, err := t.app.Voting.Attend(ctx, poll.ID, g.Key, g.Due, g.Due); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	t.Polls = append(t.Polls, poll.ID)
	for _, counter := range []string{t.Clerk, t.Approver} {
		err := t.on(ctx, observedMeeting, "11:00", counter, func(ctx context.Context) error {
			for _, r := range raters {
				if _, err := t.app.Voting.EnterPaper(ctx, poll.ID, t.count(poll, r.data, r.key)); err != nil {
					return fmt.Errorf("%s: %w", r.key, err)
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("%s: %w", counter, err)
		}
	}
	for _, official := range []string{t.Clerk, t.Approver} {
		err := t.on(ctx, observedMeeting, "11:20", official, func(ctx context.Context) error {
			_, err := t.app.Voting.Close(ctx, poll.ID)
			return err
		})
		if err != nil {
			return fmt.Errorf("%s: %w", official, err)
		}
	}
	return t.on(ctx, observedMeeting, "11:30", t.Clerk, func(ctx context.Context) error { return t.stage(ctx, "ballot", observedMeeting) })
}

// hall is the roster of the ballot: numbers, no names.
func (t *tour) hall() []ballot.Named {
	var rows []ballot.Named
	add := func(group, letter string, n int, unit func(i int) string) {
		for i := range n {
			row := ballot.Named{Row: len(rows) + 1, Person: fmt.Sprintf("%s-%02d", letter, i+1), Group: group}
			if unit != nil {
				row.Unit = unit(i + 1)
			}
			rows = append(rows, row)
		}
	}
	add("leadership", "L", 2+len(leaderPosts), nil)
	add("package-cadre", "B", 12, nil)
	add("village-secretary", "S", len(t.quarter.Villages), t.village)
	add("first-secretary", "F", len(firstSecretaryVillages), nil)
	return rows
}

// count is what the papers of a group said; every paper names every village.
func (t *tour) count(poll *voting.Poll, data, key string) ballot.PaperCount {
	count := ballot.PaperCount{Group: key}
	for i, subject := range poll.Subjects {
		said := t.quarter.Ballots[t.quarter.Villages[i]][data]
		count.Subjects = append(count.Subjects, ballot.PaperSubject{Subject: subject.ID.String(), Invalid: said.Invalid, Recused: said.Recused,
			Options: map[string]int{"good": said.Good, "fair": said.Fair, "average": said.Average, "poor": said.Poor}})
		count.Returned = said.Good + said.Fair + said.Average + said.Poor + said.Invalid + said.Recused
	}
	return count
}

// comment lets the secretary speak on every village: what was best there and what
// to work on (B10).
func (t *tour) comment(ctx context.Context) error {
	for _, village := range t.quarter.Villages {
		best, worst := t.extremes(village)
		text := fmt.Sprintf("%s抓得实，值得大家看一看；%s还有差距，下季度观摩时对照整改清单再看。", best, worst)
		if problems := t.quarter.Issues[village]; len(problems) == 0 {
			text = fmt.Sprintf("%s是亮点，本次没有发现问题，望继续保持，把做法讲给大家听。", best)
		}
		if _, err := t.app.Visits.Comment(ctx, visits.CommentInput{Round: t.round.ID, UnitCode: t.codeOf(village), Text: text, On: observedMeeting}); err != nil {
			return fmt.Errorf("%s: %w", village, err)
		}
	}
	return t.stage(ctx, "comment", observedMeeting)
}

// extremes names the areas in which a village was best and worst.
func (t *tour) extremes(village string) (best, worst string) {
	marks := t.quarter.Marks[village]
	by := func(a, b string) int { return marks[a].Cmp(marks[b]) }
	return t.areaName(slices.MaxFunc(t.quarter.Areas, by)), t.areaName(slices.MinFunc(t.quarter.Areas, by))
}

// areaName is the item of an area, A1 … A10, in quotation marks unless it has
// some of its own.
func (t *tour) areaName(area string) string {
	name := t.Document.Items[slices.Index(t.quarter.Areas, area)].Name.ZH
	if strings.Contains(name, "“") {
		return name
	}
	return "“" + name + "”"
}
