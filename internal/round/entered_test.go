package round_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"leitai/internal/exact"
	"leitai/internal/round"
	"leitai/internal/scoring"
)

// No field of a mark can be changed, and no mark left out, put twice or put for
// another, without another fingerprint; their order is no part of it.
func TestEveryChangeChangesTheFingerprint(t *testing.T) {
	t.Parallel()
	changes := map[string]func(*round.Mark){
		"id": func(m *round.Mark) { m.ID = uuid.New() }, "item": func(m *round.Mark) { m.Item += "x" }, "channel": func(m *round.Mark) { m.Channel += "x" },
		"subject": func(m *round.Mark) { m.Subject = uuid.New() }, "judge": func(m *round.Mark) { m.Judge = uuid.New() },
		"value":   func(m *round.Mark) { m.Value = m.Value.Add(exact.Must("0.000001")) },
		"finding": func(m *round.Mark) { m.Detail = &scoring.Detail{Level: "good"} },
		"what was corrected": func(m *round.Mark) {
			id := uuid.New()
			m.Supersedes = &id
		},
	}
	rapid.Check(t, func(t *rapid.T) {
		marks := make([]*round.Mark, rapid.IntRange(1, 8).Draw(t, "n"))
		for i := range marks {
			marks[i] = &round.Mark{ID: uuid.New(), Item: rapid.SampledFrom([]string{"a", "ab", ""}).Draw(t, "item"), Channel: rapid.SampledFrom([]string{"b", "bb"}).Draw(t, "channel"),
				Subject: uuid.New(), Judge: uuid.New(), Value: exact.Ratio(rapid.Int64Range(-300, 300).Draw(t, "value"), 3)}
		}
		before := round.Fingerprint(marks)
		if round.Fingerprint(rapid.Permutation(marks).Draw(t, "order")) != before {
			t.Fatal("another order has another fingerprint")
		}
		at := rapid.IntRange(0, len(marks)-1).Draw(t, "at")
		for name, change := range changes {
			changed := *marks[at]
			change(&changed)
			other := slices.Clone(marks)
			if other[at] = &changed; round.Fingerprint(other) == before {
				t.Fatalf("another %s goes unnoticed", name)
			}
		}
		if round.Fingerprint(slices.Delete(slices.Clone(marks), at, at+1)) == before || round.Fingerprint(slices.Concat(marks, marks[at:at+1])) == before {
			t.Fatal("a mark less, or twice, goes unnoticed")
		}
	})
}

// What the audit says of a batch is proved by the rows that its round and moment
// name, and by no others.
func TestTheAuditProvesWhichMarksWereEntered(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	id := w.opened("2023-04")
	batch := slices.Concat(sheet(village1, "onsite", "90", nil), sheet(village2, "onsite", "80.5", nil))
	sent, err := w.use.SubmitMarks(w.as("J1"), id, batch)
	must(t, err)
	entry := func(fingerprint string) int {
		return w.count(`SELECT count(*) FROM audit_entry a WHERE a.action = 'mark:write' AND a.object_id = $1 AND a.detail->>'fingerprint' = $2 AND (a.detail->>'marks')::int = $3
			AND (SELECT count(*) FROM mark m WHERE m.round_id = a.object_id AND m.entered_at = (a.detail->>'at')::timestamptz) = $3
			AND (SELECT count(*) FROM mark m WHERE m.id = ANY (SELECT jsonb_array_elements_text(a.detail->'ids')::uuid)) = $3`, id, fingerprint, len(sent))
	}
	stored, err := w.use.SubmitMarks(w.as("J1"), id, batch) // sent again, they are read
	must(t, err)
	if n := entry(round.Fingerprint(stored)); n != 1 {
		t.Errorf("%d entries prove the marks", n)
	}
	for _, m := range sent {
		m.Value = num("99")
		if n := entry(round.Fingerprint(sent)); n != 0 {
			t.Error("other values are proved, too")
		}
	}
}
