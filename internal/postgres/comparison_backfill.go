package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"leitai/internal/comparison"
	"leitai/internal/contest"
)

// untallied are publications that have left nothing for comparison yet, earlier
// revisions first; trials never do.
const untallied = `
SELECT p.tenant_id, p.id FROM publication p WHERE NOT p.trial AND NOT EXISTS (SELECT FROM round_total t WHERE t.tenant_id = p.tenant_id AND t.publication_id = p.id)
ORDER BY p.tenant_id, p.round_id, p.revision`

// KeepTotals makes the totals for comparison of publications that have none,
// from their sealed bundles, tenant by tenant; every bundle is verified on the
// way. One that does not verify is named in the error, and the others are done
// all the same. It says how many were made; doing it again makes none.
func (m *Maintenance) KeepTotals(ctx context.Context) (made int, err error) {
	waiting := map[uuid.UUID][]uuid.UUID{}
	var tenants []uuid.UUID
	err = m.inTx(ctx, Service{}, true, func(ctx context.Context, tx *Tx) error {
		_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
			var tenant, publication uuid.UUID
			err := s(&tenant, &publication)
			if waiting[tenant] == nil {
				tenants = append(tenants, tenant)
			}
			waiting[tenant] = append(waiting[tenant], publication)
			return struct{}{}, err
		}, untallied)
		return err
	})
	if err != nil {
		return 0, err
	}
	var bad []error
	for _, tenant := range tenants {
		n, err := m.keepTotalsOf(ctx, tenant, waiting[tenant])
		made += n
		bad = append(bad, err)
	}
	return made, errors.Join(bad...)
}

func (m *Maintenance) keepTotalsOf(ctx context.Context, tenant uuid.UUID, publications []uuid.UUID) (made int, err error) {
	var bad []error
	err = m.inTx(ctx, Service{Tenant: tenant}, false, func(ctx context.Context, tx *Tx) error {
		made, bad = 0, nil
		for _, id := range publications {
			kept, err := tx.tallied(ctx, id)
			if err != nil {
				bad = append(bad, fmt.Errorf("publication %s: %w", id, err))
				continue
			}
			if err := tx.InsertTotal(ctx, kept); err != nil {
				return err
			}
			made++
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return made, errors.Join(bad...)
}

// tallied makes the totals of one publication from its sealed bundle.
func (tx *Tx) tallied(ctx context.Context, publication uuid.UUID) (*comparison.Kept, error) {
	var body string
	p, err := queryOne(ctx, tx, func(s scan) (comparison.Published, error) {
		p := comparison.Published{Publication: publication}
		var opened *time.Time
		var on time.Time
		err := s(&p.Round, &p.Competition, &p.Revision, &p.Audience, &opened, &on, &body)
		p.Opened, p.On = dateOfPtr(opened), dateOf(on)
		return p, err
	}, `SELECT r.id, r.competition_id, p.revision, p.audience, (r.opened_at AT TIME ZONE t.time_zone)::date, (p.published_at AT TIME ZONE t.time_zone)::date, b.body
		FROM publication p JOIN round r ON r.tenant_id = p.tenant_id AND r.id = p.round_id JOIN tenant t ON t.id = p.tenant_id
		JOIN sealed_bundle b ON b.tenant_id = p.tenant_id AND b.publication_id = p.id WHERE p.tenant_id = $1 AND p.id = $2`, tx.Tenant(), publication)
	if err != nil {
		return nil, err
	}
	report, err := contest.Verify([]byte(body), contest.Trust{})
	if err != nil {
		return nil, err
	}
	p.Input, p.Result = report.Input, &report.Result
	counts, err := tx.IssueCounts(ctx, p.Competition, p.On)
	if err != nil {
		return nil, err
	}
	return comparison.NewKept(p, counts)
}
