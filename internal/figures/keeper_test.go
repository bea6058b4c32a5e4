package figures

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/fault"
)

var errAway = errors.New("away")

// stage is a keeper on a store that is played.
type stage struct {
	*Keeper
	holder    uuid.UUID // uuid.Nil: free
	failing   string
	published []Published
	bundles   map[uuid.UUID]error

	log      strings.Builder
	counted  []string
	over     int
	whole    []bool
	outcomes []string
	differ   int
	epoch    int64
}

func newStage() *stage {
	s := &stage{bundles: map[uuid.UUID]error{}}
	s.Keeper = New(Config{
		Read: func(ctx context.Context, do func(context.Context, Store) error) error { return do(ctx, s) },
		Bundles: func(_ context.Context, p Published) (public, sealed string, err error) {
			return "no bundle", "no bundle", s.bundles[p.ID]
		},
		Measure: s, Logger: slog.New(slog.NewTextHandler(&s.log, nil)), Now: at, Clock: at,
	})
	return s
}

func at() time.Time { return time.Date(2026, 11, 5, 8, 0, 0, 0, time.UTC) }

func (s *stage) TakeFiguresTurn(_ context.Context, holder uuid.UUID, lasting time.Duration) (bool, error) {
	if s.failing == "turn" {
		return false, errAway
	}
	return lasting == 3*time.Minute && (s.holder == uuid.Nil || s.holder == holder), nil
}

func (s *stage) CountFigures(_ context.Context, kind string, moment time.Time) ([]Figure, error) {
	if s.failing == kind || !moment.Equal(at()) {
		return nil, errAway
	}
	return []Figure{{TenantKind: "township", State: kind, Count: 1}}, nil
}

func (s *stage) GrantsEpoch(context.Context) (int64, error) {
	if s.failing == "epoch" {
		return 0, errAway
	}
	return 5, nil
}

func (s *stage) PublicationsToProve(_ context.Context, after uuid.UUID, most int) ([]Published, error) {
	if s.failing == "publications" {
		return nil, errAway
	}
	var next []Published
	for _, p := range s.published {
		if p.ID.String() > after.String() && len(next) < most {
			next = append(next, p)
		}
	}
	return next, nil
}

func (s *stage) FiguresCounted(kind string, _ []Figure) { s.counted = append(s.counted, kind) }
func (s *stage) FiguresOver()                           { s.over++ }
func (s *stage) EpochStored(epoch int64)                { s.epoch = epoch }
func (s *stage) FiguresRead(_ time.Time, _ time.Duration, whole bool) {
	s.whole = append(s.whole, whole)
}

func (s *stage) PublicationProved(outcome string, differing int) {
	s.outcomes, s.differ = append(s.outcomes, outcome), differing
}

// One process counts; another that has its turn later tells, and the first no
// longer does.
func TestOneProcessCounts(t *testing.T) {
	t.Parallel()
	s := newStage()
	s.Look(t.Context())
	if !slices.Equal(s.counted, Kinds) || s.epoch != 5 || !slices.Equal(s.whole, []bool{true}) {
		t.Errorf("counted %v, epoch %d, whole %v", s.counted, s.epoch, s.whole)
	}
	s.holder, s.counted = uuid.New(), nil
	s.Look(t.Context())
	s.Look(t.Context())
	if s.counted != nil || s.over != 1 || len(s.whole) != 1 {
		t.Errorf("without the turn %v is counted, and told %d times that it is over", s.counted, s.over)
	}
}

// What cannot be counted keeps nothing else from being counted, and is told.
func TestTheRestIsCounted(t *testing.T) {
	t.Parallel()
	for _, failing := range append([]string{"turn", "epoch", "publications"}, Kinds...) {
		s := newStage()
		s.failing = failing
		s.Look(t.Context())
		want := len(Kinds)
		switch {
		case failing == "turn":
			want = 0
		case slices.Contains(Kinds, failing):
			want--
		}
		if len(s.counted) != want || slices.Equal(s.whole, []bool{true}) != (failing == "publications") || !strings.Contains(s.log.String(), "kind="+failing) {
			t.Errorf("%s: counted %v, whole %v, log %s", failing, s.counted, s.whole, s.log.String())
		}
	}
}

// A process comes past every publication, again and again; one whose tenant has
// ended, or that cannot be read now, is not taken for one that differs.
func TestEveryPublicationIsProved(t *testing.T) {
	t.Parallel()
	s := newStage()
	for range 9 {
		s.published = append(s.published, Published{ID: uuid.Must(uuid.NewV7()), Tenant: uuid.New()})
	}
	gone, away := s.published[2].ID, s.published[5].ID
	s.bundles[gone], s.bundles[away] = fault.New(fault.NotFound), errAway
	seen := 0
	for range 10 {
		s.Look(t.Context())
		if len(s.outcomes)-seen > 4 {
			t.Fatalf("%d at once", len(s.outcomes)-seen)
		}
		seen = len(s.outcomes)
	}
	if s.differ != 7 || !slices.Contains(s.outcomes, "unread") || slices.Contains(s.outcomes, "reproduced") {
		t.Errorf("%d differ: %v", s.differ, s.outcomes)
	}
	if !strings.Contains(s.log.String(), string(fault.BundleMalformed)) || strings.Contains(s.log.String(), "no bundle") {
		t.Errorf("the log: %s", s.log.String())
	}
	for _, p := range s.published {
		s.bundles[p.ID] = fault.New(fault.NotFound)
	}
	for range 10 {
		s.Look(t.Context())
	}
	if s.differ != 0 {
		t.Errorf("%d that are gone differ still", s.differ)
	}
}

// A walk begins anywhere in the last two years.
func TestAWalkBeginsByChance(t *testing.T) {
	t.Parallel()
	newest, oldest := "", "g"
	for range 200 {
		id := chanceStart(at()).String()
		newest, oldest = max(newest, id), min(oldest, id)
	}
	first, last := chanceBound(at().Add(-looksBack)), chanceBound(at())
	if oldest < first || newest[:13] > last || newest[:8] == oldest[:8] {
		t.Errorf("from %s to %s, not from %s to %s", oldest, newest, first, last)
	}
}

// chanceBound is how ids of a moment begin.
func chanceBound(moment time.Time) string {
	var id uuid.UUID
	millis := moment.UnixMilli()
	for i := range 6 {
		id[i] = byte(millis >> (40 - 8*i))
	}
	return id.String()[:13]
}
