package data_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/contest"
	"leitai/internal/dbtest"
	"leitai/internal/fault"
	"leitai/internal/postgres"
	"leitai/internal/round"
	"leitai/internal/wiring"
)

func TestTokensReadTheirOwnAndNobodyElsesBoards(t *testing.T) {
	t.Parallel()
	db, k := dbtest.New(t), keys(t)
	report := made(t, tiny(db.MaintDSN, k))
	app := open(t, db, k, func() time.Time { return now })
	county, own, neighbour := report.Tokens[0], report.Tokens[len(report.Tokens)-2], report.Tokens[len(report.Tokens)-1]
	var last uuid.UUID
	var bundle string
	err := db.Maint(t).QueryRow(`SELECT r.id, p.public_bundle FROM round r JOIN publication p ON p.round_id = r.id WHERE r.tenant_id = $1 ORDER BY r.period DESC LIMIT 1`,
		own.Tenant).Scan(&last, &bundle)
	if err != nil {
		t.Fatal(err)
	}
	for name, token := range map[string]string{"the township": own.Token, "the county above it": county.Token} {
		with(t, app, token, func(ctx context.Context) {
			b, err := app.Rounds.Board(ctx, last, 0)
			if err != nil || len(b.Rows) < 12 || b.Rows[0].Total == nil || *b.Rows[0].Rank != 1 || b.Rows[0].Light == "" || b.Rows[0].Change == nil && b.Rows[1].Change == nil {
				t.Errorf("%s reads %+v, %v", name, b, err)
			}
			if _, err := app.Rounds.Preview(ctx, last); fault.CodeOf(err) != fault.Forbidden {
				t.Errorf("%s as a dashboard sees what is not published: %v", name, err)
			}
		})
	}
	with(t, app, neighbour.Token, func(ctx context.Context) {
		if _, err := app.Rounds.Board(ctx, last, 0); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("the neighbour reads it: %v", err)
		}
	})
	if _, err := contest.Verify([]byte(bundle), contest.Trust{Fingerprints: []string{contest.Fingerprint(app.Signer.PublicKey())}}); err != nil {
		t.Errorf("the public bundle does not verify: %v", err)
	}
	if _, err := contest.Verify([]byte(strings.Replace(bundle, `"rank":"1"`, `"rank":"2"`, 1)), contest.Trust{}); err == nil {
		t.Error("a changed bundle verifies")
	}
}

// The use cases compute and publish a round that was made as it was made: the
// same input, the same board.
func TestTheUseCasesWriteTheSame(t *testing.T) {
	t.Parallel()
	db, k := dbtest.New(t), keys(t)
	report := made(t, tiny(db.MaintDSN, k))
	clock := now
	app := open(t, db, k, func() time.Time { return clock })
	maint := db.Maint(t)
	as := postgres.Service{Tenant: uuid.MustParse(report.Tokens[len(report.Tokens)-1].Tenant)}
	var id uuid.UUID
	var revision int
	err := maint.QueryRow(`SELECT r.id, r.revision, p.id, p.user_id, r.region FROM round r JOIN person p ON p.tenant_id = r.tenant_id AND p.user_id IS NOT NULL
		WHERE r.tenant_id = $1 ORDER BY r.period DESC LIMIT 1`, as.Tenant).Scan(&id, &revision, &as.Person, &as.User, &as.Region)
	if err != nil {
		t.Fatal(err)
	}
	input, rows := kept(t, maint, id, 1)
	ctx, request, _, err := app.DB.AsTenant(t.Context(), as)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = request.End() }()
	checkChain(ctx, t, app)
	for _, do := range []func(context.Context, round.Step) (*round.Answer, error){app.Rounds.Reopen, app.Rounds.Close, app.Rounds.Compute, app.Rounds.Announce} {
		answer, err := do(ctx, round.Step{Round: id, Revision: revision, Reason: "核对"})
		if err != nil {
			t.Fatal(err)
		}
		revision = answer.Round.Revision
	}
	clock = now.AddDate(0, 0, 5)
	if _, err := app.Rounds.Publish(ctx, round.Publish{Round: id, Revision: revision, Reason: "核对"}); err != nil {
		t.Fatal(err)
	}
	inputAgain, rowsAgain := kept(t, maint, id, 2)
	if asRevisionOne := strings.Replace(inputAgain, `"revision":"2"`, `"revision":"1"`, 1); asRevisionOne != input {
		t.Errorf("computed from\n%s\nand from\n%s", input, inputAgain)
	}
	if rows != rowsAgain {
		t.Errorf("the board was\n%s\nand is\n%s", rows, rowsAgain)
	}
	checkChain(ctx, t, app)
}

// kept is a round's input as computed last, and a revision's board but for ids.
func kept(t *testing.T, db *sql.DB, id uuid.UUID, revision int) (input, rows string) {
	t.Helper()
	err := db.QueryRow(`SELECT c.input, (SELECT string_agg((to_jsonb(s) - ARRAY['id','publication_id'])::text, E'\n' ORDER BY s.position)
		FROM standing s JOIN publication p ON p.id = s.publication_id WHERE p.round_id = c.round_id AND p.revision = $2) || E'\n' ||
		(SELECT (to_jsonb(t) - ARRAY['id','publication_id','revision'])::text FROM round_total t WHERE t.round_id = c.round_id AND t.revision = $2)
		FROM computation c WHERE c.round_id = $1`, id, revision).Scan(&input, &rows)
	if err != nil {
		t.Fatal(err)
	}
	var parsed struct{ Marks, History []json.RawMessage }
	if err := json.Unmarshal([]byte(input), &parsed); err != nil || len(parsed.Marks) == 0 || len(parsed.History) != 2 {
		t.Fatalf("%d marks, %d rounds before it, %v", len(parsed.Marks), len(parsed.History), err)
	}
	return input, rows
}

// checkChain follows the tenant's audit from its beginning.
func checkChain(ctx context.Context, t *testing.T, app *wiring.App) {
	t.Helper()
	err := postgres.Read[*postgres.Tx](app.DB)(ctx, func(ctx context.Context, tx *postgres.Tx) error {
		head, err := audit.Verify(tx.AuditChain(ctx))
		if err == nil && head.Seq < 20 {
			t.Errorf("the chain has %d entries", head.Seq)
		}
		return err
	})
	if err != nil {
		t.Errorf("the audit does not hold: %v", err)
	}
}
