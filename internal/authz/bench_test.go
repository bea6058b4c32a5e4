package authz

import (
	"fmt"
	"testing"
)

// A hit and a denied check with a hundred thousand users.
func BenchmarkDecide(b *testing.B) {
	w, a := newWorld(), newAuthz(b)
	for i := range 100_000 {
		w.put(gives(fmt.Sprint("user ", i), Roles()[i%len(Roles())].Role, "township", "township"))
	}
	w.put(gives("judge", Judge, "township", "township"))
	ctx := w.as(b, a, "judge", "township")
	for name, p := range map[string]Permission{"hit": MarkWrite, "deny": RoundPublish} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				a.May(ctx, p, place0)
			}
		})
	}
}

var place0 = place("village 1")
