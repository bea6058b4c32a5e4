package dbtest

import (
	"testing"
)

func TestNew(t *testing.T) {
	t.Parallel()
	db := New(t)
	var n int
	if err := db.App(t).QueryRow(`SELECT count(*) FROM tenant`).Scan(&n); err != nil {
		t.Fatal(err)
	}
}
