package postgres

import "context"

// Together gives the function that makes one transaction of several writes, of
// one use case or of several: all of them are kept, or, when do fails, none.
// Nothing is kept either of work whose do ends with an error to say that it was
// only tried.
func Together(db *DB) func(ctx context.Context, do func(ctx context.Context) error) error {
	return func(ctx context.Context, do func(context.Context) error) error {
		return db.write(ctx, func(ctx context.Context, _ *Tx) error { return do(ctx) })
	}
}
