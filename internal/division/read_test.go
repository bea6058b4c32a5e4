package division_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"leitai/internal/division"
	"leitai/internal/fault"

	"pgregory.net/rapid"
)

const header = "code,name,parent\n"

// nationalShapes has the shapes of the national table: an ordinary branch, a city without
// counties, counties directly under a province, and provinces without rows.
const nationalShapes = header + `43,湖南省,
4312,怀化市,43
431226,麻阳苗族自治县,4312
431226216,黄桑乡,431226
44,广东省,
4419,东莞市,44
441900,东莞市,4419
441900003,东城街道,441900
441900003001,岗贝社区居民委员会,441900003
42,湖北省,
4290,省直辖县级行政区划,42
429004,仙桃市,4290
429004001,沙嘴街道,429004
71,台湾省,
81,香港特别行政区,
82,澳门特别行政区,
`

func read(text string) (*division.Table, error) {
	return division.Read(strings.NewReader(text), division.Options{})
}

func TestReadTheNationalShapes(t *testing.T) {
	t.Parallel()
	table, err := read(nationalShapes)
	if err != nil {
		t.Fatal(err)
	}
	count := table.Count()
	if table.Len() != 16 || count[division.Province] != 6 || count[division.Prefecture] != 3 || count[division.County] != 3 || count[division.Township] != 3 || count[division.Village] != 1 {
		t.Errorf("%d rows: %v", table.Len(), count)
	}
	got, ok := table.Find("441900003001")
	if want := (division.Row{Line: 10, Code: "441900003001", Name: "岗贝社区居民委员会", Parent: "441900003", Level: division.Village}); !ok || got != want {
		t.Errorf("found %+v", got)
	}
	for _, code := range []string{"441900003002", "", "x", "1"} {
		if row, ok := table.Find(code); ok {
			t.Errorf("%q is %+v", code, row)
		}
	}
}

