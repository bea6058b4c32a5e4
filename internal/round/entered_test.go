package round_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"leitai/internal/audit"
	"leitai/internal/exact"
	"leitai/internal/postgres"
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

// proved is what the operator's check says of the marks.
func (w *township) proved() audit.Proved {
	w.t.Helper()
	var p audit.Proved
	must(w.t, postgres.VerifyAudit(w.t.Context(), w.maintDSN, nil, func(c postgres.AuditChecked) error {
		if c.Tenant == w.tenant {
			p = c.Proved
		}
		return nil
	}))
	return p
}

// Marks that were corrected, confirmed, superseded by an objection or entered by
// somebody who was erased since hold; each field that is changed as the owner of
// the schema is found, and the entry that entered the mark is named.
func TestTheCheckHoldsMarksAgainstTheirEntries(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	w.found(document, false)
	id := w.opened("2023-04")
	first, err := w.use.SubmitMarks(w.as("J1"), id, slices.Concat(sheet(village1, "onsite", "90", nil), sheet(village2, "onsite", "80.5", nil)))
	must(t, err)
	_, err = w.use.SubmitMarks(w.as("J2"), id, sheet(village1, "onsite", "77.5", nil)) // in the same moment
	must(t, err)
	_, err = w.use.CorrectMark(w.as("J1"), round.MarkCorrection{Mark: first[0].ID, ID: fresh(), Value: num("39"), Reason: "看错一行"})
	must(t, err)
	w.put(`UPDATE person SET user_id = NULL WHERE id = $1`, w.persons["J2"])
	if p := w.proved(); p.Batches != 3 || p.Count != 0 {
		t.Fatalf("untouched: %+v", p)
	}
	seq := int64(w.count(`SELECT seq FROM audit_entry WHERE action = 'mark:write' AND detail->'ids' ? $1`, first[1].ID.String()))
	for _, c := range []struct {
		name, change, back string
		found              int
	}{
		{"a value", `UPDATE mark SET value = value + 0.5 WHERE id = $1`, `UPDATE mark SET value = value - 0.5 WHERE id = $1`, len(first)},
		{"a finding", `UPDATE mark SET detail = '{"level":"good"}' WHERE id = $1`, `UPDATE mark SET detail = NULL WHERE id = $1`, len(first)},
		{"one that no service writes", `UPDATE mark SET detail = '{"level":5}' WHERE id = $1`, `UPDATE mark SET detail = NULL WHERE id = $1`, len(first)},
		{"its moment", `UPDATE mark SET entered_at = entered_at + interval '1 second' WHERE id = $1`,
			`UPDATE mark SET entered_at = entered_at - interval '1 second' WHERE id = $1`, len(first) - 1},
		{"that it is there", `DELETE FROM mark WHERE id = $1`, "", len(first) - 1},
	} {
		w.put(c.change, first[1].ID)
		p := w.proved()
		if p.Count != 1 || p.Altered[0].Seq != seq || p.Altered[0].Round != id || p.Altered[0].Entered != len(first) || p.Altered[0].Found != c.found ||
			(c.found < len(first)) != slices.Equal(p.Altered[0].Missing, []uuid.UUID{first[1].ID}) {
			t.Errorf("%s of a mark of entry %d: %+v", c.name, seq, p)
		}
		if c.back == "" {
			break
		}
		w.put(c.back, first[1].ID)
		if p := w.proved(); p.Count != 0 {
			t.Fatalf("%s, put back: %+v", c.name, p)
		}
	}
}
