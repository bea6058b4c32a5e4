package main

import (
	"fmt"
	"os"

	"leitai/internal/fault"
	"leitai/internal/template"
)

type templateCmd struct {
	Check templateCheck `cmd:"" help:"Parse, validate and lint a document; tell its burden and what cannot be activated yet."`
	Print templatePrint `cmd:"" help:"Print a document in its readable canonical form, every default made visible."`
}

type templateCheck struct {
	File string `arg:"" type:"existingfile" help:"YAML or JSON."`
}

// Run lists every fault with its place; warnings stop nothing.
func (c *templateCheck) Run() error {
	data, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	doc, err := template.Parse(data)
	if err != nil {
		return err
	}
	for _, w := range template.Lint(doc) {
		fmt.Printf("提醒 %s %s: %s\n", w.Code, w.Field, spokenOf(w))
	}
	b := template.BurdenOf(doc)
	fmt.Printf("每村每月 (per village and month): 台账 ledgers %s, 迎检 visits %s, 照片 photos %s, 报告 reports %s\n",
		b.LedgerItems, b.Visits, b.Photos, b.Reports)
	fmt.Println("可以启用 (can be activated)")
	return nil
}

type templatePrint struct {
	File string `arg:"" type:"existingfile" help:"YAML or JSON."`
}

// Run prints the document.
func (c *templatePrint) Run() error {
	data, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	doc, err := template.Parse(data)
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(template.Print(doc))
	return err
}

// spokenOf gives a warning in the language of the terminal.
func spokenOf(w template.Warning) string {
	if spoken() == fault.English {
		return w.EN
	}
	return w.ZH
}
