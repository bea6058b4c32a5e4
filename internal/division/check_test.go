package division_test

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"leitai/internal/division"
	"leitai/internal/fault"
)

// listed prints code, row and column of every fault.
func listed(err error) []string {
	var got []string
	for _, f := range fault.All(err) {
		got = append(got, fmt.Sprintf("%s %d %s", f.Code, f.Place.Row, f.Place.Column))
	}
	return got
}

func TestEveryBadRowIsListed(t *testing.T) {
	t.Parallel()
	rows := []string{
		"43,湖南省,",                                   // 2
		"43122,怀化市,43",                              // 3: five digits
		"4312,,43",                                  // 4: no name
		"431226,麻阳县,4312",                           // 5: right, although its parent has no name
		"43,湖南省,",                                   // 6: again
		"431226216,黄桑乡,431299",                      // 7: no such county, and not of its code
		"431227201,清溪乡,431227",                      // 8: no such county
		"4313,娄底市",                                  // 9: two columns
		"4314,郴州\"市,43",                             // 10: a lone quote
		"431228,芷江县,",                               // 11: no parent
		"4315,永州市,44",                               // 12: not of its code
		"44,广东省,43",                                 // 13: a province below a province
		"4316,\xb3\xfe,43",                          // 14: not UTF-8
		"4317,a\x00b,43",                            // 15: a control character
		"4318,某市,abc",                               // 16: a parent that is no code
		"ABCD,某市,43",                                // 17: no digits
		"4319,某市,43,",                               // 18: four columns
		"4320," + strings.Repeat("长", 101) + ",43",  // 19
		"432126,某县,43",                              // 20: allowed
		"432126216001,某村,432126",                    // 21: skips a level
		"4322," + strings.Repeat("x", 5000) + ",43", // 22: too long a line
		"43,湖南省,",                                   // 23: once more
	}
	table, err := read(header + strings.Join(rows, "\n"))
	want := []string{
		"DIVISION_CODE_INVALID 3 code", "DIVISION_NAME_EMPTY 4 name", "DIVISION_CODE_DUPLICATE 6 code",
		"DIVISION_PARENT_MISMATCH 7 parent", "DIVISION_PARENT_MISSING 8 parent", "DIVISION_ROW_INVALID 9 code", "DIVISION_ROW_INVALID 10 code",
		"DIVISION_PARENT_EMPTY 11 parent", "DIVISION_PARENT_MISMATCH 12 parent", "DIVISION_PARENT_LEVEL 13 parent",
		"DIVISION_NAME_INVALID 14 name", "DIVISION_NAME_INVALID 15 name", "DIVISION_CODE_INVALID 16 parent", "DIVISION_CODE_INVALID 17 code",
		"DIVISION_ROW_INVALID 18 code", "DIVISION_NAME_INVALID 19 name", "DIVISION_PARENT_LEVEL 21 parent", "DIVISION_ROW_INVALID 22 code", "DIVISION_CODE_DUPLICATE 23 code",
	}
	if got := listed(err); !slices.Equal(got, want) || table != nil {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if first := fault.All(err)[2].Args["first"]; first != "2" {
		t.Errorf("the duplicate names row %s", first)
	}
}

func TestCirclesAreNamed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rows []string
		want []string
		path string
	}{
		{[]string{"43,湖南省,43"}, []string{"DIVISION_CYCLE 2 parent"}, "43 → 43"},
		{[]string{"43,湖南省,4312", "4312,怀化市,43"}, []string{"DIVISION_CYCLE 2 parent"}, "43 → 4312 → 43"},
		{
			[]string{"43,湖南省,", "4312,怀化市,43", "431226,甲县,431227", "431227,乙县,431228", "431228,丙县,431226", "431229,丁县,431226"},
			[]string{"DIVISION_CYCLE 4 parent", "DIVISION_CYCLE 5 parent", "DIVISION_CYCLE 6 parent", "DIVISION_PARENT_LEVEL 7 parent"},
			"431226 → 431227 → 431228 → 431226",
		},
	} {
		_, err := read(header + strings.Join(c.rows, "\n"))
		if got := listed(err); !slices.Equal(got, c.want) || fault.All(err)[0].Args["path"] != c.path {
			t.Errorf("%v: %v, %s", c.rows, got, fault.All(err)[0].Args["path"])
		}
	}
}

