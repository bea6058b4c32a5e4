package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/Khan/genqlient/graphql"
)

func main() {
	if err := run(context.Background(), os.Getenv); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, setting func(string) string) error {
	client := graphql.NewClient(setting("LEITAI_URL"), &transport{token: setting("LEITAI_TOKEN"), tries: 4,
		inner: &http.Client{Timeout: 30 * time.Second}, pause: pause})
	inPages, err := allRounds(ctx, client, 2)
	if err != nil {
		return err
	}
	whole, err := allRounds(ctx, client, 100)
	if err != nil {
		return err
	}
	period := func(r *round) string { return r.Period }
	if !slices.Equal(mapped(inPages, period), mapped(whole, period)) {
		return errors.New("pages are not the whole list")
	}
	fmt.Println("rounds", strings.Join(mapped(whole, period), " "))
	if len(whole) == 0 {
		return errors.New("nothing is published yet")
	}
	village, err := tellBoard(ctx, client, whole[0])
	if err != nil {
		return err
	}
	if due := setting("LEITAI_ISSUE_DUE"); due != "" {
		return tellIssue(ctx, client, whole[0], village, due)
	}
	return nil
}

// round is what the query of the rounds answers with.
type round = RoundsRoundsRoundConnectionNodesRound

// allRounds walks the list page by page.
func allRounds(ctx context.Context, client graphql.Client, size int) ([]*round, error) {
	var all []*round
	var after *string
	for {
		answer, err := Rounds(ctx, client, &size, after)
		if err != nil {
			return nil, err
		}
		all = append(all, answer.Rounds.Nodes...)
		if !answer.Rounds.PageInfo.HasNextPage {
			return all, nil
		}
		after = answer.Rounds.PageInfo.EndCursor
	}
}

// tellBoard prints a board and why its first village stands first.
func tellBoard(ctx context.Context, client graphql.Client, r *round) (village string, err error) {
	answer, err := Board(ctx, client, r.Id)
	switch {
	case err != nil:
		return "", err
	case answer.Board == nil || len(answer.Board.Rows) == 0:
		return "", errors.New("the board may not be read")
	}
	fmt.Println("board", answer.Board.Period, answer.Board.Tenant.Name, "revision", answer.Board.Revision)
	for _, row := range answer.Board.Rows {
		rank := "–"
		if row.Rank != nil {
			rank = fmt.Sprint(*row.Rank)
		}
		fmt.Println(strings.Join(append([]string{rank, row.Name, row.Shown}, row.Bands...), " "))
	}
	village = answer.Board.Rows[0].UnitCode
	why, err := Explain(ctx, client, r.Id, village)
	if err != nil {
		return "", err
	}
	if why.Explain != nil {
		fmt.Println("explained", why.Explain.Sentence)
	}
	return village, nil
}

// tellIssue opens an issue, after a try that is refused.
func tellIssue(ctx context.Context, client graphql.Client, r *round, village, due string) error {
	input := &IssueOpenInput{Competition: r.Competition.Id, Round: &r.Id, UnitCode: "000000000000", Title: "沟渠积存垃圾", Base: "1", Due: due}
	_, err := openIssue(ctx, client, input)
	var refused *rejected
	if !errors.As(err, &refused) {
		return fmt.Errorf("a village that does not exist was taken: %w", err)
	}
	fmt.Println("rejected", refused)
	input.UnitCode = village
	number, err := openIssue(ctx, client, input)
	if err != nil {
		return err
	}
	fmt.Println("opened issue", number)
	return nil
}

// rejected is a mutation that was refused: nothing was changed, and every
// reason is told at once. Codes decide, never messages.
type rejected struct{ reasons []string }

// Error implements error.
func (r *rejected) Error() string { return strings.Join(r.reasons, ", ") }

// openIssue does the mutation once, however often it has to be sent.
func openIssue(ctx context.Context, client graphql.Client, input *IssueOpenInput) (number int, err error) {
	answer, err := IssueOpen(once(ctx), client, input)
	if err != nil {
		return 0, err
	}
	if problems := answer.IssueOpen.UserErrors; len(problems) > 0 {
		return 0, &rejected{mapped(problems, func(p *IssueOpenIssueOpenIssuePayloadUserErrorsUserError) string { return p.Field + " " + p.Code })}
	}
	return answer.IssueOpen.Issue.Number, nil
}

func mapped[T any](list []T, name func(T) string) []string {
	all := make([]string, len(list))
	for i, item := range list {
		all[i] = name(item)
	}
	return all
}
