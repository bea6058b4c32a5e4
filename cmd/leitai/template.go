package main

import (
	"bytes"
	"fmt"
	"io"
	"os"

	"leitai/internal/fault"
	"leitai/internal/template"
)

type templateCmd struct {
	Check  templateCheck  `cmd:"" help:"Parse and validate a document, lint it, and tell its burden; every fault is listed with its place."`
	Lint   templateLint   `cmd:"" help:"List the warnings of a document and nothing else; with --strict they fail."`
	Print  templatePrint  `cmd:"" help:"Print a document in its readable form, every default made visible."`
	Schema templateSchema `cmd:"" help:"Print the JSON Schema of template documents, for editors."`
	Diff   templateDiff   `cmd:"" help:"List the differences between two documents, field by field; fails when there are any and --quiet is given."`
	WhatIf templateWhatIf `cmd:"" help:"Compute published rounds anew with other settings, and tell which ranks, bands and accounts would differ."`
}

// toTerminal prints what a command says, also before it fails.
func toTerminal(run func(out *bytes.Buffer) error) error {
	var out bytes.Buffer
	failed := run(&out)
	if _, err := os.Stdout.Write(out.Bytes()); err != nil && failed == nil {
		return err
	}
	return failed
}

// parsedFile reads and checks one document; - is standard input.
func parsedFile(name string) (template.Document, error) {
	var data []byte
	var err error
	if name == "-" {
		data, err = io.ReadAll(io.LimitReader(os.Stdin, template.MaxBytes+1))
	} else {
		data, err = os.ReadFile(name)
	}
	if err != nil {
		return template.Document{}, err
	}
	return template.Parse(data)
}

type templateCheck struct {
	File string `arg:"" help:"YAML or JSON; - for standard input."`
}

// Run lists every fault with its place; warnings stop nothing.
func (c *templateCheck) Run() error { return toTerminal(c.run) }

func (c *templateCheck) run(out *bytes.Buffer) error {
	doc, err := parsedFile(c.File)
	if err != nil {
		return err
	}
	warnOf(out, doc)
	b := template.BurdenOf(doc)
	fmt.Fprintf(out, "每村每月 (per village and month): 台账 ledgers %s, 迎检 visits %s, 照片 photos %s, 报告 reports %s, 会议 meetings %s\n",
		b.LedgerItems.Fixed(1), b.Visits.Fixed(1), b.Photos.Fixed(1), b.Reports.Fixed(1), b.Meetings.Fixed(1))
	fmt.Fprintln(out, "可以启用 (can be activated)")
	return nil
}

func warnOf(out *bytes.Buffer, doc template.Document) int {
	all := template.Lint(doc)
	for _, w := range all {
		fmt.Fprintf(out, "提醒 %s %s: %s\n", w.Code, w.Field, spokenOf(w))
	}
	return len(all)
}

type templateLint struct {
	File   string `arg:"" help:"YAML or JSON; - for standard input."`
	Strict bool   `help:"Fail when there is a warning."`
}

// Run lists warnings.
func (c *templateLint) Run() error { return toTerminal(c.run) }

func (c *templateLint) run(out *bytes.Buffer) error {
	doc, err := parsedFile(c.File)
	if err != nil {
		return err
	}
	if n := warnOf(out, doc); n > 0 && c.Strict {
		return fmt.Errorf("%d 条提醒 (warnings)", n)
	}
	return nil
}

type templatePrint struct {
	File string `arg:"" help:"YAML or JSON; - for standard input."`
	JSON bool   `name:"json" help:"As JSON instead of YAML."`
}

// Run prints the document.
func (c *templatePrint) Run() error { return toTerminal(c.run) }

func (c *templatePrint) run(out *bytes.Buffer) error {
	doc, err := parsedFile(c.File)
	if err != nil {
		return err
	}
	printed := template.Print(doc)
	if c.JSON {
		printed = template.JSON(doc)
	}
	out.Write(printed)
	return nil
}

type templateSchema struct{}

// Run prints the schema.
func (c *templateSchema) Run() error { return toTerminal(c.run) }

func (c *templateSchema) run(out *bytes.Buffer) error {
	out.Write(template.Schema())
	return nil
}

type templateDiff struct {
	From  string `arg:"" help:"The document before."`
	To    string `arg:"" help:"The document after; - for standard input."`
	Quiet bool   `help:"Print nothing, and fail when they differ."`
}

// Run lists what differs; a document is compared by what it says, not by its
// layout or comments.
func (c *templateDiff) Run() error { return toTerminal(c.run) }

func (c *templateDiff) run(out *bytes.Buffer) error {
	from, err := parsedFile(c.From)
	if err != nil {
		return fmt.Errorf("%s: %w", c.From, err)
	}
	to, err := parsedFile(c.To)
	if err != nil {
		return fmt.Errorf("%s: %w", c.To, err)
	}
	changes := template.Diff(from, to)
	if c.Quiet {
		if len(changes) > 0 {
			return fmt.Errorf("%d 处不同 (fields differ)", len(changes))
		}
		return nil
	}
	for _, d := range changes {
		fmt.Fprintf(out, "%s: %s → %s\n", d.Field, shown(d.From), shown(d.To))
	}
	if len(changes) == 0 {
		fmt.Fprintln(out, "内容相同 (they say the same)")
	}
	return nil
}

func shown(value string) string {
	if value == "" {
		return "–"
	}
	return value
}

// spokenOf gives a warning in the language of the terminal.
func spokenOf(w template.Warning) string {
	if spoken() == fault.English {
		return w.EN
	}
	return w.ZH
}
