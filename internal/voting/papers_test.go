package voting

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/ballot"
	"leitai/internal/exact"
	"leitai/internal/paperwork"
	"leitai/internal/template"
)

func meeting() *Poll {
	return &Poll{Key: "assembly", Title: "民主测评", Subjects: []Subject{{ID: uuid.New(), Name: "沈庄村"}, {ID: uuid.New(), Name: "柳溪村"}},
		Groups: []Group{{Key: "leaders", Due: 8, Recusal: ballot.Recusal{Most: 1}}, {Key: "others", Due: 9}},
		Rule: template.Ballot{Key: "assembly", Threshold: 6, Small: "hide", Exclude: []string{"recused", "invalid", "abstained"},
			Options: []template.BallotOption{{Key: "good", Name: template.Text{ZH: "好"}, Score: exact.Int(100)}, {Key: "poor", Score: exact.Int(0)}},
			Groups:  []template.BallotGroup{{Key: "leaders", Name: template.Text{ZH: "班子成员"}, Weight: exact.Int(40)}, {Key: "others", Weight: exact.Int(60)}}}}
}

func said(p *Poll, leaders int) []ballot.Result {
	var all []ballot.SubjectCount
	for _, s := range p.Subjects {
		all = append(all, ballot.SubjectCount{Subject: s.ID.String(), Groups: []ballot.GroupCount{
			{Group: "leaders", Options: map[string]int{"good": leaders - 1, "poor": 1}, Due: 8, Present: 8, Issued: 8, Returned: leaders},
			{Group: "others", Options: map[string]int{"good": 4, "poor": 3}, Due: 9, Present: 9, Issued: 9, Returned: 7}}})
	}
	return ballot.TallyAll(p.Rule, all)
}

// The form has a column for every option and, where somebody may be recused, for
// that; nothing on it tells who fills it in.
// covers E29
func TestForm(t *testing.T) {
	t.Parallel()
	d, err := formOf(meeting(), paperwork.Paper{}).Document()
	if err != nil {
		t.Fatal(err)
	}
	page, err := d.HTML()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"附件3", "沈庄村", "柳溪村", "好", "poor", "回避", "本村", "不记名"} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the form lacks %s", want)
		}
	}
}

// The summary always prints the five counts, and figures of groups only where
// every group is large enough.
// covers E29, Q26, Q34
func TestSummary(t *testing.T) {
	t.Parallel()
	p := meeting()
	for leaders, hidden := range map[int]bool{7: false, 5: true} {
		d, err := summaryOf(p, said(p, leaders), paperwork.Paper{}).Document()
		if err != nil {
			t.Fatal(err)
		}
		page, err := d.HTML()
		if err != nil {
			t.Fatal(err)
		}
		text := string(page)
		for _, want := range []string{"附件4", "应到17人", "实到17人", "发出测评表17张", "沈庄村"} {
			if !strings.Contains(text, want) {
				t.Errorf("%d leaders: the summary lacks %s", leaders, want)
			}
		}
		if strings.Contains(text, "班子成员") == hidden || strings.Contains(text, "不予公布") != hidden {
			t.Errorf("%d leaders: figures of groups hidden should be %v", leaders, hidden)
		}
	}
}

// Codes are 128 random bits that people can read and type; whatever looks like
// another letter is read as the digit it looks like, and nothing else passes.
func TestCodes(t *testing.T) {
	t.Parallel()
	printed, hash, err := newCode(strings.NewReader("\x00\x44\x32\x14\xc7\x42\x54\xb6\x35\xcf\x84\x65\x3a\x56\xd7\xc6"))
	if err != nil || printed != "0123-4567-89AB-CDEF-GHJK-MNPQ-RR" {
		t.Fatal(printed, err)
	}
	for _, typed := range []string{printed, "o123 4567 89ab cdef ghjk mnpq rr", "OI23456789ABCDEFGHJKMNPQRR", "0l23－4567－89AB－CDEF－GHJK－MNPQ－RR"} {
		if got, ok := hashOf(typed); !ok || string(got) != string(hash) {
			t.Errorf("%q is not read as the code", typed)
		}
	}
	for _, typed := range []string{"", printed + "0", printed[:30], "U123-4567-89AB-CDEF-GHJK-MNPQ-RR", strings.Repeat("0", 200)} {
		if _, ok := hashOf(typed); ok {
			t.Errorf("%q passes for a code", typed)
		}
	}
	if _, _, err := newCode(strings.NewReader("short")); err == nil {
		t.Error("a code is drawn without enough chance")
	}
}
