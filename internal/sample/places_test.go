package sample_test

import (
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"strings"
	"testing"

	"leitai/internal/division"
	"leitai/internal/sample"
)

// endings say what kind of place a name is; what stands before them must be
// unheard of.
var endings = []string{"村村民委员会", "社区居民委员会", "省", "市", "县", "街道", "镇", "乡", "村", "社区"}

func stem(name string) string {
	for _, ending := range endings {
		if s, cut := strings.CutSuffix(name, ending); cut {
			return s
		}
	}
	return name
}

// TestNothingOfTheCountyIsReal holds every code and the telling part of every
// name of the fictional county against the whole national table.
func TestNothingOfTheCountyIsReal(t *testing.T) {
	t.Parallel()
	table, err := sample.NationalTable()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(table)
	if err != nil {
		t.Fatal(err)
	}
	national := string(raw)
	if rows := strings.Count(national, "\n") - 1; rows != 665_276 {
		t.Fatalf("the national table has %d rows", rows)
	}
	rows, err := csv.NewReader(sample.SchemesTable()).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1+20+25+13+5+4+5+6 {
		t.Fatalf("the fictional table has %d rows with its header", len(rows))
	}
	for _, row := range rows[1:] {
		if strings.Contains(national, "\n"+row[0]) {
			t.Errorf("the code %s begins a code of the national table", row[0])
		}
		for _, name := range []string{stem(row[1]), stem(division.ShownName(row[1]))} {
			if name == "" || strings.Contains(national, name) {
				t.Errorf("%s is in the national table", name)
			}
		}
	}
}

// TestTwelveVillagesAndCommunities tells that the township has villages and a
// community, twelve together, under legal and shown names.
// covers A03
func TestTwelveVillagesAndCommunities(t *testing.T) {
	t.Parallel()
	table, err := division.Read(sample.FictionalTable(), division.Options{})
	if err != nil {
		t.Fatal(err)
	}
	villages, communities := 0, 0
	for row := range table.All() {
		if row.Parent != sample.TownshipCode {
			continue
		}
		switch shown := division.ShownName(row.Name); {
		case strings.HasSuffix(shown, "社区"):
			communities++
		case strings.HasSuffix(shown, "村"):
			villages++
		default:
			t.Errorf("%s is shown as %s", row.Name, shown)
		}
	}
	if villages != 11 || communities != 1 {
		t.Errorf("%d villages and %d communities", villages, communities)
	}
}

func TestSubsetIsOneCountyWithWhatIsAboveIt(t *testing.T) {
	t.Parallel()
	r, err := sample.Subset(sample.RealCountyCode)
	if err != nil {
		t.Fatal(err)
	}
	table, err := division.Read(r, division.Options{})
	if err != nil {
		t.Fatal(err)
	}
	have := map[division.Level]int{}
	for row := range table.All() {
		have[row.Level]++
		if row.Level == division.County && row.Code != sample.RealCountyCode {
			t.Errorf("%s %s belongs to another county", row.Code, row.Name)
		}
	}
	want := map[division.Level]int{division.Province: 1, division.Prefecture: 1, division.County: 1, division.Township: 18, division.Village: 223}
	for level, n := range want {
		if have[level] != n {
			t.Errorf("%d of level %s, want %d", have[level], level, n)
		}
	}
}

// What is played is the worked cases, byte by byte.
func TestDataAreTheWorkedCases(t *testing.T) {
	t.Parallel()
	for file, of := range map[string]string{
		"months.json": "s1-monthly-arena", "observation.json": "s2-observation", "secretaries.json": "s3-secretary-arena",
		"yearend.json": "s5-annual-assessment", "term.json": "s4-first-secretary",
	} {
		worked, err := os.ReadFile("../golden/testdata/" + of + ".input.json")
		if err != nil {
			t.Fatal(err)
		}
		played, err := os.ReadFile("data/" + file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(played, worked) {
			t.Errorf("data/%s differs from the worked case %s", file, of)
		}
	}
}
