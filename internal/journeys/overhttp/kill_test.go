package overhttp_test

import (
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"leitai/graph"
	"leitai/internal/sample"
)

// TestKilledServer kills the real server again and again while judges send
// marks and confirmers confirm them. What was acknowledged is there, a batch is
// there as a whole or not at all, each with its line in the audit, and clients
// that send again what was not answered end with the board of the worked case.
func TestKilledServer(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	server := s.start(t)
	d := openDesk(t, server.url, s.manifest)
	d.take(t, month)
	d.rubric(t)
	d.groups(t)
	d.notice(t)
	d.open(t)
	server.kill(t)

	var entering []*errand
	for judge, marks := range batches(t) {
		for part := range slices.Chunk(marks, 3) {
			e := &errand{who: judge, query: "marks-submit", vars: vars{"round": d.round, "marks": part}}
			for _, m := range part {
				id, _ := m["id"].(string)
				e.ids = append(e.ids, id)
			}
			entering = append(entering, e)
		}
	}
	kills := s.hammer(t, d, entering, checkMarks)

	d.url = s.start(t).url
	kills += s.hammer(t, d, confirming(t, d), checkReviews)
	t.Logf("%d kills", kills)
	if kills < 10 {
		t.Errorf("the server was killed %d times only", kills)
	}

	d.url = s.start(t).url
	d.step(t, sample.Clerk, "round-close", nil)
	var rows []string
	for _, r := range d.must(t, sample.Clerk, "round-preview", vars{"round": d.round}).List(t, "roundPreview", "rows") {
		row, _ := r.(map[string]any)
		code, _ := row["unitCode"].(string)
		shown, _ := row["shown"].(string)
		rows = append(rows, sample.VillageKey(code)+" "+shown)
	}
	var want []string
	for _, r := range loadExpected(t).Months[month].Table {
		want = append(want, r.Village+" "+r.Total)
	}
	same(t, "the board after all kills", rows, want)
}

// confirming splits the confirmation of all marks into small errands.
func confirming(t *testing.T, d *desk) []*errand {
	t.Helper()
	var ids []string
	for id := range d.allMarks(t) {
		ids = append(ids, id)
	}
	var all []*errand
	for part := range slices.Chunk(ids, 4) {
		e := &errand{who: "R1", query: "marks-confirm", vars: vars{"round": d.round, "marks": part}}
		for _, id := range part {
			_, key, ok := graph.OpenID(id)
			if !ok {
				t.Fatalf("%s is no id", id)
			}
			e.ids = append(e.ids, key.String())
		}
		all = append(all, e)
	}
	return all
}

// errand is one mutation to be brought through, however often it takes.
type errand struct {
	who, query string
	vars       vars
	ids        []string // what it is about
	done       bool     // it was acknowledged
}

// hammer brings errands through with three clients at a time and kills the
// server while it works on a request, every time on a later one; it checks the
// database after every kill and says how many there were.
func (s *stage) hammer(t *testing.T, d *desk, all []*errand, check func(*testing.T, *stage, []*errand)) int {
	t.Helper()
	for kills := 0; ; kills++ {
		server := s.start(t)
		d.url = server.url
		var pending []*errand
		for _, e := range all {
			if !e.done {
				pending = append(pending, e)
			}
		}
		victim := int64(1 + kills*3%10)
		var begun atomic.Int64
		clients(pending, func(e *errand) bool {
			if begun.Add(1) == victim {
				go server.kill(t)
			}
			r, err := d.send(t, e)
			if err != nil {
				return false // the server has gone
			}
			if codes := r.Codes(); len(codes) > 0 || r.Status != 200 {
				t.Errorf("%s as %s: status %d, codes %v", e.query, e.who, r.Status, codes)
			}
			e.done = true
			return true
		})
		server.kill(t)
		check(t, s, all)
		if len(pending) == 0 || t.Failed() {
			return kills
		}
	}
}

// clients lets three clients take errands from one list until it is empty or
// each of them has lost the server.
func clients(errands []*errand, do func(*errand) bool) {
	queue := make(chan *errand, len(errands))
	for _, e := range errands {
		queue <- e
	}
	close(queue)
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			for e := range queue {
				if !do(e) {
					return
				}
			}
		})
	}
	all.Wait()
}

// checkMarks holds the marks in the database against what was acknowledged and
// what the audit knows, in one moment.
func checkMarks(t *testing.T, s *stage, all []*errand) {
	t.Helper()
	s.checkErrands(t, all, `SELECT id::text FROM mark`)
	s.checkAudit(t, "mark:write", `SELECT count(*) FROM mark`)
}

func checkReviews(t *testing.T, s *stage, all []*errand) {
	t.Helper()
	s.checkErrands(t, all, `SELECT mark_id::text FROM mark_review`)
	s.checkAudit(t, "mark:confirm", `SELECT count(*) FROM mark_review`)
}

// checkErrands looks for what was acknowledged and lost, and for half a batch.
func (s *stage) checkErrands(t *testing.T, all []*errand, query string) {
	t.Helper()
	rows, err := s.maint.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	stored := map[string]bool{}
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		stored[id] = true
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		n := 0
		for _, id := range e.ids {
			if stored[id] {
				n++
			}
		}
		if n != 0 && n != len(e.ids) {
			t.Errorf("of a batch, %d of %d are stored", n, len(e.ids))
		}
		if e.done && n == 0 {
			t.Error("a batch was acknowledged and is lost")
		}
	}
}

// checkAudit compares, in one statement, what is stored with what the audit
// says was written.
func (s *stage) checkAudit(t *testing.T, action, stored string) {
	t.Helper()
	var have, audited int
	err := s.maint.QueryRowContext(t.Context(), `SELECT (`+stored+`),
		(SELECT coalesce(sum(CASE jsonb_typeof(detail->'marks') WHEN 'array' THEN jsonb_array_length(detail->'marks') ELSE (detail->>'marks')::int END), 0)
		FROM audit_entry WHERE action = $1)`, action).Scan(&have, &audited)
	if err != nil {
		t.Fatal(err)
	}
	if have != audited {
		t.Errorf("%d are stored, the audit of %s knows %d", have, action, audited)
	}
}
