package graphtest

import (
	"leitai/internal/httpserver"
	"leitai/internal/wiring"
	"leitai/internal/wiring/edge"
)

// Beside is the same county behind a second program on its database: a replica.
func (k *Kit) Beside(app *wiring.App) *Kit {
	other := *k
	other.App, other.handler = app, edge.New(app, httpserver.Defaults()).Handler()
	return &other
}
