package sample

import (
	"bytes"
	"compress/gzip"
	_ "embed" // of the tables
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"leitai/internal/division"
)

// Codes of the fictional county and its tenants. The statistical table knows no
// province 99.
const (
	CountyCode   = "990101"
	TownshipCode = "990101201" // plays the six months
	SiblingCode  = "990101202" // a second township, which must see nothing of the first
)

// Codes of the tenants that play the other schemes. They are made by
// PlaySchemes, so that whoever builds the county alone does not wait for them.
const (
	ObservedTownCode  = "990101101" // 24 villages, visited one by one every quarter
	SecretaryTownCode = "990101102" // 12 villages in three classes, whose secretaries compete
	StreetCode        = "990101001" // 4 villages and communities, assessed at the end of the year
)

// RealCountyCode is the county of the national table that the demonstration
// imports for browsing. Nothing is ever entered for it.
const RealCountyCode = "431226"

var (
	//go:embed data/divisions.csv.gz
	nationalTable []byte
	//go:embed data/fictional.csv
	fictionalTable []byte
	//go:embed data/schemes.csv
	schemesTable []byte // without a header: it continues the table before
)

// NationalTable opens the national table of divisions, unpacked: code, name and
// parent of 665,276 units.
func NationalTable() (io.ReadCloser, error) {
	r, err := gzip.NewReader(bytes.NewReader(nationalTable))
	if err != nil {
		return nil, fmt.Errorf("sample: unpack the national table: %w", err)
	}
	return r, nil
}

// FictionalTable opens the fictional units in the same form.
func FictionalTable() io.Reader { return bytes.NewReader(fictionalTable) }

// SchemesTable opens the fictional units with those of the tenants that play the
// other schemes.
func SchemesTable() io.Reader {
	return io.MultiReader(bytes.NewReader(fictionalTable), bytes.NewReader(schemesTable))
}

// Subset opens the rows of the national table at and below a code, with its
// ancestors, without holding the whole table in memory.
func Subset(code string) (io.ReadCloser, error) {
	table, err := NationalTable()
	if err != nil {
		return nil, err
	}
	wanted := map[string]bool{"code": true} // the header
	for _, above := range division.Ancestors(code) {
		wanted[above] = true
	}
	out, in := io.Pipe()
	go func() {
		_ = in.CloseWithError(copyRows(in, table, func(c string) bool { return wanted[c] || strings.HasPrefix(c, code) }))
		_ = table.Close()
	}()
	return out, nil
}

// copyRows copies the rows whose code is wanted.
func copyRows(to io.Writer, table io.Reader, wanted func(code string) bool) error {
	rows, out := csv.NewReader(table), csv.NewWriter(to)
	rows.ReuseRecord = true
	for {
		row, err := rows.Read()
		if err == io.EOF {
			out.Flush()
			return out.Error()
		}
		if err != nil {
			return err
		}
		if !wanted(row[0]) {
			continue
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
}

// villageCode gives the code of village V1 … V12 of the township.
func villageCode(key string) string {
	var n int
	if _, err := fmt.Sscanf(key, "V%d", &n); err != nil {
		panic("sample: " + key + " is no village of the sample") // keys are the data's own
	}
	return fmt.Sprintf("%s%03d", TownshipCode, n)
}

// VillageKey gives V1 … V12, as the data call it, for a code of the township;
// "" for any other.
func VillageKey(code string) string {
	var n int
	if rest, ok := strings.CutPrefix(code, TownshipCode); !ok || len(rest) != 3 {
		return ""
	} else if _, err := fmt.Sscanf(rest, "%03d", &n); err != nil {
		return ""
	}
	return fmt.Sprintf("V%d", n)
}
