package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/ent/mixin"
	"leitai/internal/contest"
	"leitai/internal/exact"
	contestround "leitai/internal/round"
	"leitai/internal/template"
)

// awkward are two rows with everything in them that a line could stumble over.
func awkward(t *testing.T, h home) []contestround.Standing {
	t.Helper()
	number := func(text string) *exact.Number {
		n, err := exact.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		return &n
	}
	whole := func(n int) *int { return &n }
	rows := []contestround.BoardRow{
		{Subject: h.person, Kind: template.Person, Unit: h.village, UnitCode: "P\\1\tx", Name: "第一\t行\n第二\\n行 \"甲\", {乙}", Total: number("93.50"), Shown: "93.50",
			Rank: whole(1), RankIfExact: whole(2), Change: whole(-3), RankLow: whole(1), RankHigh: whole(4), Bands: []string{"top", "a,b", `q"\`, "NULL", ""},
			Streaks: []contest.StreakCount{{Key: "bottom-twice", Count: 2, Triggered: true}, {Key: "x, y", Count: 0}}, Track: "甲 组", TrackRank: whole(1),
			Percentile: number("66.7"), Light: "green", Parts: []contest.PartValue{{Key: "tab\there", Shown: "1.0"}},
			Grades: []contestround.RowGrade{{Scale: "s", Grade: "优秀\n", Decision: "own", Rule: `\t`}}, Vetoes: []string{"fire", "flood"}},
		{Subject: h.village, Kind: template.Village, Unit: h.village, Name: "沈庄村", Unranked: "absent"},
	}
	all := make([]contestround.Standing, len(rows))
	for i := range rows {
		all[i] = contestround.Standing{BoardRow: rows[i], Position: i + 1, Trace: &contest.Trace{}}
	}
	return all
}

// inWords is a row with its numbers as text; an empty list is as good as none.
func inWords(r *contestround.BoardRow) string {
	whole := func(n *int) string {
		if n == nil {
			return "-"
		}
		return fmt.Sprint(*n)
	}
	number := func(n *exact.Number) string {
		if n == nil {
			return "-"
		}
		return n.String()
	}
	return fmt.Sprintf("%v %q %v %q %q %q %s %q %s %s %s %s %s %q %v %q %q %s %s %q %+v %+v %q", r.Subject, r.Kind, r.Unit, r.UnitCode, r.Place, r.Name, number(r.Total),
		r.Shown, whole(r.Rank), whole(r.RankIfExact), whole(r.Change), whole(r.RankLow), whole(r.RankHigh), r.Bands, r.Streaks, r.Unranked, r.Track,
		whole(r.TrackRank), number(r.Percentile), r.Light, r.Parts, r.Grades, r.Vetoes)
}

// A board is read as its standings were written, whatever is in their names, in
// each revision and with the names and codes that places have today. Nobody but
// the writing of standings writes it.
func TestABoardIsItsStandings(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990100101")
	w.fill(t, h)
	w.put(t, `UPDATE unit SET shown_name = E'今日\t"村"' WHERE id = $1`, h.village)
	w.put(t, `UPDATE round SET published_revision = 2 WHERE id = $1`, h.id("round"))
	rows := awkward(t, h)
	ctx, _ := w.as(t, h)
	p := &contestround.Publication{ID: mixin.NewID(), Round: h.id("round"), Revision: 2, Audience: contestround.AudienceTownship, Bundle: "{}", Hash: "second",
		SealedHash: "h", Reason: "更正", ApprovedBy: h.person, ApproverRole: "township-approver", PublishedAt: time.Now()}
	err := w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
		return errors.Join(tx.InsertPublication(ctx, p, "{}", rows[:1]), tx.insertStandings(ctx, p, rows[1:])) // in two goes, as an archive may
	})
	if err != nil {
		t.Fatal(err)
	}
	read := func(round uuid.UUID, revision int) (b *contestround.Board) {
		t.Helper()
		err := w.db.read(ctx, func(ctx context.Context, tx *Tx) (err error) {
			b, err = tx.BoardOf(ctx, round, revision)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	b := read(p.Round, 0)
	if b == nil || b.Publication != p.ID || b.Revision != 2 || b.Hash != "second" || b.Superseded || b.Tenant != h.tenant || b.Period != "2023-04" ||
		b.Held.String() != "2023-04-28" || b.Competition != h.id("competition") || len(b.Rows) != len(rows) {
		t.Fatalf("%+v", b)
	}
	for i := range rows {
		want := rows[i].BoardRow
		want.Place = "今日\t\"村\""
		if contestround.IsUnit(want.Kind) {
			want.UnitCode = "990100101201"
		}
		if have := inWords(&b.Rows[i]); have != inWords(&want) {
			t.Errorf("row %d\nread    %s\nwritten %s", i, have, inWords(&want))
		}
	}
	if first := read(p.Round, 1); first == nil || first.Revision != 1 || first.Hash != "h" || !first.Superseded || len(first.Rows) != 1 {
		t.Errorf("the first revision: %+v", first)
	}
	if none := read(p.Round, 3); none != nil {
		t.Errorf("a revision that is not: %+v", none)
	}
	for _, change := range []string{`UPDATE board SET lines = ''`, `DELETE FROM board`, `INSERT INTO board SELECT * FROM board`, `SELECT leitai_lay_boards(NULL)`} {
		err := w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
			_, err := tx.exec(ctx, change)
			return err
		})
		if err == nil {
			t.Errorf("the application may %s", change)
		}
	}
}

// Another township's board is not there, and one shared with everybody is, with
// its host.
func TestABoardOfOthersIsReadWhenItIsShared(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h, other := w.settle(t, "township", "990100101"), w.settle(t, "township", "990100102")
	w.fill(t, h)
	read := func() (b *contestround.Board) {
		t.Helper()
		ctx, r := w.as(t, other)
		defer func() { _ = r.End() }()
		err := w.db.read(ctx, func(ctx context.Context, tx *Tx) (err error) {
			b, err = tx.BoardOf(ctx, h.id("round"), 0)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	if b := read(); b != nil {
		t.Errorf("read by another township: %+v", b)
	}
	id := mixin.NewID()
	w.put(t, `INSERT INTO publication (id, tenant_id, region, round_id, revision, audience, public_bundle, public_hash, sealed_hash, reason, approved_by, approver_role, published_at)
		VALUES ($1, $2, $3, $4, 2, 'public', '{}', 'p', 'p', '更正', $5, 'township-approver', now())`, id, h.tenant, h.region, h.id("round"), h.person)
	w.put(t, `INSERT INTO standing (id, tenant_id, region, publication_id, round_id, unit_id, audience, position, name, total, rank, trace)
		VALUES ($1, $2, $3, $4, $5, $6, 'public', 1, '沈庄村', 93.5, 1, '{}')`, mixin.NewID(), h.tenant, h.region, id, h.id("round"), h.village)
	b := read()
	if b == nil || b.Host == nil || b.Host.Name != "990100101" || b.Host.Unit != h.unit || b.Hash != "p" || len(b.Rows) != 1 || b.Rows[0].Name != "沈庄村" {
		t.Errorf("shared with everybody: %+v", b)
	}
}

// A board that is not one is refused, never read askew.
func TestBoardLinesAreWholeOrRefused(t *testing.T) {
	t.Parallel()
	line := "u" + string(slices.Repeat([]byte("\t"), int(boardFields)-1))
	for name, c := range map[string]struct {
		lines, places string
		want          int // lines; -1: refused
	}{
		"two":              {line + "\n" + line, "u\t1\ta\nv\t2\tb", 2},
		"a place too few":  {line, "v\t1\ta", -1},
		"no place":         {line, "", -1},
		"a field too few":  {line[:len(line)-1], "u\t1\ta", -1},
		"a field too many": {line + "\t", "u\t1\ta", -1},
		"no line":          {"", "u\t1\ta", -1},
	} {
		n := 0
		err := BoardLines(c.lines, c.places, func(l *BoardLine, at Place) error {
			n++
			if l[BoardUnit] != "u" || at != (Place{"1", "a"}) {
				t.Errorf("%s: %q at %q", name, l, at)
			}
			return nil
		})
		if (err != nil) != (c.want < 0) || err == nil && n != c.want {
			t.Errorf("%s: %d lines, %v", name, n, err)
		}
	}
	for printed, want := range map[string][]string{"": {}, "{}": {}, "{a}": {"a"}, "{a,b}": {"a", "b"}, `{"a, b","\"c\""}`: {"a, b", `"c"`}} {
		if have, err := TextArray(printed); err != nil || !slices.Equal(have, want) {
			t.Errorf("%s: %q, %v", printed, have, err)
		}
	}
	for _, printed := range []string{`{"a`, `"a"`, `a`, `{a`, `{{a}}b`, "}"} {
		if have, err := TextArray(printed); err == nil {
			t.Errorf("%s: %q", printed, have)
		}
	}
}
