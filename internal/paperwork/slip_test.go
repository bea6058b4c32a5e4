package paperwork

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"rsc.io/qr"
)

func threeSlips() Slips {
	return Slips{Host: "云溪镇", Title: "年度民主测评 <一>", Site: "https://leitai.example/", Slips: []Slip{
		{"党员代表", "0123-4567-89AB-CDEF-GHJK-MNPQ-RS"}, {"组长和群众代表", "ZYXW-VTSR-QPNM-KJHG-FEDC-BA98-76"}, {"党员代表", "1111-2222-3333-4444-5555-6666-77"}}}
}

// Every slip has its group, its code in letters and a pattern of its own, in the
// order given, and nothing that could be put together with a person: no number,
// no date.
func TestSlips(t *testing.T) {
	t.Parallel()
	page, err := threeSlips().HTML()
	if err != nil {
		t.Fatal(err)
	}
	text := string(page)
	at := 0
	for _, s := range threeSlips().Slips {
		i := strings.Index(text[at:], s.Code)
		if i < 0 || !strings.Contains(text[at:at+i], s.Group) {
			t.Fatalf("%s of %s is missing or out of order", s.Code, s.Group)
		}
		at += i
	}
	if strings.Contains(text, "<一>") || !strings.Contains(text, "&lt;一&gt;") {
		t.Error("the title is not escaped")
	}
	if strings.Contains(text, "演示") {
		t.Error("called a demonstration")
	}
	paths := regexp.MustCompile(` d="([^"]+)"`).FindAllStringSubmatch(text, -1)
	if len(paths) != 3 || paths[0][1] == paths[1][1] || paths[0][1] == paths[2][1] {
		t.Errorf("%d patterns, or two alike", len(paths))
	}
	if strings.Contains(text, "<script") || strings.Contains(text, "http://") || strings.Count(text, "leitai.example/ballot") != 3 {
		t.Error("the page runs or loads something, or does not say where to go")
	}
}

// The drawn pattern is that of the address with the code behind #, module by
// module.
func TestSlipPattern(t *testing.T) {
	t.Parallel()
	const text = "https://leitai.example/ballot#0123456789ABCDEFGHJKMNPQRS"
	size, path, err := qrPath(text)
	if err != nil {
		t.Fatal(err)
	}
	want, err := qr.Encode(text, qr.M)
	if err != nil {
		t.Fatal(err)
	}
	dark := map[[2]int]bool{}
	number := func(s string) int {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, run := range regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`).FindAllStringSubmatch(path, -1) {
		if run[3] != run[4] {
			t.Fatalf("a run that does not close: %s", run[0])
		}
		for i := range number(run[3]) {
			dark[[2]int{number(run[1]) + i, number(run[2])}] = true
		}
	}
	if size != want.Size+8 {
		t.Errorf("%d modules with the quiet zone of %d", size, want.Size)
	}
	for y := range size {
		for x := range size {
			if dark[[2]int{x, y}] != want.Black(x-4, y-4) {
				t.Fatalf("module %d,%d is wrong", x, y)
			}
		}
	}
}

// What does not fit into a pattern is refused, not cut.
func TestSlipTooLong(t *testing.T) {
	t.Parallel()
	s := threeSlips()
	s.Site = "https://" + strings.Repeat("long.", 900) + "example"
	if _, err := s.HTML(); err == nil {
		t.Error("an address of 4,500 letters fits")
	}
}
