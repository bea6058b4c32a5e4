package sample

import "leitai/internal/wiring"

// On is the same county on another service, whose database is a copy of the
// first one's, with a clock of its own.
func (w *World) On(app *wiring.App, clock *Clock) *World {
	again := *w
	again.app, again.Clock = app, clock
	return &again
}
