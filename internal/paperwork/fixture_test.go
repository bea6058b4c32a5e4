package paperwork

import (
	"strings"

	"leitai/internal/calendar"
)

// The fictional township every test of this room prints papers of.

var paper = Paper{
	Demo:   true,
	Mark:   "云栖乡擂台比武领导小组文件",
	Issuer: "云栖乡擂台比武领导小组",
	Number: "云擂发〔2023〕4号",
	Date:   calendar.MustDate("2023-05-08"),
	To:     []string{"各村（社区）", "乡直各单位"},
	CopyTo: []string{"县委组织部", "县农业农村局"},
	Office: "云栖乡党建办公室",
}

var hash = strings.Repeat("9f86d081", 8)

func bulletin() Bulletin {
	b := Bulletin{
		Paper:       paper,
		Competition: "擂台比武月评比",
		Basis:       "《云栖乡“擂台比武”活动方案》（云党发〔2023〕6号）",
		Period:      calendar.MustPeriod("2023-04"),
		Held:        calendar.MustDate("2023-05-04"),
		Venue:       "松岭村党群服务中心",
		Policies:    []string{"名次按公布总分排定，总分相同的名次并列", "总分保留两位小数"},
		Demands:     []string{"受表扬的村（社区）要总结经验，再接再厉", "问题反馈清单所列问题要按期整改销号"},
		Publication: Publication{Revision: 1, Hash: hash, Verify: "https://leitai.example/bundles/2023-04", Approver: "乡党委书记、领导小组组长"},
	}
	for i, row := range [][3]string{
		{"松岭村", "92.97", "前三名"}, {"竹溪村", "90.81", "前三名"}, {"石门村", "90.61", "前三名"}, {"桃坪村", "90.61", "前三名"},
		{"大湾村", "86.99", ""}, {"青杠村", "84.66", ""}, {"白果村", "84.25", ""}, {"云栖社区", "80.59", ""},
		{"柳林村", "80.30", ""}, {"双河村", "78.48", "后三名"}, {"茶园村", "72.43", "后三名"}, {"高坎村", "69.59", "后三名"},
	} {
		rank := i + 1
		if rank == 4 {
			rank = 3
		}
		b.Standings = append(b.Standings, Standing{Rank: rank, Village: row[0], Total: row[1], Band: row[2]})
	}
	b.Praise = []Mention{
		{Village: "松岭村", Rank: 1, What: "联村领导、驻村干部和村各加5分"},
		{Village: "竹溪村", Rank: 2, What: "联村领导、驻村干部和村各加4分"},
	}
	b.Criticism = []Mention{{Village: "双河村", Rank: 10}, {Village: "茶园村", Rank: 11}}
	b.Talks = []Mention{{Village: "高坎村", Rank: 12, What: "连续2期进入后三名，联村领导、驻村干部和村各减5分", Who: "联村领导、驻村干部、村党组织书记"}}
	return b
}

func notice() RoundNotice {
	p := paper
	p.Date = calendar.MustDate("2023-04-24")
	return RoundNotice{
		Paper:       p,
		Competition: "擂台比武月评比",
		Basis:       "《云栖乡“擂台比武”活动方案》（云党发〔2023〕6号）",
		Period:      calendar.MustPeriod("2023-04"),
		Held:        calendar.MustDate("2023-05-04"),
		Time:        "上午9时",
		Nominal:     calendar.MustDate("2023-04-30"),
		MovedFor:    "劳动节放假",
		Venue:       "松岭村党群服务中心",
		Subjects:    []string{"松岭村", "竹溪村", "石门村", "云栖社区"},
		Items: []NoticeItem{
			{Name: "党建", Points: "40", OnSite: "40%", Ledger: "60%", Owner: "党委组织委员", Content: "“三会一课”、党员发展和村级活动场所使用情况"},
			{Name: "乡村振兴", Points: "35", OnSite: "40%", Ledger: "60%", Owner: "分管副乡长", Content: "监测帮扶和产业项目进展情况"},
			{Name: "人居环境", Points: "25", OnSite: "40%", Ledger: "60%"},
		},
		Groups: []NoticeGroup{
			{Name: "第一组", Members: []string{"组织委员", "党建办干部"}, Seconded: []string{"驻村干部甲"}, Covers: "党建"},
			{Name: "第二组", Members: []string{"副乡长", "乡村振兴站干部"}, Covers: "乡村振兴、人居环境"},
		},
		Ledgers: "由村党组织书记于当日上午8时30分前亲自送至评比地点",
		Filing:  "云督备〔2023〕12号",
	}
}

func summary(period string, rounds ...string) Summary {
	s := Summary{
		Paper:       paper,
		Competition: "擂台比武月评比",
		Basis:       "《云栖乡“擂台比武”活动方案》（云党发〔2023〕6号）",
		Period:      calendar.MustPeriod(period),
		Aggregate:   "平均分",
		Items:       []SummaryItem{{Item: "党建", Villages: []string{"松岭村"}, Mean: "94.20%"}},
		Issues:      SummaryIssues{Assigned: 4, Closed: 3, Overdue: 2, Doubled: 2, Prompted: 1},
		Talks:       2,
		Money: []SummaryMoney{
			{Village: "松岭村", Rank: 1, Kind: "奖励", Amount: "2000元", State: "已审批", Minutes: "〔2023〕9号纪要"},
			{Village: "高坎村", Rank: 3, Kind: "处罚", State: "待研究"},
		},
		Next: []string{"坚持月评比、季通报，推动各村（社区）比学赶超"},
	}
	for _, r := range rounds {
		p := calendar.MustPeriod(r)
		s.Rounds = append(s.Rounds, SummaryRound{Period: p, Held: p.Last(), Ranked: 3, First: []string{"松岭村"}, Highest: "92.97", Lowest: "69.59"})
	}
	for i, name := range []string{"松岭村", "竹溪村", "高坎村"} {
		v := SummaryStanding{Village: name, Aggregate: "90.12", Rank: i + 1, Tops: 3 - i, Bottoms: i}
		for range rounds {
			v.Totals = append(v.Totals, "90.12")
			v.Ranks = append(v.Ranks, i+1)
		}
		s.Standings = append(s.Standings, v)
	}
	return s
}

func leadingGroup() LeadingGroup {
	return LeadingGroup{
		Paper:       Paper{Demo: true},
		Attachment:  1,
		Name:        "云栖乡“擂台比武”领导小组",
		Head:        []string{"乡党委书记"},
		FirstDeputy: []string{"乡党委副书记、乡长"},
		Deputies:    []string{"乡党委副书记", "乡人大主席"},
		Members:     []string{"乡党委组织委员", "乡纪委书记", "副乡长"},
		Office:      GroupOffice{Seat: "党建办公室", Head: "乡党委组织委员", Units: []string{"党建办", "乡村振兴站"}},
	}
}
