package figures

import (
	"context"
	"crypto/rand"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"leitai/internal/contest"
	"leitai/internal/fault"
)

// walk is where a process is among all publications. It begins at a chance
// moment of the last two years, so that one that is started again and again
// comes past all of them, and goes round.
type walk struct {
	at        uuid.UUID
	begun     bool
	differing map[uuid.UUID]bool // found, and not seen right again since
}

// looksBack is how far before now a walk may begin.
const looksBack = 2 * 365 * 24 * time.Hour

// chanceStart is an id that sorts like one made at a chance moment.
func chanceStart(now time.Time) uuid.UUID {
	var id uuid.UUID
	_, _ = rand.Read(id[:]) // never fails: crypto/rand ends the program instead
	share := int64(id[6])<<8 | int64(id[7])
	millis := now.Add(-(looksBack >> 16) * time.Duration(share)).UnixMilli()
	for i := range 6 {
		id[i] = byte(millis >> (40 - 8*i))
	}
	return id
}

// prove computes the next few publications again and tells how that went.
func (k *Keeper) prove(ctx context.Context) {
	if !k.walk.begun {
		k.walk.at, k.walk.begun = chanceStart(k.c.Clock()), true
	}
	next, err := k.next(ctx)
	if err != nil {
		k.warn(ctx, "publications were not computed again", "publications", err)
		return
	}
	for _, p := range next {
		if ctx.Err() != nil {
			return
		}
		k.walk.at = p.ID
		outcome := k.proved(ctx, p)
		k.c.Measure.PublicationProved(outcome, len(k.walk.differing))
	}
}

// next names the publications after the last one, or the first ones again.
func (k *Keeper) next(ctx context.Context) (next []Published, err error) {
	err = k.c.Read(ctx, func(ctx context.Context, s Store) (err error) {
		if next, err = s.PublicationsToProve(ctx, k.walk.at, k.c.Proofs); err != nil || len(next) > 0 {
			return err
		}
		next, err = s.PublicationsToProve(ctx, uuid.Nil, k.c.Proofs)
		return err
	})
	return next, err
}

// proved verifies both bundles of a publication as anybody may who has them:
// reproduced, differs or unread.
func (k *Keeper) proved(ctx context.Context, p Published) string {
	public, sealed, err := k.c.Bundles(ctx, p)
	if fault.CodeOf(err) == fault.NotFound { // its tenant has ended meanwhile
		delete(k.walk.differing, p.ID)
		return "unread"
	}
	if err != nil {
		k.warn(ctx, "a publication was not computed again", "publications", err)
		return "unread"
	}
	for form, bundle := range map[contest.Form]string{contest.Public: public, contest.Sealed: sealed} {
		if err := verify(bundle, form); err != nil {
			k.c.Logger.ErrorContext(ctx, "a publication can not be computed again", slog.String("publication", p.ID.String()),
				slog.String("form", string(form)), slog.String("code", string(fault.CodeOf(err))))
			k.walk.differing[p.ID] = true
			return "differs"
		}
	}
	delete(k.walk.differing, p.ID)
	return "reproduced"
}

func verify(bundle string, form contest.Form) error {
	report, err := contest.Verify([]byte(bundle), contest.Trust{})
	if err == nil && report.Form != form {
		err = fault.New(fault.BundleMalformed, "value", string(report.Form))
	}
	return err
}
