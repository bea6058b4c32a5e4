package sample

import (
	"leitai/internal/calendar"
	"leitai/internal/programme"
	"leitai/internal/template"
	"leitai/internal/tenancy"
)

// The papers the contest of secretaries rests on.
const (
	arenaNumber = "葭委发〔2023〕11号"
	arenaTitle  = "葭川镇村党组织书记“擂台比武”活动方案"
	arenaIssuer = "中共葭川镇委员会"
)

var arenaDay = calendar.MustDate("2023-07-03") // of the plan

// classes are the three classes of villages, which are the tracks (C04).
var classes = tenancy.GroupSet{Key: "village-class", Zh: "村级分类", En: "Village classes", Classes: []tenancy.Class{
	{Key: "demo", Zh: "示范村", En: "Model village"}, {Key: "strive", Zh: "创优村", En: "Rising village"}, {Key: "base", Zh: "强基村", En: "Foundation village"},
}}

// secretariesTemplate is the preset secretary-arena with the one setting of the
// worked case: who is best and worst is read from the whole list (Q24).
func secretariesTemplate() (*template.Document, error) {
	doc, err := preset("secretary-arena")
	if err != nil {
		return nil, err
	}
	doc.Key = "secretary-arena-whole-list"
	doc.Basis = []template.Basis{{Title: arenaTitle, Number: arenaNumber, Issuer: arenaIssuer, Date: arenaDay.String()}}
	doc.Ranking.Scope = "all"
	return doc, nil
}

func (s *Scheme) secretaries() programme.CompetitionCreate {
	head, mayor, deputy := s.Person(ArenaSecretary).ID, s.Person(ArenaMayor).ID, s.Person(ArenaDeputy).ID
	return programme.CompetitionCreate{
		Name: "村党组织书记“擂台比武”", FromPeriod: arenaMonths[0], FilingNumber: "岚督考备〔2023〕21号",
		Notice: programme.Notice{
			Number: arenaNumber, Issuer: arenaIssuer, Date: arenaDay, Title: arenaTitle,
			Text: "全镇12名村党组织书记按示范村、创优村、强基村分赛道，每月一个主题，经现场观摩、汇报演讲、书记点评、集中评比，月评比、季总结、年考核。本文件为演示数据。",
			Basis: []programme.BasisDocument{{
				Title: "关于开展村党组织书记“擂台比武”的指导意见", Number: "岚组发〔2023〕9号", Issuer: "中共岚禾县委组织部", Date: calendar.MustDate("2023-06-12"),
			}},
			Distribution: []string{"各村", "镇直各单位"},
		},
		LeadingGroup: programme.LeadingGroup{
			Members: []programme.LeadingGroupMember{
				{Seat: programme.SeatHead, Person: &head, Title: "镇党委书记"}, {Seat: programme.SeatFirstDeputy, Person: &mayor, Title: "镇党委副书记、镇长"},
				{Seat: programme.SeatDeputy, Person: &deputy, Title: "镇党委副书记"},
			},
			Offices: []string{"党建办"}, OfficeHead: "组织委员",
		},
	}
}
