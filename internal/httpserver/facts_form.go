package httpserver

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"

	"leitai/graph"
	"leitai/internal/facts"
	"leitai/internal/sheet"
)

// factForm is one form of a file of facts.
type factForm struct {
	name, media string
	begin       func(w io.Writer, plan *facts.Export) factWriter
}

// factWriter writes facts one after another.
type factWriter interface {
	facts(all []facts.Fact) error
	end() error
}

var (
	factsCSV  = factForm{"csv", "text/csv; charset=utf-8", beginFactsCSV}
	factsJSON = factForm{"json", "application/json; charset=utf-8", beginFactsJSON}
)

// factColumns are the columns of version 1 in their order. New ones are added at
// the end; none moves, goes or changes its meaning.
var factColumns = []string{
	"factsVersion", "demo", "publisherCode", "publisher", "competitionId", "competition", "roundId", "period", "held", "template", "templateVersion",
	"unitCode", "unit", "subjectKind", "subjectCode", "subject", "track", "measure", "key", "keyName", "dimension", "value", "valueText", "unitOfMeasure",
	"publicationId", "revision", "superseded", "publishedAt",
}

// numeric are the columns that hold a number, or nothing.
var numeric = map[string]bool{"factsVersion": true, "templateVersion": true, "value": true, "revision": true}

// factCells are the values of a fact in the order of the columns.
func factCells(f *facts.Fact) []string {
	return []string{
		strconv.Itoa(facts.Version), strconv.FormatBool(f.Demo), f.PublisherCode, f.Publisher, graph.GlobalID("Competition", f.Competition), f.CompetitionName,
		graph.GlobalID("Round", f.Round), f.Period, f.Held.String(), f.Template, strconv.Itoa(f.TemplateVersion),
		f.UnitCode, f.Unit, strings.ToUpper(string(f.Kind)), f.SubjectCode, f.Subject, f.Track, string(f.Measure), f.Key, f.KeyName, f.Dimension,
		f.Value, f.Text, strings.ToUpper(f.MeasuredIn),
		graph.GlobalID("Publication", f.Publication), strconv.Itoa(f.Revision), strconv.FormatBool(f.Superseded), f.PublishedAt.UTC().Format(time.RFC3339Nano),
	}
}

// factsToCSV writes UTF-8 with its mark, so that office programs read Chinese as
// it is; no text of it can be taken for a formula.
type factsToCSV struct {
	out *bufio.Writer
	csv *csv.Writer
}

func beginFactsCSV(w io.Writer, _ *facts.Export) factWriter {
	out := bufio.NewWriterSize(w, 32<<10)
	t := factsToCSV{out, csv.NewWriter(out)}
	t.csv.UseCRLF = true
	_, _ = out.WriteString("\xef\xbb\xbf") // an error stays with the writer
	_ = t.csv.Write(factColumns)           // likewise
	return t
}

func (t factsToCSV) facts(all []facts.Fact) error {
	for i := range all {
		cells := factCells(&all[i])
		for k, text := range cells {
			if numeric[factColumns[k]] {
				cells[k] = sheet.Number(text).Safe()
			} else {
				cells[k] = sheet.Text(text).Safe()
			}
		}
		if err := t.csv.Write(cells); err != nil {
			return err
		}
	}
	return t.end()
}

func (t factsToCSV) end() error {
	t.csv.Flush()
	if err := t.csv.Error(); err != nil {
		return err
	}
	return t.out.Flush()
}

// factsToJSON writes one object: what is said of all, and the facts as objects
// with every column. Decimals are strings, as in the API; a cell without a value
// is null.
type factsToJSON struct {
	out   *bufio.Writer
	first bool
}

func beginFactsJSON(w io.Writer, plan *facts.Export) factWriter {
	t := &factsToJSON{out: bufio.NewWriterSize(w, 32<<10), first: true}
	head, _ := json.Marshal(struct { // strings and numbers
		Version int      `json:"factsVersion"`
		Demo    bool     `json:"demo"`
		Since   string   `json:"since"`
		Columns []string `json:"columns"`
	}{facts.Version, plan.Demo, plan.Since, factColumns})
	_, _ = t.out.Write(head[:len(head)-1]) // an error stays with the writer
	_, _ = t.out.WriteString(`,"facts":[`)
	return t
}

func (t *factsToJSON) facts(all []facts.Fact) error {
	for i := range all {
		if !t.first {
			_ = t.out.WriteByte(',') // an error stays with the writer
		}
		t.first = false
		_, _ = t.out.WriteString("\n{")
		for k, text := range factCells(&all[i]) {
			if k > 0 {
				_ = t.out.WriteByte(',')
			}
			_, _ = t.out.WriteString(`"` + factColumns[k] + `":`)
			_, _ = t.out.Write(jsonCell(factColumns[k], text))
		}
		_ = t.out.WriteByte('}')
	}
	return t.out.Flush()
}

// jsonCell is the value of a column in JSON.
func jsonCell(column, text string) []byte {
	switch column {
	case "demo", "superseded", "factsVersion", "templateVersion", "revision":
		return []byte(text)
	case "track", "key", "keyName", "dimension", "value":
		if text == "" {
			return []byte("null")
		}
	}
	body, _ := json.Marshal(text) // a string
	return body
}

func (t *factsToJSON) end() error {
	_, _ = t.out.WriteString("\n]}\n") // an error stays with the writer
	return t.out.Flush()
}
