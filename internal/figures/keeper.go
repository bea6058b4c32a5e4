package figures

import (
	"cmp"
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"
)

// Config is what a keeper leans on. Zero durations take the defaults.
type Config struct {
	Read    func(ctx context.Context, do func(ctx context.Context, s Store) error) error // one transaction without a tenant
	Bundles func(ctx context.Context, p Published) (public, sealed string, err error)
	Measure Measure
	Logger  *slog.Logger
	Now     func() time.Time // of the business, which days past due are counted by
	Clock   func() time.Time // of the machine
	Every   time.Duration    // between two counts; 0: a minute
	Proofs  int              // publications computed again after each count; 0: 4
}

// share is how much longer than the last count the pause before the next one is
// at least, so that counting never takes more than a twentieth of a connection.
const share = 20

// Keeper counts by the minute, when it is this process's turn.
type Keeper struct {
	c       Config
	id      uuid.UUID
	counted bool // whether figures of this process are told
	walk    walk
}

// New makes a keeper; Run starts it.
func New(c Config) *Keeper {
	c.Every, c.Proofs = cmp.Or(c.Every, time.Minute), cmp.Or(c.Proofs, 4)
	return &Keeper{c: c, id: uuid.New(), walk: walk{differing: map[uuid.UUID]bool{}}}
}

// Run counts until the context ends.
func (k *Keeper) Run(ctx context.Context) {
	for {
		begun := k.c.Clock()
		k.Look(ctx)
		wait := time.NewTimer(max(k.c.Every, share*k.c.Clock().Sub(begun)))
		select {
		case <-ctx.Done():
			wait.Stop()
			return
		case <-wait.C:
		}
	}
}

// Look counts once, when it is this process's turn, and computes some
// publications again. What cannot be counted is logged, and the rest is counted.
func (k *Keeper) Look(ctx context.Context) {
	begun := k.c.Clock()
	own, err := k.turn(ctx)
	if err != nil {
		k.warn(ctx, "figures were not counted", "turn", err)
		k.c.Measure.FiguresRead(begun, k.c.Clock().Sub(begun), false)
		return
	}
	if !own {
		if k.counted {
			k.c.Measure.FiguresOver()
			k.counted = false
		}
		return
	}
	k.counted = true
	whole := k.count(ctx)
	now := k.c.Clock()
	k.c.Measure.FiguresRead(now, now.Sub(begun), whole)
	k.prove(ctx)
}

// turn asks for the turn, for as long as three counts take.
func (k *Keeper) turn(ctx context.Context) (own bool, err error) {
	err = k.c.Read(ctx, func(ctx context.Context, s Store) (err error) {
		own, err = s.TakeFiguresTurn(ctx, k.id, 3*k.c.Every)
		return err
	})
	return own, err
}

// count counts every kind in a transaction of its own, so that one that takes too
// long keeps no other from being told.
func (k *Keeper) count(ctx context.Context) (whole bool) {
	whole = true
	for _, kind := range Kinds {
		var all []Figure
		err := k.c.Read(ctx, func(ctx context.Context, s Store) (err error) {
			all, err = s.CountFigures(ctx, kind, k.c.Now())
			return err
		})
		if err != nil {
			whole = false
			k.warn(ctx, "figures were not counted", kind, err)
			continue
		}
		k.c.Measure.FiguresCounted(kind, all)
	}
	var epoch int64
	err := k.c.Read(ctx, func(ctx context.Context, s Store) (err error) {
		epoch, err = s.GrantsEpoch(ctx)
		return err
	})
	if err != nil {
		k.warn(ctx, "figures were not counted", "epoch", err)
		return false
	}
	k.c.Measure.EpochStored(epoch)
	return whole
}

func (k *Keeper) warn(ctx context.Context, text, kind string, err error) {
	if ctx.Err() == nil {
		k.c.Logger.WarnContext(ctx, text, slog.String("kind", kind), slog.Any("error", err))
	}
}
