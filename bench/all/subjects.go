package main

import (
	"context"
	"fmt"

	"leitai/bench/stand"
)

// subjectsOf finds the subjects of every question: up to so many townships, and
// counties.
func subjectsOf(ctx context.Context, d *stand.Database, townships int) (map[string][]subject, error) {
	towns, err := boards(ctx, d, townships)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", d.Name(), err)
	}
	var counties []subject
	for _, t := range d.Tokens("county") {
		if len(counties) < townships {
			counties = append(counties, subject{Token: t.Token, Tenant: t.Tenant})
		}
	}
	return map[string][]subject{board: towns, county: counties}, nil
}