func TestALongCircleIsStillRefused(t *testing.T) {
	t.Parallel()
	rows := []string{"43,湖南省,", "4312,怀化市,43"}
	for i := range 40 {
		rows = append(rows, fmt.Sprintf("4312%02d,县,4312%02d", i, (i+1)%40))
	}
	_, err := read(header + strings.Join(rows, "\n"))
	if got := fault.All(err); len(got) != 40 || got[0].Code != fault.DivisionParentLevel {
		t.Errorf("%v", listed(err))
	}
}

func TestBadHeadersAndEmptyTables(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]fault.Code{
		"": fault.DivisionHeaderInvalid, "code;name;parent\n": fault.DivisionHeaderInvalid, "43,湖南省,\n": fault.DivisionHeaderInvalid,
		"parent,name,code\n": fault.DivisionHeaderInvalid, "\xff\xfec\x00o\x00": fault.DivisionHeaderInvalid, "代码,名称,上级\n": fault.DivisionHeaderInvalid,
		header: fault.DivisionTableEmpty, header + "\n\n": fault.DivisionTableEmpty,
	} {
		if table, err := read(text); fault.CodeOf(err) != want || table != nil || fault.All(err)[0].Place.Row == 0 {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestManyFaultsAreCappedAndCounted(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString(header)
	for i := range 3000 {
		if i%2 == 0 {
			fmt.Fprintf(&b, "%d,,43\n", 4300+i%100) // no name; no parent; repeated after the first fifty
		} else {
			b.WriteString("x,y,z\n")
		}
	}
	_, err := read(b.String())
	all := fault.All(err)
	last := all[len(all)-1]
	// 1500 rows without a code, 1500 without a name, as many without a parent, and 1450 repeated
	if len(all) != 1001 || last.Code != fault.DivisionTooManyErrors || last.Args["total"] != "5950" || last.Args["listed"] != "1000" {
		t.Fatalf("%d faults, the last %v", len(all), last)
	}
	for i := 1; i < 1000; i++ {
		if all[i].Place.Row < all[i-1].Place.Row {
			t.Fatalf("row %d is listed after row %d", all[i].Place.Row, all[i-1].Place.Row)
		}
	}
	if all[0].Place.Row != 2 || all[999].Place.Row > 1000 {
		t.Errorf("the list runs from row %d to row %d", all[0].Place.Row, all[999].Place.Row)
	}
}

func TestOneThousandFaultsAreAllListed(t *testing.T) {
	t.Parallel()
	_, err := read(header + strings.Repeat("x,y,z\n", 1000))
	if all := fault.All(err); len(all) != 1000 || all[999].Code != fault.DivisionCodeInvalid {
		t.Errorf("%d faults", len(all))
	}
}

// endless repeats a line for ever.
type endless string

func (e endless) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		n += copy(p[n:], e)
	}
	return n, nil
}

func TestEndlessInputIsRefused(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"\n", strings.Repeat("长", 500), strings.Repeat("\"", 1000)} {
		_, err := division.Read(io.MultiReader(strings.NewReader(header), endless(line)), division.Options{})
		if fault.CodeOf(err) != fault.DivisionTableTooLarge {
			t.Errorf("%.10q: %v", line, err)
		}
	}
}

// national is a table of the national size: 31 provinces, about 665,000 rows.
func national() string {
	var b strings.Builder
	b.WriteString(header)
	for p := 11; p < 42; p++ {
		fmt.Fprintf(&b, "%d,某某省,\n", p)
		for c := range 11 {
			fmt.Fprintf(&b, "%d%02d,某某市,%d\n", p, c, p)
			for county := range 9 {
				fmt.Fprintf(&b, "%d%02d%02d,某某县,%d%02d\n", p, c, county, p, c)
				for town := range 13 {
					fmt.Fprintf(&b, "%d%02d%02d%03d,某某镇,%d%02d%02d\n", p, c, county, town, p, c, county)
					for village := range 16 {
						fmt.Fprintf(&b, "%d%02d%02d%03d%03d,某某村村民委员会,%d%02d%02d%03d\n", p, c, county, town, village, p, c, county, town)
					}
				}
			}
		}
	}
	return b.String()
}

func BenchmarkReadNational(b *testing.B) {
	text := national()
	b.ReportAllocs()
	for b.Loop() {
		table, err := division.Read(strings.NewReader(text), division.Options{})
		if err != nil || table.Len() < 600_000 {
			b.Fatal(err)
		}
	}
}
