package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/google/uuid"

	"leitai/bench/stand"
	"leitai/internal/paging"
)

// subject is what one request is about: a township's last published round, or a
// county, asked by its dashboard.
type subject struct {
	Token, Tenant string
	Round         string // its id in the database; empty for a county
	Global        string // and in the contract
}

// settings are what the opening statement sets for a token.
type settings struct {
	Tenant    string `json:"app.tenant"`
	Readable  string `json:"app.tenants"`
	Drafts    string `json:"app.draft_tenants"`
	Ancestors string `json:"app.ancestors"`
}

// boards finds up to so many townships' last boards.
func boards(ctx context.Context, d *stand.Database, most int) ([]subject, error) {
	db, err := sql.Open("postgres", d.Maint())
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	var all []subject
	for _, t := range d.Tokens("township") {
		if len(all) == most {
			break
		}
		s := subject{Token: t.Token, Tenant: t.Tenant}
		err := db.QueryRowContext(ctx, `SELECT id FROM round WHERE tenant_id = $1 AND state = 'published' ORDER BY period DESC LIMIT 1`, t.Tenant).Scan(&s.Round)
		if err != nil {
			return nil, fmt.Errorf("the last round of %s: %w", t.Code, err)
		}
		id, err := uuid.Parse(s.Round)
		if err != nil {
			return nil, err
		}
		s.Global = paging.GlobalID("Round", id)
		all = append(all, s)
	}
	if len(all) == 0 {
		return nil, errors.New("the database has no township")
	}
	return all, nil
}

const boardQuery = `query Board($round: ID!) { board(round: $round) { period revision rows { unitCode name total rank rankIfExact change bands light unranked } } }`

// The year of the comparison.
const firstMonth, lastMonth = "2025-01", "2025-12"

const countyQuery = `query County($from: String!, $to: String!) { countyComparison(from: $from, to: $to) { lines { code rounds { period index naiveMean naiveMedian onTime } } } }`

// graphQL makes a request of GraphQL over HTTP.
func graphQL(address, token, query string, variables map[string]any) (*http.Request, error) {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return nil, err
	}
	return graphQLBody(address, token, body)
}

// graphQLBody is graphQL for a request that is written already.
func graphQLBody(address, token string, body []byte) (*http.Request, error) {
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, "http://"+address+"/graphql", bytes.NewReader(body))
	if err == nil {
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", "application/json")
		r.Header.Set("Authorization", "Bearer "+token)
	}
	return r, err
}

// get makes a request of a path.
func get(address, token, path string) (*http.Request, error) {
	r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, "http://"+address+path, nil)
	if err == nil && token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	return r, err
}