func TestReadAllowsTheShortcutsAndNoOthers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]fault.Code{
		"44,广东省,\n4419,东莞市,44\n441900003,东城街道,4419\n441900003001,岗贝社区,441900003\n": "",
		"42,湖北省,\n429004,仙桃市,42\n429004001,沙嘴街道,429004\n":                          "",
		"71,台湾省,\n710000,台湾省,71\n":                                                 "",
		"710000,台湾省,\n":                                                            fault.DivisionParentEmpty,
		"44,广东省,\n441900003,东城街道,44\n":                                             fault.DivisionParentLevel,
		"43,湖南省,\n4312,怀化市,43\n431226,麻阳县,4312\n431226216001,沈庄村,431226\n":         fault.DivisionParentLevel,
	} {
		if _, err := read(header + text); fault.CodeOf(err) != want {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestReadForgivesForm(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"byte order mark":        "\ufeff" + header + "43,湖南省,\n4312,怀化市,43\n",
		"Windows line ends":      "code,name,parent\r\n43,湖南省,\r\n4312,怀化市,43\r\n",
		"quotes":                 "\"code\",\"name\",\"parent\"\n\"43\",\"湖南省\",\"\"\n4312,\"怀化市\",43\n",
		"blank lines":            header + "\n43,湖南省,\n\n  \n4312,怀化市,43\n\n",
		"no line end":            header + "43,湖南省,\n4312,怀化市,43",
		"spaces around values":   header + " 43 , 湖南省 ,\n4312,\u3000怀化市\u3000,43 \n",
		"parent after its child": header + "4312,怀化市,43\n43,湖南省,\n",
	} {
		table, err := read(text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		for row := range table.All() {
			got = append(got, row.Code+row.Name+row.Parent)
		}
		if !slices.Equal(got, []string{"43湖南省", "4312怀化市43"}) {
			t.Errorf("%s: %v", name, got)
		}
	}
	table, err := read(header + "43,\"湖南,省\",\n")
	if row, _ := table.Find("43"); err != nil || row.Name != "湖南,省" {
		t.Errorf("a comma in quotes: %+v, %v", row, err)
	}
}

func TestReadKnownParents(t *testing.T) {
	t.Parallel()
	text := header + "431226216,黄桑乡,431226\n431226216001,沈庄村,431226216\n"
	if _, err := read(text); fault.CodeOf(err) != fault.DivisionParentMissing {
		t.Errorf("an unknown parent: %v", err)
	}
	known := func(code string) bool { return code == "431226" }
	if table, err := division.Read(strings.NewReader(text), division.Options{Known: known}); err != nil || table.Len() != 2 {
		t.Errorf("a parent imported before: %v", err)
	}
}

func TestOpenTellsGzipFromPlain(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, _ = io.WriteString(w, nationalShapes)
	_ = w.Close()
	for name, r := range map[string]io.Reader{
		"plain": strings.NewReader(nationalShapes), "gzip": bytes.NewReader(packed.Bytes()), "gzip byte by byte": iotest.OneByteReader(bytes.NewReader(packed.Bytes())),
	} {
		plain, err := division.Open(r)
		if err != nil {
			t.Fatal(name, err)
		}
		if table, err := division.Read(plain, division.Options{}); err != nil || table.Len() != 16 {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, short := range []string{"", "c", "\x1f"} {
		if plain, err := division.Open(strings.NewReader(short)); err != nil {
			t.Errorf("%q: %v", short, err)
		} else if _, err := division.Read(plain, division.Options{}); fault.CodeOf(err) != fault.DivisionHeaderInvalid {
			t.Errorf("%q: %v", short, err)
		}
	}
}

func TestDamagedArchivesAreTheSendersFault(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, _ = io.WriteString(w, nationalShapes)
	_ = w.Close()
	whole := packed.Bytes()
	flipped := slices.Clone(whole)
	flipped[len(flipped)-6] ^= 1 // the checksum
	for name, data := range map[string][]byte{
		"cut in the middle": whole[:len(whole)/2], "cut in the head": whole[:5], "checksum": flipped, "no gzip inside": []byte("\x1f\x8bxxxxxxxxxx"), "noise": append(slices.Clone(whole[:10]), bytes.Repeat([]byte{0xff}, 50)...),
	} {
		plain, err := division.Open(bytes.NewReader(data))
		if err == nil {
			_, err = division.Read(plain, division.Options{})
		}
		if fault.CodeOf(err) != fault.DivisionArchiveUnreadable {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAFailingReaderIsNoFaultOfTheTable(t *testing.T) {
	t.Parallel()
	lost := errors.New("connection lost")
	r := io.MultiReader(strings.NewReader(nationalShapes), iotest.ErrReader(lost))
	if table, err := division.Read(r, division.Options{}); !errors.Is(err, lost) || fault.All(err) != nil || table != nil {
		t.Errorf("got %v, %v", table, err)
	}
	if _, err := division.Open(iotest.ErrReader(lost)); !errors.Is(err, lost) {
		t.Errorf("opened: %v", err)
	}
}

// anyTree gives the rows of a random tree, shuffled.
func anyTree(t *rapid.T) []string {
	var rows []string
	var grow func(code string, depth int)
	widths := []int{2, 2, 2, 3, 3}
	grow = func(parent string, depth int) {
		for i := range rapid.IntRange(1, 3).Draw(t, "children") {
			digits := "000" + string(rune('1'+i))
			code := parent + digits[len(digits)-widths[depth]:]
			rows = append(rows, code+",某地"+code+","+parent)
			if depth < 4 && rapid.Bool().Draw(t, "deeper") {
				grow(code, depth+1)
			}
		}
	}
	grow("", 0)
	return rapid.Permutation(rows).Draw(t, "order")
}

func TestAnyTreeInAnyOrderIsReadWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rows := anyTree(t)
		table, err := read(header + strings.Join(rows, "\n"))
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{"": true}
		for row := range table.All() {
			if !seen[row.Parent] || seen[row.Code] {
				t.Fatalf("%+v comes before its parent or twice", row)
			}
			seen[row.Code] = true
			if rows[row.Line-2] != row.Code+","+row.Name+","+row.Parent {
				t.Fatalf("%+v is not row %d: %s", row, row.Line, rows[row.Line-2])
			}
		}
		if len(seen) != len(rows)+1 || table.Len() != len(rows) {
			t.Fatalf("%d of %d rows", len(seen)-1, len(rows))
		}
		for range table.All() {
			break // an iterator that is left early stops
		}
	})
}

func FuzzRead(f *testing.F) {
	for _, text := range []string{nationalShapes, header, header + "43,a,43\n", header + "\"43,a\n", "\xef\xbb\xbf" + header + "43,\xff,\n", header + "4312,x,43\n43,y,4312\n"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		table, err := read(text)
		if (table == nil) != (err != nil) || err != nil && len(fault.All(err)) == 0 {
			t.Fatalf("%v, %v", table, err)
		}
		if err != nil {
			return
		}
		for row := range table.All() {
			if found, ok := table.Find(row.Code); !ok || found != row || row.Name == "" {
				t.Fatalf("%+v is found as %+v", row, found)
			}
		}
	})
}
