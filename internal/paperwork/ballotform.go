package paperwork

import (
	"slices"
	"strconv"

	"leitai/internal/calendar"
	"leitai/internal/fault"
)

// BallotForm is the paper on which an assembly votes (附件3, E08, B09): nothing
// on it tells who filled it in.
type BallotForm struct {
	Paper
	Attachment int
	Title      string   // for example 民主测评表
	Group      string   // rater group the pile is handed to; "": not said
	Options    []string // 优秀, 称职…
	Subjects   []BallotSubject
	Remark     string // further explanation below
}

// BallotSubject is somebody or something voted on.
type BallotSubject struct{ Name, Post string }

// Document lays the form out.
func (f BallotForm) Document() (Document, error) {
	m := missing{document: or(f.Title, "民主测评表")}
	m.need(f.Title != "", "title", "表名（title）")
	m.need(len(f.Options) > 1, "options", "至少两个评价等次（options）")
	m.need(len(f.Subjects) > 0, "subjects", "至少一个测评对象（subjects）")
	if err := m.found.Err(); err != nil {
		return Document{}, err
	}
	t := table{columns: []column{{head: "序号", share: 8}, {head: "测评对象", share: 22}}}
	posts := slices.ContainsFunc(f.Subjects, func(s BallotSubject) bool { return s.Post != "" })
	if posts {
		t.columns = append(t.columns, column{head: "职务", share: 20})
	}
	for _, o := range f.Options {
		t.columns = append(t.columns, column{head: o, share: 50 / len(f.Options)})
	}
	fill(t.columns)
	for i, s := range f.Subjects {
		row := []string{strconv.Itoa(i + 1), s.Name}
		if posts {
			row = append(row, or(s.Post, dash))
		}
		t.rows = append(t.rows, append(row, make([]string, len(f.Options))...))
	}
	t.note = "说明：1．请在相应栏内打“√”，每行只选一项，多选、涂改的该行无效，不选的视为弃权。2．本表不记名，请勿填写与测评无关的内容。"
	if f.Remark != "" {
		t.note += "3．" + sentence(f.Remark)
	}
	opening := []block{t}
	if f.Group != "" {
		opening = []block{entries{{"评议组", f.Group}}, t}
	}
	d := Document{paper: Paper{Demo: f.Demo, Trial: f.Trial}, title: []string{f.Title}, opening: opening}
	return d.attachedAs(f.Attachment), nil
}

// Turnout is how many raters were due, came, were given a form, gave it back,
// and how many forms count; it is always printed (Q26).
type Turnout struct{ Due, Present, Issued, Returned, Valid int }

// BallotSummary is what an assembly voted (附件4): counts of each group where
// every group is large enough, else the blended score alone (Q34).
type BallotSummary struct {
	Paper
	Attachment int
	Title      string // for example 民主测评汇总表
	Held       calendar.Date
	Turnout    Turnout
	Options    []string
	Threshold  int  // fewest valid ballots of a group whose figures may be told
	Hidden     bool // a group is below it: no figures of groups
	Lines      []BallotLine
}

// BallotLine is what one subject received. Counts stand in the order of the
// options; an entry may say that a count is not told.
type BallotLine struct {
	Subject string
	Group   string // rater group; "": all of them together
	Counts  []string
	Valid   string // valid ballots
	Score   string // blended score, with its decimals
}

// Document lays the summary out. Figures of groups where they must be hidden are
// refused, not left out silently: they must not have come this far.
func (s BallotSummary) Document() (Document, error) {
	m := missing{document: or(s.Title, "民主测评汇总表")}
	m.need(s.Title != "", "title", "表名（title）")
	m.need(len(s.Lines) > 0, "lines", "测评结果（lines）")
	for i, l := range s.Lines {
		m.need(len(l.Counts) == 0 || len(l.Counts) == len(s.Options), "lines["+strconv.Itoa(i)+"].counts", "与评价等次一一对应的票数（counts）")
		if s.Hidden && (l.Group != "" || len(l.Counts) > 0) {
			m.found = append(m.found, fault.New(fault.PaperSmallGroups).At("lines[%d]", i))
		}
	}
	if err := m.found.Err(); err != nil {
		return Document{}, err
	}
	d := Document{paper: s.Paper, across: len(s.Options) > 4 && !s.Hidden, title: []string{s.Title}, opening: []block{s.turnout(), s.table()}}
	d.opening = append(d.opening, entries{{"计票人", "　　　　　　　　监票人："}, {"主持人", ""}})
	return d.attachedAs(s.Attachment), nil
}

func (s BallotSummary) turnout() block {
	text := "应到" + strconv.Itoa(s.Turnout.Due) + "人，实到" + strconv.Itoa(s.Turnout.Present) + "人；发出测评表" + strconv.Itoa(s.Turnout.Issued) +
		"张，收回" + strconv.Itoa(s.Turnout.Returned) + "张，有效" + strconv.Itoa(s.Turnout.Valid) + "张。"
	if !s.Held.IsZero() {
		text = day(s.Held) + "，" + text
	}
	return paragraph{text: text}
}

func (s BallotSummary) table() table {
	has := func(of func(BallotLine) string) bool {
		return slices.ContainsFunc(s.Lines, func(l BallotLine) bool { return of(l) != "" })
	}
	groups, counted := has(func(l BallotLine) string { return l.Group }), slices.ContainsFunc(s.Lines, func(l BallotLine) bool { return len(l.Counts) > 0 })
	valid, scores := has(func(l BallotLine) string { return l.Valid }), has(func(l BallotLine) string { return l.Score })
	t := table{columns: []column{{head: "测评对象", share: 20}}}
	add := func(shown bool, heads ...string) {
		for _, head := range heads {
			if shown {
				t.columns = append(t.columns, column{head: head, share: 14})
			}
		}
	}
	add(groups, "评议组")
	add(counted, s.Options...)
	add(valid, "有效票")
	add(scores, "综合得分")
	fill(t.columns)
	for _, l := range s.Lines {
		row := []string{l.Subject}
		if groups {
			row = append(row, or(l.Group, "合计"))
		}
		if counted {
			for i := range s.Options {
				text := ""
				if i < len(l.Counts) {
					text = l.Counts[i]
				}
				row = append(row, or(text, dash))
			}
		}
		if valid {
			row = append(row, or(l.Valid, dash))
		}
		if scores {
			row = append(row, or(l.Score, dash))
		}
		t.rows = append(t.rows, row)
	}
	if s.Hidden {
		t.note = "注：有评议组的有效票少于" + strconv.Itoa(s.Threshold) + "张，为保护评议人，各组数字不予公布，只公布综合得分。"
	}
	return t
}
