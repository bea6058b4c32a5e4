// Command release writes what a release tells of others' work inside it.
//
//	go run ./internal/supply/release -licences docs/licences.md
//	go run ./internal/supply/release -check docs/licences.md
//	go run ./internal/supply/release -sbom bin/leitai.cdx.json -version 1.2.3
//
// Every form fails when a licence is not known or not allowed.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"

	"leitai/internal/supply"
)

func main() {
	licences := flag.String("licences", "", "write the table of licences to this file")
	check := flag.String("check", "", "compare this file with the table of licences")
	sbom := flag.String("sbom", "", "write the bill of materials to this file")
	version := flag.String("version", "dev", "version of the program")
	flag.Parse()
	if err := run(*licences, *check, *sbom, *version); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1) //nolint:forbidigo // of a main
	}
}

func run(licences, check, sbom, version string) error {
	all, err := supply.Read(context.Background(), ".")
	if err != nil {
		return err
	}
	if err := supply.Check(all); err != nil {
		return err
	}
	var table, bill bytes.Buffer
	if err := errors.Join(supply.Table(&table, all), supply.Bill(&bill, version, all)); err != nil {
		return err
	}
	if check != "" {
		have, err := os.ReadFile(check) //nolint:gosec // named by who runs it
		if err != nil {
			return err
		}
		if !bytes.Equal(have, table.Bytes()) {
			return fmt.Errorf("%s is not what the release consists of: run make licences and commit the result", check)
		}
	}
	for name, content := range map[string][]byte{licences: table.Bytes(), sbom: bill.Bytes()} {
		if name == "" {
			continue
		}
		if err := os.WriteFile(name, content, 0o644); err != nil { //nolint:gosec // it is published
			return err
		}
	}
	return nil
}
