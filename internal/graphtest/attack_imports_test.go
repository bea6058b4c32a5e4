package graphtest_test

import (
	"encoding/csv"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// sheets is an office that has published a month and is sent spreadsheets; home
// is its tenant and away its neighbour's.
type sheets struct {
	*graphtest.Kit
	home, away uuid.UUID
	round      string
	foreign    string // code of a neighbour's village
	stranger   string // pseudonym of a neighbour's judge
}

func newSheets(t *testing.T) *sheets {
	t.Helper()
	k := graphtest.New(t)
	if err := k.World.PlayMonth(t.Context(), firstMonth); err != nil {
		t.Fatal(err)
	}
	return &sheets{Kit: k, home: k.TenantOf(t, sample.TownshipCode), away: k.TenantOf(t, sample.SiblingCode),
		round: "?commit=true&round=" + k.RoundID(firstMonth), foreign: sample.SiblingCode + "001", stranger: "XS1"}
}

// send imports lines of a CSV and gives status and refusals.
func (s *sheets) send(t *testing.T, who, path string, rows ...[]string) (int, []string) {
	t.Helper()
	var b strings.Builder
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	answer := s.Sent(t, s.Token(who), "", "/imports/"+path, "text/csv", []byte(b.String()))
	return answer.Code, graphtest.Refusals(t, answer)
}

// A spreadsheet that names what belongs to another township, by code, name,
// pseudonym or id, or that brings a column for the tenant, is refused at its
// cells: the own rows beside them are not kept either, nothing of the other
// township changes, and nobody learns whether the foreign thing exists.
// covers T35
func TestSheetsThatNameAnotherTownship(t *testing.T) {
	t.Parallel()
	s := newSheets(t)
	own, id := graphtest.VillageCode(1), s.Key(t, `SELECT id FROM unit WHERE code = $1`, s.foreign).String()
	name := s.Strings(t, `SELECT shown_name FROM unit WHERE code = $1`, s.foreign)[0]
	past := "past?commit=true&source=x&competition=" + s.CompetitionID()
	marks, figures := []string{"代码", "单项", "渠道", "评委", "分数"}, []string{"代码", "指标", "数值", "来源"}
	posts := []string{"姓名", "代号", "岗位", "单位代码", "任职时间"}
	for what, c := range map[string]struct {
		path string
		rows [][]string
		want []string
	}{
		"marks of foreign villages": {"marks" + s.round, [][]string{marks, {own, "党建", "onsite", "J1", "90"}, {s.foreign, "党建", "onsite", "J1", "90"}, {id, "党建", "onsite", "J1", "90"}},
			[]string{"IMPORT_SUBJECT A3", "IMPORT_SUBJECT A4"}},
		"marks of a foreign judge": {"marks" + s.round, [][]string{marks, {own, "党建", "onsite", s.stranger, "90"}, {own, "党建", "onsite", s.World.Person(s.stranger).ID.String(), "90"}},
			[]string{"IMPORT_JUDGE D2", "IMPORT_JUDGE D3"}},
		"marks in a grid with a tenant": {"marks" + s.round, [][]string{{"代码", "渠道", "评委", "党建", "tenant_id"}, {own, "onsite", "J1", "90", s.away.String()}},
			[]string{"IMPORT_ITEM E1"}},
		"figures of foreign villages": {"metrics" + s.round, [][]string{figures, {s.foreign, "income", "1", "年报"}, {own, "income", "1", "年报"}, {id, "income", "1", "年报"}},
			[]string{"IMPORT_SUBJECT A2", "IMPORT_SUBJECT A4"}},
		"figures with a tenant": {"metrics" + s.round, [][]string{append(slices.Clone(figures), "租户"), {own, "income", "1", "年报", s.away.String()}},
			[]string{"SHEET_COLUMN_UNKNOWN E1"}},
		"parts of foreign villages": {"parts" + s.round, [][]string{{"代码", "组成部分", "得分"}, {s.foreign, "work", "1"}},
			[]string{"IMPORT_SUBJECT A2"}},
		"people in foreign villages": {"people?commit=true", [][]string{posts, {"甲某", "Q1", "驻村干部", own, "2023-01-01"}, {"乙某", "Q2", "驻村干部", s.foreign, "2023-01-01"}, {"丙某", "Q3", "驻村干部", id, "2023-01-01"}},
			[]string{"UNIT_UNKNOWN D3", "UNIT_UNKNOWN D4"}},
		"people with a tenant": {"people?commit=true", [][]string{append(slices.Clone(posts), "tenant"), {"甲某", "Q1", "驻村干部", own, "2023-01-01", s.away.String()}},
			[]string{"SHEET_COLUMN_UNKNOWN F1"}},
		"past ranks of foreign villages": {past, [][]string{{"期次", "代码", "名次"}, {"2022-12", own, "1"}, {"2022-12", s.foreign, "2"}, {"2022-12", name, "3"}},
			[]string{"UNIT_UNKNOWN B3", "UNIT_UNKNOWN B4"}},
	} {
		before := s.Fingerprint(t, uuid.Nil)
		status, got := s.send(t, sample.Clerk, c.path, c.rows...)
		if status != http.StatusUnprocessableEntity || !slices.Equal(got, c.want) {
			t.Errorf("%s: %d %v, want %v", what, status, got, c.want)
		}
		if s.Fingerprint(t, uuid.Nil) != before {
			t.Errorf("%s: rows changed", what)
		}
		// A code of nobody's is refused in the same words.
		none := replaced(c.rows, map[string]string{s.foreign: "990101209001", id: uuid.NewString(), name: "无此村", s.stranger: "XS99", s.World.Person(s.stranger).ID.String(): uuid.NewString()})
		if nobody, told := s.send(t, sample.Clerk, c.path, none...); nobody != status || !slices.Equal(told, c.want) {
			t.Errorf("%s, of nobody: %d %v", what, nobody, told)
		}
	}
	s.intoAnother(t)
}

func replaced(rows [][]string, by map[string]string) (all [][]string) {
	for _, row := range rows {
		line := slices.Clone(row)
		for i, text := range line {
			if other, known := by[text]; known {
				line[i] = other
			}
		}
		all = append(all, line)
	}
	return all
}

// intoAnother sends the neighbour's clerk into this township's round, poll and
// competition, and keeps what the clerk may keep at home.
func (s *sheets) intoAnother(t *testing.T) {
	t.Helper()
	own := graphtest.VillageCode(1)
	before := s.Fingerprint(t, s.home)
	for path, rows := range map[string][][]string{
		"marks" + s.round:   {{"代码", "单项", "渠道", "评委", "分数"}, {own, "党建", "onsite", "J1", "90"}},
		"metrics" + s.round: {{"代码", "指标", "数值", "来源"}, {own, "income", "1", "年报"}},
		"exams" + s.round:   {{"代码", "考生", "成绩"}, {own, "S1", "1"}},
		"past?commit=true&source=x&competition=" + s.CompetitionID(): {{"期次", "代码", "名次"}, {"2022-12", own, "1"}},
		"raters?commit=true&ballot=" + graphtest.UnknownID("Poll"):   {{"编号", "组别"}, {"Q1", "leadership"}},
	} {
		if status, got := s.send(t, "XC1", path, rows...); status != http.StatusNotFound || !slices.Equal(got, []string{"NOT_FOUND"}) {
			t.Errorf("%s by the neighbour: %d %v", path, status, got)
		}
	}
	if status, got := s.send(t, "XC1", "people?commit=true", []string{"姓名", "代号", "岗位", "单位代码", "任职时间"},
		[]string{"甲某", "S1", "驻村干部", s.foreign, "2023-01-01"}); status != http.StatusOK {
		t.Errorf("the neighbour's own people: %d %v", status, got)
	}
	if homes := s.Strings(t, `SELECT tenant_id::text FROM person WHERE pseudonym = 'S1' ORDER BY tenant_id = $1`, s.home); len(homes) != 2 || homes[0] != s.away.String() {
		t.Errorf("whoever is called like somebody here is kept in %v", homes)
	}
	if s.Fingerprint(t, s.home) != before {
		t.Error("the neighbour's sheets changed something here")
	}
}

// A workbook whose parts declare entities or point to other files reads none of
// them: it is refused, and the answer holds nothing of a file.
// covers T35
func TestWorkbooksThatReachOutside(t *testing.T) {
	t.Parallel()
	s := graphtest.New(t)
	sheet := tabled([]string{"姓名", "代号", "岗位", "单位代码", "任职时间"}, []string{"&e;", "Q1", "驻村干部", graphtest.VillageCode(1), "2023-01-01"})
	entity := `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>`
	laughs := `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY e "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>`
	shared := `<sst><si><t>&e;</t></si></sst>`
	outside := strings.Replace(linksOfSheet, `Target="worksheets/sheet1.xml"`, `Target="file:///etc/passwd" TargetMode="External"`, 1)
	before := s.Fingerprint(t, uuid.Nil)
	for name, file := range map[string][]byte{
		"an entity in a sheet":           book(t, entity+sheet),
		"an entity of entities":          book(t, laughs+sheet),
		"an entity that is not used":     book(t, entity+strings.Replace(sheet, "&e;", "甲某", 1)),
		"an undeclared entity":           book(t, sheet),
		"an entity in the shared texts":  book(t, tabled([]string{"姓名"}), "xl/sharedStrings.xml", entity+shared),
		"a sheet outside of the archive": graphtest.Packed(t, "xl/workbook.xml", bookOfSheet, "xl/_rels/workbook.xml.rels", outside, "xl/worksheets/sheet1.xml", tabled([]string{"姓名"})),
		"a sheet upwards":                graphtest.Packed(t, "xl/workbook.xml", bookOfSheet, "xl/_rels/workbook.xml.rels", strings.Replace(linksOfSheet, "worksheets/", "../../../../etc/", 1)),
	} {
		answer := s.Sent(t, s.Token("C1"), "", ownPeople, octets, file)
		if got := graphtest.Refusals(t, answer); answer.Code != http.StatusUnprocessableEntity || !slices.Equal(got, []string{"SHEET_DAMAGED file"}) || strings.Contains(answer.Body.String(), "root:") {
			t.Errorf("%s: %d %s", name, answer.Code, answer.Body)
		}
	}
	answer := s.Sent(t, s.Token("C1"), "", ownForm, octets, graphtest.Packed(t, "[Content_Types].xml", typesOfWord, "word/document.xml", entity+strings.Replace(emptyOfWord, "{{单位}}", "&e;", 1)))
	if got := graphtest.Refusals(t, answer); answer.Code != http.StatusBadRequest || !slices.Equal(got, []string{"FORM_FORMAT"}) {
		t.Errorf("a form with an entity: %d %s", answer.Code, answer.Body)
	}
	if s.Fingerprint(t, uuid.Nil) != before {
		t.Error("something was written")
	}
}
