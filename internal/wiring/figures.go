package wiring

import (
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"

	"leitai/internal/figures"
	"leitai/internal/postgres"
	"leitai/internal/round"
	"leitai/internal/telemetry"
	"leitai/internal/template"
)

// figures makes what counts over all tenants; Work runs it.
func (a *App) figures() {
	a.Figures = figures.New(figures.Config{Read: postgres.Outside[figures.Store](a.DB), Bundles: a.bundles, Measure: counted{a.Metrics.Figures()},
		Logger: a.Logger, Now: a.Now, Clock: time.Now}) //nolint:forbidigo // how long counting takes is the machine's
}

// bundles reads both bundles of a publication as the program itself.
func (a *App) bundles(ctx context.Context, p figures.Published) (public, sealed string, err error) {
	err = a.within(ctx, p.Tenant, func(ctx context.Context) error {
		return postgres.Read[bundles](a.DB)(ctx, func(ctx context.Context, s bundles) (err error) {
			public, sealed, err = s.BundlesOf(ctx, p.ID)
			return err
		})
	})
	return public, sealed, err
}

// bundles is what a.bundles reads by.
type bundles interface {
	BundlesOf(ctx context.Context, publication uuid.UUID) (public, sealed string, err error)
}

// counted tells figures by the instruments of telemetry.
type counted struct{ *telemetry.Figures }

// FiguresCounted implements figures.Measure.
func (c counted) FiguresCounted(kind string, all []figures.Figure) {
	told := make([]telemetry.Counted, len(all))
	for i, f := range all {
		told[i] = telemetry.Counted{TenantKind: f.TenantKind, State: f.State, Late: f.Late, Demo: f.Demo, Count: f.Count}
	}
	c.Figures.FiguresCounted(kind, told)
}

// burdened notes what the template of a round that is published for the first
// time asks of each village.
func (a *App) burdened(of round.Settlement) {
	if of.Revision != 1 || of.Template == nil {
		return
	}
	if things, err := strconv.ParseFloat(template.BurdenOf(*of.Template).Total().Fixed(3), 64); err == nil {
		a.Metrics.Rounds().Burdened(things)
	}
}
