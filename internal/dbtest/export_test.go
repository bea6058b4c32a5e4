package dbtest

import "testing"

// StrictTelling is DB.Strict for the test of it.
func StrictTelling(t testing.TB, d *DB, tell func(error)) *Watch {
	t.Helper()
	return d.strict(t, tell)
}
