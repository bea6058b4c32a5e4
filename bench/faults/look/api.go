package look

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"leitai/bench/faults/history"
	"leitai/bench/faults/world"
)

var client = &http.Client{Timeout: 30 * time.Second}

const askRound = `query($round: ID!) { round(id: $round) { revision publications { id revision hash } } board(round: $round) { rows { rank } } }`

// API asks a server for every round as its township's approver, and holds the
// answers against what is stored. It says how many rounds were asked for.
func API(ctx context.Context, server string, towns []*world.Town, s history.Stored) (n int, err error) {
	published := map[string]map[string]history.Publication{}
	for _, p := range s.Publications {
		if published[p.Round] == nil {
			published[p.Round] = map[string]history.Publication{}
		}
		published[p.Round][p.ID] = p
	}
	for _, t := range towns {
		for _, r := range t.Rounds {
			if err := askFor(ctx, server, t, r, s.Rounds[r.ID.String()], published[r.ID.String()]); err != nil {
				return n, fmt.Errorf("round %s of %s: %w", r.ID, t.Code, err)
			}
			n++
		}
	}
	return n, nil
}

func askFor(ctx context.Context, server string, t *world.Town, r world.Round, row history.Round, published map[string]history.Publication) error {
	body, err := ask(ctx, server, t.Approver, askRound, map[string]any{"round": r.Global})
	if err != nil {
		return err
	}
	var a struct {
		Data struct {
			Round struct {
				Revision     int
				Publications []struct {
					ID, Hash string
					Revision int
				}
			}
			Board *struct{ Rows []struct{ Rank *int } }
		}
	}
	if err := json.Unmarshal(body, &a); err != nil {
		return err
	}
	have := a.Data.Round
	if have.Revision != row.Revision || len(have.Publications) != len(published) {
		return fmt.Errorf("revision %d and %d publications, stored are %d and %d: %.300s", have.Revision, len(have.Publications), row.Revision, len(published), body)
	}
	for _, p := range have.Publications {
		if published[p.ID].Hash != p.Hash {
			return fmt.Errorf("publication %s has hash %s, stored is %s", p.ID, p.Hash, published[p.ID].Hash)
		}
	}
	if len(published) > 0 && (a.Data.Board == nil || len(a.Data.Board.Rows) != row.Entries) {
		return fmt.Errorf("the board is not whole: %.300s", body)
	}
	return nil
}

func ask(ctx context.Context, server, token, query string, variables any) ([]byte, error) {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, server+"/graphql", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+token)
	answer, err := client.Do(r)
	if err != nil {
		return nil, err
	}
	body, err = io.ReadAll(answer.Body)
	if answer.StatusCode != http.StatusOK {
		err = errors.Join(err, fmt.Errorf("status %d: %.300s", answer.StatusCode, body))
	}
	return body, errors.Join(err, answer.Body.Close())
}
