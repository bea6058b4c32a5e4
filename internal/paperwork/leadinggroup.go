package paperwork

import "strconv"

// LeadingGroup is the list of the group that owns a competition, printed as
// attachment of its notice (A04, A43). Members are written as the tenant names
// them: a name with its post, or the post alone (G10).
type LeadingGroup struct {
	Paper
	Attachment  int    // number of the attachment; 0: it stands alone
	Name        string // for example 某某乡“擂台比武”领导小组
	Head        []string
	FirstDeputy []string
	Deputies    []string
	Members     []string
	Office      GroupOffice
}

// GroupOffice is the office that does the daily work.
type GroupOffice struct {
	Seat  string   // where it sits, for example 党建办公室; "": not said
	Head  string   // for example 党委组织委员
	Units []string // the offices that do the daily work, for example 党建办, 乡村振兴站
}

// Document lays the list out; a group without a head or a name is refused.
func (g LeadingGroup) Document() (Document, error) {
	m := missing{document: "领导小组名单"}
	m.need(g.Name != "", "name", "领导小组名称（name）")
	m.need(len(g.Head) > 0, "head", "组长（head）")
	if g.Attachment == 0 {
		g.Paper.check(&m)
	}
	if err := m.found.Err(); err != nil {
		return Document{}, err
	}
	d := Document{paper: g.Paper, title: []string{g.Name, "名单"}}
	if g.Attachment > 0 {
		d.attachment = "附件" + strconv.Itoa(g.Attachment)
		d.paper = Paper{Demo: g.Demo, Trial: g.Trial} // the notice carries the rest
	}
	var who entries
	for _, rank := range []struct {
		name    string
		holders []string
	}{{"组长", g.Head}, {"第一副组长", g.FirstDeputy}, {"副组长", g.Deputies}, {"成员", g.Members}} {
		for i, holder := range rank.holders {
			name := ""
			if i == 0 {
				name = rank.name
			}
			who = append(who, line{name, holder})
		}
	}
	d.opening = []block{who}
	if text := g.Office.text(); text != "" {
		d.opening = append(d.opening, paragraph{text: text})
	}
	return d, nil
}

func (o GroupOffice) text() string {
	if o.Seat == "" && o.Head == "" && len(o.Units) == 0 {
		return ""
	}
	text := "领导小组下设办公室"
	if o.Seat != "" {
		text += "，办公室设在" + o.Seat
	}
	if o.Head != "" {
		text += "，由" + o.Head + "兼任办公室主任"
	}
	if len(o.Units) > 0 {
		text += "。日常工作由" + list(o.Units) + "负责"
	}
	return text + "。"
}
