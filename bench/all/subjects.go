package main

import (
	"context"
	"fmt"

	"leitai/bench/stand"
)

// questions that are asked, in their order.
var questions = []string{board}

// subjectsOf finds the subjects of every question: up to so many townships.
func subjectsOf(ctx context.Context, d *stand.Database, townships int) (map[string][]subject, error) {
	towns, err := boards(ctx, d, townships)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", d.Name(), err)
	}
	return map[string][]subject{board: towns}, nil
}
