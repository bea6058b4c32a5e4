package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// recompute runs the program that computes a province's round anew (P5).
func (b *bench) recompute(ctx context.Context) error {
	villages := 25547
	if b.quick {
		villages = 2000
	}
	var found struct{ Villages, Marks, OwnMillis, SQLMillis int }
	if err := b.program(ctx, "recompute", &found, "-runs", strconv.Itoa(b.runs), "-villages", strconv.Itoa(villages)); err != nil {
		return err
	}
	b.atLeast("P5", fmt.Sprintf("a round of %d villages, as fast as one SQL statement times", found.Villages), float64(found.SQLMillis)/float64(found.OwnMillis), 10,
		fmt.Sprintf("%d ms and %d ms, %d marks", found.OwnMillis, found.SQLMillis, found.Marks))
	return nil
}

// authorise runs the program that decides about permissions with a million
// grants: in all tenants of the country (P10), and in the same thirty with no
// other in memory and with all of them (P11).
func (b *bench) authorise(ctx context.Context) error {
	const few, all = "30", "0"
	type decided struct{ HitNanos, DenialNanos, Tenants int }
	decide := func(townships, asked string) (d decided, err error) {
		return d, b.program(ctx, "authorise", &d, "-grants", strconv.Itoa(grants), "-askers", "100000", "-townships", townships, "-asked", asked)
	}
	many, err := decide(all, all)
	if err != nil {
		return err
	}
	detail := fmt.Sprintf("hit %d ns, denial %d ns", many.HitNanos, many.DenialNanos)
	b.atMost("P10", fmt.Sprintf("ns of a decision with %d grants in %d tenants", grants, many.Tenants), float64(max(many.HitNanos, many.DenialNanos)), 1000, detail)
	var alone, among []decided
	for range b.runs {
		for _, one := range []struct {
			townships string
			into      *[]decided
		}{{few, &alone}, {all, &among}} {
			d, err := decide(one.townships, few)
			if err != nil {
				return err
			}
			*one.into = append(*one.into, d)
		}
	}
	hit := func(d decided) int { return d.HitNanos }
	b.atMost("P11", fmt.Sprintf("a decision in %d tenants with %d in memory, beside those alone", alone[0].Tenants, among[0].Tenants), float64(median(among, hit))/float64(median(alone, hit)), flat,
		fmt.Sprintf("hit %d ns and %d ns", median(among, hit), median(alone, hit)))
	return nil
}

// grants of the whole country.
const grants = 1_000_000

// program runs one of the other benchmarks, which writes what it found as JSON
// when it is asked to.
func (b *bench) program(ctx context.Context, name string, into any, args ...string) error {
	c := exec.CommandContext(ctx, filepath.Join(b.bin, name), append(args, "-json")...) //nolint:gosec // built for this run
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return json.Unmarshal(out, into)
}
