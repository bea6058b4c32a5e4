package round

import (
	"context"
	"crypto/sha256"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/template"
)

// Speaker is a subject in its turn.
type Speaker struct {
	Subject uuid.UUID
	Kind    template.SubjectKind
}

// SpeakingOrder draws the order in which those who take part speak, by the rule
// of the draw of the seconded (Q32): the lots of seed, round and code. Nothing is
// kept of it: whoever asks with the seed that was said in public is told the same
// order, and it counts for nothing. Empty before the roster is fixed.
func (s *Service) SpeakingOrder(ctx context.Context, round uuid.UUID, seed string) (all []Speaker, err error) {
	if strings.TrimSpace(seed) == "" {
		return nil, fault.New(fault.DrawSeedMissing).At("seed")
	}
	err = s.looking(ctx, authz.RoundRead, round, func(ctx context.Context, st Store, r *Round) error {
		roster, err := st.RosterOf(ctx, r.ID)
		all = speaking(seed, r.ID, roster)
		return err
	})
	return all, err
}

func speaking(seed string, round uuid.UUID, roster []*Entry) []Speaker {
	present := slices.DeleteFunc(slices.Clone(roster), func(e *Entry) bool { return e.Absent })
	slices.SortFunc(present, func(a, b *Entry) int {
		x, y := lot(seed, round, a.Code), lot(seed, round, b.Code)
		return slices.Compare(x[:], y[:])
	})
	all := make([]Speaker, len(present))
	for i, e := range present {
		all[i] = Speaker{e.Subject, e.Kind}
	}
	return all
}

// lot is what falls to a name in a draw: SHA-256 of seed, round and name on three
// lines.
func lot(seed string, round uuid.UUID, name string) [sha256.Size]byte {
	return sha256.Sum256([]byte(seed + "\n" + round.String() + "\n" + name))
}
