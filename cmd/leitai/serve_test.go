package main

import (
	"context"
	"testing"
)

// What runs beside begins when it is told to, ends when it is stopped, and is
// waited for; what was never begun does not run.
func TestWhatRunsBesideBeginsLaterAndIsWaitedFor(t *testing.T) {
	t.Parallel()
	b := newBeside(t.Context())
	running, ended := make(chan struct{}), false
	b.run(func(ctx context.Context) {
		close(running)
		<-ctx.Done()
		ended = true
	})
	select {
	case <-running:
		t.Fatal("it ran before it was told to")
	default:
	}
	b.begin()
	b.begin() // once more is nothing
	<-running
	b.stop()
	if !ended {
		t.Error("it was not waited for")
	}
	never := newBeside(t.Context())
	never.run(func(context.Context) { t.Error("it ran although nothing was begun") })
	never.stop()
	never.begin()
}
