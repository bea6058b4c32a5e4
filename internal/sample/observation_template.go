package sample

import (
	"slices"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/programme"
	"leitai/internal/template"
)

// The papers the observation rests on.
const (
	observationNumber = "霁委发〔2023〕8号"
	observationTitle  = "关于开展“逐村观摩、整镇推进”活动的通知"
	observationIssuer = "中共霁溪镇委员会"
)

var observationDay = calendar.MustDate("2023-04-26") // of the notice

// observationTemplate is the preset town-observation as the town refined it
// (细化量化, B18): every area has four checks or more whose points make any whole
// number from 5 to 10, and the area of weak villages is looked into everywhere.
func observationTemplate() (*template.Document, error) {
	doc, err := preset("town-observation")
	if err != nil {
		return nil, err
	}
	doc.Key = "town-observation-refined"
	doc.Basis = []template.Basis{{Title: observationTitle, Number: observationNumber, Issuer: observationIssuer, Date: observationDay.String()}}
	for i := range doc.Items {
		refine(&doc.Items[i])
	}
	return doc, nil
}

// checkPoints are the points of an area's checks, by how many the preset has of
// them; what it has fewer than points is filled up with moreChecks.
var checkPoints = map[int][]int64{2: {5, 2, 2, 1}, 3: {5, 2, 2, 1}, 5: {4, 2, 2, 1, 1}}

var moreChecks = []template.Check{
	{Key: "posted", Name: template.Text{ZH: "资料归档整齐、责任到人", EN: "Papers filed, responsibilities named"}, Evidence: []string{"document"}},
	{Key: "followed", Name: template.Text{ZH: "上级指出的问题已有回音", EN: "Earlier remarks followed up"}, Evidence: []string{"document"}},
}

func refine(item *template.Item) {
	points := checkPoints[len(item.Rule.Checks)]
	item.Rule.Checks = slices.Clone(item.Rule.Checks)
	for n := 0; len(item.Rule.Checks) < len(points); n++ {
		item.Rule.Checks = append(item.Rule.Checks, moreChecks[n])
	}
	for i := range item.Rule.Checks {
		item.Rule.Checks[i].Points = exact.Int(points[i])
	}
	if item.For != nil {
		item.For = nil
		item.Name = template.Text{ZH: "软弱涣散排查整顿", EN: "Weak spots found and put right"}
	}
}

func (s *Scheme) observation() programme.CompetitionCreate {
	head, mayor, deputy := s.Person(ObservedApprover).ID, s.Person(observedMayor).ID, s.Person("OL1").ID
	return programme.CompetitionCreate{
		Name: "逐村观摩、整镇推进", FromPeriod: "2023-Q2", FilingNumber: "岚督考备〔2023〕15号",
		Notice: programme.Notice{
			Number: observationNumber, Issuer: observationIssuer, Date: observationDay, Title: observationTitle,
			Text: "每季度由镇党委书记带队，对24个村逐村观摩一遍，找亮点、查问题，季度末召开点评会，逐村点评、民主测评，结果以三色公示，不公布名次。本文件为演示数据。",
			Basis: []programme.BasisDocument{{
				Title: "关于在全县开展“逐村观摩、整镇推进”的实施方案", Number: "岚组发〔2023〕5号", Issuer: "中共岚禾县委组织部", Date: calendar.MustDate("2023-03-20"),
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
