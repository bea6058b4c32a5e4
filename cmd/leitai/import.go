package main

import (
	"context"
	"fmt"
	"os"

	"leitai/internal/calendar"
	"leitai/internal/postgres"
)

type importCmd struct {
	Divisions importDivisions `cmd:"" help:"Import administrative divisions from a code,name,parent CSV, plain or gzip."`
}

type importDivisions struct {
	File     string `arg:"" type:"existingfile" help:"The table."`
	MaintDSN string `name:"maint-dsn" env:"LEITAI_MAINT_DSN" required:"" help:"DSN of leitai_maint."`
	Subset   string `help:"Take one division only, with everything below and above it."`
	Edition  string `help:"Date (YYYY-MM-DD) on which the table is the whole truth: units it no longer names end on it."`
}

// Run imports the table, all or nothing; a second run changes nothing.
func (c *importDivisions) Run(ctx context.Context) error {
	how := postgres.Import{Subset: c.Subset}
	if c.Edition != "" {
		date, err := calendar.ParseDateAt("edition", c.Edition)
		if err != nil {
			return err
		}
		how.Edition = date
	}
	file, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // read only
	report, err := postgres.ImportDivisions(ctx, c.MaintDSN, file, how)
	if err != nil {
		return err
	}
	fmt.Printf("rows %d, added %d, renamed %d, moved %d, closed %d\n", report.Rows, report.Added, report.Renamed, report.Moved, report.Closed)
	return nil
}
