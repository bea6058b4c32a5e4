package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"leitai/bench/data"
	"leitai/internal/config"
)

type benchDataCmd struct {
	DSN    string  `name:"maint-dsn" env:"LEITAI_MAINT_DSN" required:"" help:"DSN of leitai_maint, on a migrated database without tenants."`
	Keys   string  `env:"LEITAI_KEYS" required:"" type:"existingdir" help:"Key folder, made by 'leitai keys'; bundles are signed with it."`
	Out    string  `required:"" type:"path" help:"New file for the tokens of every county and township; mode 0600."`
	Scale  float64 `default:"1" help:"Part of a whole province: 0.01 makes a hundredth of its townships."`
	Rounds int     `default:"12" help:"Published months a township, the last of them December 2025."`
	Items  int     `default:"20" help:"Items of a round."`
	Judges int     `default:"2" help:"Judges of a township."`
	Seed   uint64  `default:"1" help:"The same seed makes the same rows, but for the tokens."`
	Open   int     `default:"0" help:"Further months a township, being marked, with the token of a clerk who enters marks."`
	More   int     `default:"0" help:"Further counties of one small township each, with one published month."`
	Grants int     `default:"0" help:"Further grants, spread over all tenants."`
}

// Run makes the province and writes the tokens.
func (c *benchDataCmd) Run(ctx context.Context) error {
	keys, err := config.LoadKeys(c.Keys)
	if err != nil {
		return err
	}
	out, err := os.OpenFile(c.Out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	begun := time.Now()
	report, err := data.Make(ctx, data.Options{DSN: c.DSN, Keys: keys, Scale: c.Scale, Rounds: c.Rounds, Items: c.Items, Judges: c.Judges, Seed: c.Seed,
		Open: c.Open, More: c.More, Grants: c.Grants,
		Now: time.Now, Progress: func(text string) { fmt.Fprintln(os.Stderr, text) }})
	if err != nil {
		return errors.Join(err, out.Close(), os.Remove(c.Out))
	}
	to := json.NewEncoder(out)
	to.SetIndent("", " ")
	if err := errors.Join(to.Encode(report.Tokens), out.Close()); err != nil {
		return err
	}
	fmt.Printf("counties %d, townships %d, villages %d, rounds %d, marks %d, seconds %.1f\n",
		report.Counties, report.Townships, report.Villages, report.Rounds, report.Marks, time.Since(begun).Seconds())
	return nil
}
