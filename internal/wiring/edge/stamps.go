package edge

import (
	"context"
	"time"

	"leitai/internal/viewer"
	"leitai/internal/wiring"
)

// stamps proves credentials for answers that are kept.
type stamps struct{ app *wiring.App }

// Stamp implements httpserver.Stamper.
func (s stamps) Stamp(ctx context.Context, c viewer.Credential) (*viewer.Viewer, string, error) {
	if c.App {
		return nil, "", nil // what an app reads follows from other tenants' consents, which no stamp tells
	}
	return s.app.DB.Stamp(ctx, c)
}

// Now implements httpserver.Stamper.
func (s stamps) Now() time.Time { return s.app.Now() }

// Count implements httpserver.Stamper.
func (s stamps) Count(v *viewer.Viewer) { s.app.Hosting.Meter.Count(v) }
