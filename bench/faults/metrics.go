package main

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"

	"leitai/bench/faults/parts"
)

// metrics reads the metrics without labels that a process tells of itself.
func metrics(ctx context.Context, operations string) (map[string]float64, error) {
	page, err := parts.Get(ctx, "http://"+operations+"/metrics")
	if err != nil {
		return nil, err
	}
	all := map[string]float64{}
	for line := range bytes.Lines(page) {
		name, value, ok := strings.Cut(strings.TrimSpace(string(line)), " ")
		if !ok || strings.HasPrefix(name, "#") || strings.Contains(name, "{") {
			continue
		}
		if all[name], err = strconv.ParseFloat(value, 64); err != nil {
			return nil, fmt.Errorf("metric %s: %w", name, err)
		}
	}
	return all, nil
}
