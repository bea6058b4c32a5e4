package template

import (
	"fmt"
	"strings"
	"testing"

	"leitai/internal/fault"
)

// Names are as long as a line of an official document may be, and criteria as
// long as a page; a character counts as one, in whatever script.
func TestHowLongWordsMayBe(t *testing.T) {
	t.Parallel()
	root := everythingNodes(t)
	all := spots(root, "")
	for _, c := range []struct {
		path    string
		longest int
	}{
		{"basis[0].title", 200}, {"basis[0].issuer", 200}, {"name.zh-Hans", 200}, {"name.en", 200}, {"items[0].section", 200},
		{"channels.ledger.name", 200}, {"items[2].checks[0].name", 200}, {"items[0].criteria", 4000},
	} {
		for _, letter := range []string{"很", "a", "𠮷"} {
			if l := readWith(root, at(t, all, c.path), strings.Repeat(letter, c.longest)); has(l, fault.TemplateBadText, c.path) {
				t.Errorf("%s of %d × %s: %v", c.path, c.longest, letter, l)
			}
			if l := readWith(root, at(t, all, c.path), strings.Repeat(letter, c.longest+1)); !has(l, fault.TemplateBadText, c.path) {
				t.Errorf("%s of %d × %s is read: %v", c.path, c.longest+1, letter, l)
			}
		}
	}
}

// What nobody sees cannot be part of a name that is printed, signed and
// compared: it would make two names of one.
func TestHiddenCharactersAreNoPartOfAName(t *testing.T) {
	t.Parallel()
	root := everythingNodes(t)
	node := at(t, spots(root, ""), "basis[0].title")
	for what, r := range map[string]string{
		"zero-width space": "\u200b", "zero-width joiner": "\u200d", "left-to-right mark": "\u200e", "override": "\u202e", "isolate": "\u2066",
		"byte order mark": "\ufeff", "soft hyphen": "\u00ad", "line separator": "\u2028", "paragraph separator": "\u2029", "private use": "\ue000",
		"replacement": "\ufffd", "bell": "\a", "delete": "\x7f", "next line": "\u0085", "tabulator": "\t", "line feed": "\n", "carriage return": "\r",
	} {
		if l := readWith(root, node, "通"+r+"知"); !has(l, fault.TemplateBadText, "basis[0].title") {
			t.Errorf("%s: %v", what, l)
		}
	}
	for _, name := range []string{"㘵头村", "𠮷林", "Ünïcode", "“擂台比武”", "甲　乙", "a b", "通知（试行）", "½", "1．", "—", "①", "😀"} {
		if l := readWith(root, node, name); has(l, fault.TemplateBadText, "basis[0].title") {
			t.Errorf("%s: %v", name, l)
		}
	}
}

// Paragraphs have lines; their other limits are those of names.
func TestParagraphsHaveLines(t *testing.T) {
	t.Parallel()
	root := everythingNodes(t)
	node := at(t, spots(root, ""), "items[0].criteria")
	for _, text := range []string{"一行", "第一行\n第二行", "段\n\n段", "- 一\n- 二"} {
		if l := readWith(root, node, text); has(l, fault.TemplateBadText, "items[0].criteria") {
			t.Errorf("%q: %v", text, l)
		}
	}
	for _, text := range []string{"尾\n", "\n头", " 头", "尾 ", "尾　", "一\r\n二", "一\t二", "一\u2028二"} {
		if l := readWith(root, node, text); !has(l, fault.TemplateBadText, "items[0].criteria") {
			t.Errorf("%q is read: %v", text, l)
		}
	}
}

// Keys are words of small letters and digits, joined by single hyphens; paths
// join keys by dots.
func TestHowKeysAreSpelt(t *testing.T) {
	t.Parallel()
	root := everythingNodes(t)
	all := spots(root, "")
	ident, path := at(t, all, "items[0].owner"), at(t, all, "locks[0]")
	for _, key := range []string{"a", "party", "party-building", "party2", "partyBuilding", "a-1-b", strings.Repeat("a", 64)} {
		if l := readWith(root, ident, key); has(l, fault.TemplateBadKey, "items[0].owner") {
			t.Errorf("%s: %v", key, l)
		}
	}
	for _, key := range []string{"A", "1a", "-a", "a-", "a--b", "a_b", "a.b", "a b", "党建", "ä", "a/b", strings.Repeat("a", 65)} {
		if l := readWith(root, ident, key); !has(l, fault.TemplateBadKey, "items[0].owner") {
			t.Errorf("%s is read: %v", key, l)
		}
	}
	for _, key := range []string{"channels", "bands.bottom", "scale.points", "items.party.points", strings.Repeat("a", 192)} {
		if l := readWith(root, path, key); has(l, fault.TemplateBadKey, "locks[0]") {
			t.Errorf("%s: %v", key, l)
		}
	}
	for _, key := range []string{"bands..bottom", ".bands", "bands.", "items[0]", strings.Repeat("a", 193)} {
		if l := readWith(root, path, key); !has(l, fault.TemplateBadKey, "locks[0]") {
			t.Errorf("%s is read: %v", key, l)
		}
	}
}

