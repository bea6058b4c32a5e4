package graphtest_test

import (
	"testing"
	"time"

	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// open reads from the metrics how much of a kind is held open for readers.
func open(t *testing.T, k *graphtest.Kit, kind string) (n float64) {
	t.Helper()
	families, err := k.App.Metrics.Registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() != "leitai_streams" {
			continue
		}
		for _, m := range f.GetMetric() {
			if len(m.GetLabel()) != 1 || m.GetLabel()[0].GetName() != "kind" {
				t.Errorf("streams are told apart by %v", m.GetLabel())
			} else if m.GetLabel()[0].GetValue() == kind {
				n += m.GetGauge().GetValue()
			}
		}
	}
	return n
}

// An operator sees how many sockets, operations and streams of events are open,
// and that they are gone when their readers are.
func TestOpenStreamsAreMeasured(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	served := k.Listen(t, nil)
	want := func(socket, operation, events float64) {
		t.Helper()
		for begun := time.Now(); ; time.Sleep(5 * time.Millisecond) {
			s, o, e := open(t, k, "socket"), open(t, k, "operation"), open(t, k, "events")
			if s == socket && o == operation && e == events {
				return
			}
			if time.Since(begun) > graphtest.Patience {
				t.Fatalf("%v sockets, %v operations and %v streams of events, want %v, %v, %v", s, o, e, socket, operation, events)
			}
		}
	}
	want(0, 0, 0)
	socket := served.Socket(t, k.Token(sample.Clerk))
	want(1, 0, 0)
	socket.Subscribe(t, "1", followRound, graphtest.Vars{"round": k.RoundID("2023-04")})
	socket.Subscribe(t, "2", `subscription { published { cursor } }`, nil)
	events := served.Follow(t, k.Token(sample.Clerk), `subscription { published { cursor } }`, nil)
	want(1, 2, 1)
	socket.Send(t, map[string]any{"id": "2", "type": "complete"})
	want(1, 1, 1)
	events.Leave()
	socket.Leave()
	want(0, 0, 0)
}
