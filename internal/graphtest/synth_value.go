package graphtest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/lib/pq"
)

// hints are values of columns whose form no check tells, and which the program
// reads back.
var hints = map[string]any{
	"period": "2023-05", "month": "2023-05", "from_period": "2023-04", "to_period": "2023-09", "since": "2023-04-01", "region": "990101",
	"poll.rule": `{"Key": "assembly"}`, "ballot_key": "assembly", "year": 2023, "item": "party", "item_key": "party", "dimension": "party-building", "media_type": "image/jpeg",
	"inbox_item.permission": "publication:read", "inbox_item.unit_id": nil, "inbox_item.facts": "{}", "webhook_endpoint.disabled": "", "webhook_endpoint.since": 0, "webhook_attempt.error": "", "webhook_attempt.status": 204,
	"job.kind": "export", "job.input": `{"kind": "issues", "format": "csv"}`, "job.state": "queued", "job.error": "", "job.file": "", "job.lease": nil, "job.token_id": nil, "job.error_args": "{}",
	"crosswalk.source": "item:tidy", "comparison_rule.dimensions": "{party-building}", "comparison_rule.weights": "{1}", "comparison_publication.to_day": "2023-06-30",
	"comparison_total.month": "2023-05-01",
	"trusted_document.body":  operationText, "trusted_document.hash": sumOf(operationText),
	"tenant_role.key": "own-one", "legend": "[]", "choices_legend": "[]", "parts": "[]", "made": "[]", "submission.parts": "[]",
}

// operationText is an operation that can be registered.
const operationText = "{ viewer { today } }"

func sumOf(text string) []byte {
	sum := sha256.Sum256([]byte(text))
	return sum[:]
}

// candidates are the values to try for a column, the likeliest first.
func (s *synth) candidates(ctx context.Context, of *table, c column) []any {
	var all []any
	hint, hinted := hints[of.Name+"."+c.Name]
	if !hinted {
		hint, hinted = hints[c.Name]
	}
	switch {
	case c.Name == "id":
		return []any{uuid.Must(uuid.NewV7()).String()}
	case c.Name == "tenant_id":
		return []any{s.tenant.String()}
	case c.Target == of.Name: // a row does not follow itself
	case c.Target != "" && c.Type == "uuid":
		all = append(all, s.some(ctx, c.Target)...)
	case c.Target != "":
		all = append(all, s.words(ctx, c.Target, c.Pointed)...)
	case hinted:
		all = append(all, hint)
	case c.Type == "uuid":
		all = append(all, s.some(ctx, meant(c.Name))...)
	}
	if !hinted && c.Target == "" && c.Type != "uuid" {
		all = append(all, plain(of, c)...)
	}
	switch {
	case c.NotNull:
	case ends(c): // what has not ended serves better
		all = append([]any{nil}, all...)
	default:
		all = append(all, nil)
	}
	return all
}

// ends reports whether a column says when or by whom a row came to an end.
func ends(c column) bool {
	return c.Type == "date" || c.Type == "timestamp with time zone" || strings.HasSuffix(c.Name, "_by")
}

// words are what a column that keys point to holds.
func (s *synth) words(ctx context.Context, name, column string) []any {
	var word string
	if err := s.db.QueryRowContext(ctx, `SELECT `+pq.QuoteIdentifier(column)+`::text FROM `+pq.QuoteIdentifier(name)+` ORDER BY 1 LIMIT 1`).Scan(&word); err != nil {
		return []any{"x"}
	}
	return []any{word}
}

// meant is the table that a key without a constraint names.
func meant(name string) string {
	switch {
	case strings.Contains(name, "user"), name == "granted_by", name == "agreed_by", name == "asked_by":
		return "app_user"
	case strings.HasSuffix(name, "_by"), strings.Contains(name, "person"), name == "judge", name == "mentor_id":
		return "person"
	}
	return "unit"
}

// plain are values of a type.
func plain(of *table, c column) []any {
	switch c.Type {
	case "text", "character varying":
		var all []any
		for _, check := range of.Checks {
			if slices.Contains(check.columns, c.Name) {
				for _, word := range check.literals {
					all = append(all, word)
				}
			}
		}
		return append(all, "x", "2023-05", strings.Repeat("a", 64))
	case "boolean":
		return []any{false, true}
	case "integer", "bigint", "smallint", "numeric":
		return []any{1, 0, 2, 2023}
	case "date":
		return []any{"2023-05-01", "2023-06-01"}
	case "timestamp with time zone":
		return []any{"2023-05-01T08:00:00+08:00", "2023-05-08T08:00:00+08:00"}
	case "bytea":
		return []any{bytes.Repeat([]byte{0xab}, 32)}
	case "jsonb":
		return []any{"{}", "[]"}
	case "text[]":
		return []any{"{}", `{"unit:read"}`}
	case "uuid[]", "integer[]", "numeric[]", "date[]", "bigint[]":
		return []any{"{}"}
	}
	return nil
}