// Days exist: those with a year by the calendar, those of every year by a year
// without a 29th of February.
func TestDaysExist(t *testing.T) {
	t.Parallel()
	root := everythingNodes(t)
	all := spots(root, "")
	for _, c := range []struct{ path, good, bad string }{
		{"basis[0].date", "2024-02-29 2023-12-31 2000-02-29 2024-01-01", "2023-02-29 1900-02-29 2024-04-31 2024-13-01 2024-00-10 2024-01-00 2024-1-5 24-01-05 20240105 2024.01.05 2024年1月5日"},
		{"deadlines[0].due", "01-01 02-28 12-31 04-30", "02-29 02-30 04-31 13-01 00-01 01-00 1-5 0105 01/05 1月5日 2024-01-05"},
		{"coverage.allSubjectsBy", "06-30 12-31", "06-31 6-30 30-06"},
	} {
		for _, day := range strings.Fields(c.good) {
			if l := readWith(root, at(t, all, c.path), day); len(l) > 0 {
				t.Errorf("%s on %s: %v", c.path, day, l)
			}
		}
		for _, day := range strings.Fields(c.bad) {
			l := readWith(root, at(t, all, c.path), day)
			if !has(l, fault.TemplateBadDate, c.path) && !has(l, fault.TemplateWrongType, c.path) {
				t.Errorf("%s on %s is read: %v", c.path, day, l)
			}
		}
	}
}

// Lists and keyed maps hold up to 200 members.
func TestHowManyMembersThereMayBe(t *testing.T) {
	t.Parallel()
	members := func(n int, one func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(one(i) + ", ")
		}
		return strings.TrimSuffix(b.String(), ", ")
	}
	for name, c := range map[string]struct {
		path string
		with func(n int) string
	}{
		"documents of a basis": {"basis", func(n int) string {
			return "basis: [" + members(n, func(i int) string { return fmt.Sprintf("{title: 通知%d}", i) }) + "]\n"
		}},
		"bands": {"bands", func(n int) string {
			return "bands: {" + members(n, func(i int) string { return fmt.Sprintf("b%d: {best: 3}", i) }) + "}\n"
		}},
		"classes of an item": {"items[0].for", func(n int) string {
			return "items: [{key: a, name: 甲, points: 100, for: [" + members(n, func(i int) string { return fmt.Sprintf("c%d", i) }) + "]}]\n"
		}},
	} {
		head := "schemaVersion: 1\nkey: a\nname: 甲\nsubject: village\ncalendar: {day: 30}\nchannels: {onsite: {name: 现场, weight: 100}}\n"
		parsed(t, []byte(head+c.with(200)))
		_, err := Parse([]byte(head + c.with(201)))
		wantOnly(t, fault.All(err), fault.TemplateTooMany, c.path)
		if t.Failed() {
			t.Logf("of %s", name)
		}
	}
}

// Documents are nested up to the depth that the shape needs, with room to spare,
// and no more.
func TestHowDeepADocumentMayBe(t *testing.T) {
	t.Parallel()
	for lists, code := range map[int]fault.Code{1: fault.TemplateWrongType, 10: fault.TemplateWrongType, 11: fault.TemplateTooDeep, 50: fault.TemplateTooDeep} {
		_, err := Parse([]byte("schemaVersion: 1\nkey: a\nname: " + strings.Repeat("[", lists) + "1" + strings.Repeat("]", lists) + "\nsubject: village\ncalendar: {day: 30}\nchannels: {onsite: {name: 现场, weight: 100}}\n"))
		if l := fault.All(err); len(l) == 0 || l[0].Code != code {
			t.Errorf("%d lists in a name: %v, want %s", lists, err, code)
		}
	}
}
