package paperwork

import (
	"fmt"

	"leitai/internal/calendar"
	"leitai/internal/fault"
)

// Audience is who may see a publication (Q35).
type Audience string

// The audiences, from the narrowest.
const (
	Person   Audience = "person"
	Township Audience = "township"
	County   Audience = "county"
	Public   Audience = "public"
)

func (a Audience) words() string {
	switch a {
	case Person:
		return "仅限当事人"
	case County:
		return "全县范围内"
	case Public:
		return "向社会公开"
	}
	return "全乡镇（街道）范围内"
}

// Publication says which revision of a result a bulletin prints, who approved
// it and how anybody can check it.
type Publication struct {
	Revision   int      // from 1
	Supersedes int      // the revision this one replaces; 0 for the first (Q30)
	Reason     string   // why it was corrected
	Hash       string   // SHA-256 of the public bundle, in hexadecimal
	Verify     string   // where the bundle can be fetched; "": from the issuer
	Approver   string   // role of the approver, never a name (G10)
	Audience   Audience // "" means Township (Q35)
	Scope      string   // the audience in the tenant's own words, for example 全乡范围内; "": general words
}

// Standing is one line of a result as published. What an audience must not see
// is left out by the caller: an empty total or band and rank 0 print as a dash.
type Standing struct {
	Rank    int    // 0: not ranked or not shown
	Village string // shown name
	Total   string // published total with its decimals, for example 92.60
	Band    string // name of the band, for example 前三名
	Change  string // rank change against the previous held round, for example ↑2
	Reason  string // 未参评 or 未评分 when not ranked

	Track      string   // 赛道: each has a table of its own (C04, Q24); "": one table
	Percentile string   // share of its track that it leaves behind, for example 75.0%
	Light      string   // 绿, 黄, 红 (B22)
	Grade      string   // 等次
	Parts      []string // values of the parts of the total, in the order of Bulletin.Parts
}

// Pair is a leading village with the one it helps (C14).
type Pair struct{ Lead, Follow string }

// Mention is one village praised, criticised or talked to, with the rule that
// says so.
type Mention struct {
	Village string
	Rank    int    // 0: not printed
	Who     string // roles concerned; "": the village
	What    string // consequence in words, for example 联村领导、驻村干部和村各加5分
}

// Bulletin is the monthly written bulletin to the whole township (A26).
type Bulletin struct {
	Paper
	Competition string          // for example “擂台比武”月评比
	Basis       string          // the notice it rests on, with its number (A01)
	Period      calendar.Period // nominal period (Q3)
	Held        calendar.Date
	Venue       string
	Subject     string     // what is ranked, for example 村党组织书记; "": 村（社区）
	Standings   []Standing // in the order to be printed
	Parts       []string   // names of the parts of a total that has parts
	Policies    []string   // tie and rounding policies in words, printed below the table
	Improved    []Mention  // markedly better than before (C10, Q25)
	Pairs       []Pair
	Praise      []Mention // A27
	Criticism   []Mention // A28
	Talks       []Mention // A29, A30: in the bottom band twice running
	Demands     []string  // what is asked for next
	Publication Publication
}

// Document lays the bulletin out; a missing number, hash or approver, a wrong
// revision and criticism before too wide an audience are all named at once.
func (b Bulletin) Document() (Document, error) {
	if err := b.check(); err != nil {
		return Document{}, err
	}
	d := Document{
		paper:    b.Paper,
		title:    []string{"关于" + span(b.Period), quoted(b.Competition), "情况的通报"},
		opening:  []block{paragraph{text: b.lead()}},
		sections: []section{{heading: "评比结果", blocks: b.results()}},
		closing:  b.Publication.closing(),
	}
	d.mentions("通报表扬", "对以下村（社区）予以通报表扬：", b.Praise)
	d.mentions("进步明显", "以下村（社区）进步明显，作经验交流：", b.Improved)
	d.mentions("批评提醒", "对以下村（社区）予以批评提醒：", b.Criticism)
	d.mentions("约谈", "以下村（社区）连续进入末位，由主要领导约谈有关责任人：", b.Talks)
	d.section("结对共建", pairs(b.Pairs))
	if len(b.Demands) > 0 {
		d.sections = append(d.sections, section{heading: "有关要求", blocks: numbered(b.Demands)})
	}
	return d, nil
}

func (b Bulletin) check() error {
	m := missing{document: "通报"}
	b.Paper.check(&m)
	m.need(b.Mark != "", "mark", "发文机关标志（mark）")
	m.need(b.Competition != "", "competition", "评比名称（competition）")
	m.need(!b.Period.IsZero(), "period", "期次（period）")
	m.need(!b.Held.IsZero(), "held", "举办日期（held）")
	m.need(len(b.Standings) > 0, "standings", "至少一行评比结果（standings）")
	for i, s := range b.Standings {
		m.need(len(s.Parts) == 0 || len(s.Parts) == len(b.Parts), fmt.Sprintf("standings[%d].parts", i), "与各组成部分一一对应的得分（parts）")
	}
	m.need(b.Publication.Hash != "", "publication.hash", "结果包的哈希值（hash）")
	m.need(b.Publication.Approver != "", "publication.approver", "审定人职务（approver）")
	m.need(b.Publication.Revision > 0, "publication.revision", "发布次数（revision），从 1 起")
	found := m.found
	if !b.Date.IsZero() && b.Date.Before(b.Held) {
		found = append(found, fault.New(fault.PaperDateOrder, "issued", b.Date.String(), "held", b.Held.String()).At("date"))
	}
	p := b.Publication
	first := p.Revision <= 1
	if first != (p.Supersedes == 0) || p.Supersedes < 0 || p.Supersedes >= max(p.Revision, 1) || !first && p.Reason == "" {
		found = append(found, fault.New(fault.PaperRevision, "revision", fmt.Sprint(p.Revision)).At("publication.supersedes"))
	}
	wide := p.Audience == County || p.Audience == Public
	if wide && len(b.Criticism)+len(b.Talks) > 0 {
		found = append(found, fault.New(fault.PaperAudience, "audience", p.Audience.words()).At("publication.audience"))
	}
	return found.Err()
}

func (b Bulletin) lead() string {
	text := ""
	if b.Basis != "" {
		text = "根据" + b.Basis + "要求，"
	}
	text += day(b.Held)
	if b.Venue != "" {
		text += "在" + b.Venue
	}
	ranked := 0
	for _, s := range b.Standings {
		if s.Reason == "" {
			ranked++
		}
	}
	measure := "个"
	if b.Subject != "" {
		measure = "名"
	}
	text += fmt.Sprintf("组织开展了%s%s，%d%s%s参加评比", span(b.Period), quoted(b.Competition), ranked, measure, or(b.Subject, "村（社区）"))
	if absent := len(b.Standings) - ranked; absent > 0 {
		text += fmt.Sprintf("，%d%s未参评或未评分", absent, measure)
	}
	return text + "。经" + b.Publication.Approver + "审定，现将有关情况通报如下。"
}
