package consequences

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// PartEntry is what people enter of a roll-up's part for one subject, such as
// the score of the duty list (C09).
type PartEntry struct {
	Subject uuid.UUID
	Value   exact.Number
	Reason  string // where it is taken from
}

// EnterParts enters values of a part that no round gives, all or nothing; each
// with where it comes from. Entering again corrects them, until the roll-up is
// published anew.
func (s *Service) EnterParts(ctx context.Context, competition uuid.UUID, span Span, part string, rows []PartEntry) (int, error) {
	if err := s.gate.Require(ctx, authz.RoundCompute, uuid.Nil); err != nil {
		return 0, err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return 0, err
	}
	if len(rows) == 0 || len(rows) > mostPast {
		return 0, fault.New(fault.RosterSize, "value", strconv.Itoa(len(rows)), "most", strconv.Itoa(mostPast)).At("rows")
	}
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		sum, err := ruleOf(ctx, st, competition, span)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(sum.rule.Parts, func(p template.Part) bool { return p.Key == part && p.From == "entered" }) {
			return fault.New(fault.PartNotEntered, "value", part).At("part")
		}
		ids := make([]uuid.UUID, len(rows))
		for i, row := range rows {
			ids[i] = row.Subject
		}
		known, err := st.SubjectsIn(ctx, competition, ids)
		if err != nil {
			return err
		}
		if err := checkParts(rows, known, sum.doc.Scale.Points); err != nil {
			return err
		}
		if err := st.SaveParts(ctx, competition, span, part, rows, known, who.Person, s.now()); err != nil {
			return err
		}
		return audit.Record(ctx, "rollup:enter", "competition", competition, map[string]any{"key": span.Key, "period": span.period(), "part": part, "rows": rows})
	})
	return len(rows), err
}

func checkParts(rows []PartEntry, known []Known, most exact.Number) error {
	var bad fault.List
	for i, row := range rows {
		if !slices.ContainsFunc(known, func(k Known) bool { return k.Subject == row.Subject }) {
			bad = append(bad, fault.New(fault.NotFound).In(i+1, "subject").At("rows[%d].subject", i))
		}
		if row.Value.Sign() < 0 || row.Value.Cmp(most) > 0 {
			bad = append(bad, fault.New(fault.Invalid, "value", row.Value.String(), "want", "0–"+most.String()).In(i+1, "value").At("rows[%d].value", i))
		}
		if strings.TrimSpace(row.Reason) == "" {
			bad = append(bad, fault.New(fault.Required, "want", "来源 / where it is taken from").In(i+1, "reason").At("rows[%d].reason", i))
		}
	}
	return bad.Err()
}
