package jobs

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"leitai/internal/viewer"
)

// Files is where results lie.
type Files interface {
	Delete(ctx context.Context, key string) error
	// Walk names the files under a prefix that were written before a moment.
	Walk(ctx context.Context, prefix string, before time.Time, do func(key string) error) error
}

const (
	// recordDays is how long a job that ended is told of.
	recordDays = 180
	// orphanAge is how old a file must be before nobody can be writing it: longer
	// than a job takes.
	orphanAge = 24 * time.Hour
)

// Folder is the part of the store, below the tenant's own, in which results lie.
const Folder = "export"

// Sweep removes the viewer's tenant's results whose days are over, files of
// tries that did not count, and jobs that ended long ago. It may run in several
// processes at once: a file that is gone already is removed again without harm.
func (s *Service) Sweep(ctx context.Context, files Files, now time.Time) (removed int, err error) {
	who, err := viewer.From(ctx)
	if err != nil {
		return 0, err
	}
	var over []Kept
	err = s.read(ctx, func(ctx context.Context, st Store) (err error) {
		over, err = st.KeptResults(ctx, false)
		return err
	})
	if err != nil {
		return 0, err
	}
	gone := make([]uuid.UUID, len(over))
	for i, k := range over {
		if err := files.Delete(ctx, k.Key); err != nil {
			return removed, err
		}
		removed++
		gone[i] = k.Job
	}
	err = s.write(ctx, func(ctx context.Context, st Store) error { return st.ForgetJobs(ctx, gone, recordDays) })
	if err != nil {
		return removed, err
	}
	orphans, err := s.orphans(ctx, files, who.Tenant, now)
	for _, key := range orphans {
		if err := files.Delete(ctx, key); err != nil {
			return removed, err
		}
		removed++
	}
	return removed, err
}

// orphans lists old files that no job names. The files are listed first, so that
// one whose job ends meanwhile is known.
func (s *Service) orphans(ctx context.Context, files Files, tenant uuid.UUID, now time.Time) ([]string, error) {
	var old []string
	err := files.Walk(ctx, strings.Join([]string{tenant.String(), Folder, ""}, "/"), now.Add(-orphanAge), func(key string) error {
		old = append(old, key)
		return nil
	})
	if err != nil || len(old) == 0 {
		return nil, err
	}
	var orphans []string
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		orphans = nil
		kept, err := st.KeptResults(ctx, true)
		known := make(map[string]bool, len(kept))
		for _, k := range kept {
			known[k.Key] = true
		}
		for _, key := range old {
			if !known[key] {
				orphans = append(orphans, key)
			}
		}
		return err
	})
	return orphans, err
}
