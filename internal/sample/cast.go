package sample

import (
	"fmt"
	"slices"

	"leitai/internal/authz"
)

// Area is one of the six standing areas of the contest (A10) and the leader in
// charge of it, who writes its item into the rubric (A07, A11).
type Area struct {
	Key, NameZh, NameEn, Dimension string
	Owner                          string // pseudonym
	Criteria                       string
}

// Areas are the six standing areas.
var Areas = []Area{
	{"party", "党建", "Party building", "party-building", "L4", "“三会一课”、主题党日记录齐全；党务公开栏更新及时；现场抽查党员应知应会。"},
	{"rural", "乡村振兴", "Rural revitalisation", "rural-revitalisation", "L5", "防返贫监测台账与实际相符；帮扶措施有记录、有成效。"},
	{"habitat", "人居环境", "Living environment", "habitat", "L6", "主干道、沟渠、房前屋后整洁；垃圾清运、公厕管护有台账。"},
	{"industry", "产业发展", "Industry", "industry", "L7", "村集体经济收入有账可查；产业项目按月推进。"},
	{"safety", "安全生产", "Work safety", "safety", "L8", "隐患排查按月开展并销号；消防、防溺水、道路劝导有记录。"},
	{"stability", "综治维稳", "Public order and stability", "stability", "L9", "矛盾纠纷排查化解登记完整；重点事项有人包、有回访。"},
}

// areaOf finds an area by its key.
func areaOf(key string) Area {
	i := slices.IndexFunc(Areas, func(a Area) bool { return a.Key == key })
	if i < 0 {
		panic("sample: no area " + key) // keys are the data's own
	}
	return Areas[i]
}

// Judges are township cadres who belong to no village; Confirmers are the
// second persons of their marks.
var (
	Judges     = []string{"J1", "J2", "J3", "J4", "J5", "J6"}
	Confirmers = []string{"R1", "R2"}
)

// Who runs the contest of the township, by pseudonym.
const (
	Approver = "A1" // 党委书记: approves, publishes, decides
	Finance  = "A2" // 乡长: the second person of money
	Clerk    = "C1" // 党建办
)

// townshipCast is everybody of the township that plays, in the order of the
// manifest.
func townshipCast(m *Months) []*Person {
	at := TownshipCode
	all := []*Person{
		{Pseudonym: Approver, Name: "审定人一", Role: authz.TownshipApprover, Unit: at,
			Posts: []Post{{"secretary", at, "乡党委书记"}, {"leading-group-head", at, ""}}},
		{Pseudonym: Finance, Name: "审定人二", Role: authz.TownshipApprover, Unit: at,
			Posts: []Post{{"mayor", at, "乡党委副书记、乡长，分管财务"}, {"leading-group-first-deputy", at, ""}}},
		{Pseudonym: Clerk, Name: "党建办经办人一", Role: authz.TownshipClerk, Unit: at, Posts: []Post{{"office-staff", at, "党建办"}}},
	}
	for _, area := range Areas {
		all = append(all, &Person{Pseudonym: area.Owner, Role: authz.ItemOwner, Unit: at,
			Posts: []Post{{"leader-in-charge", at, "分管" + area.NameZh}, {"leading-group-member", at, ""}}})
	}
	for i, key := range Judges {
		all = append(all, &Person{Pseudonym: key, Name: "评比小组成员" + numerals[i], Role: authz.Judge, Unit: at, Posts: []Post{{"township-cadre", at, ""}}})
	}
	for i, key := range Confirmers {
		all = append(all, &Person{Pseudonym: key, Name: "复核人" + numerals[i], Role: authz.Confirmer, Unit: at, Posts: []Post{{"discipline-inspector", at, ""}}})
	}
	return append(villagers(m, all), &Person{Name: "数据看板", Role: authz.Dashboard, Unit: at})
}

// villagers adds the people linked to the villages: linked leaders, some of
// whom are in charge of an area as well, secretaries, and resident cadres, who
// are seconded in turn and then judge (A06, A08).
func villagers(m *Months, all []*Person) []*Person {
	byKey := map[string]*Person{}
	for _, p := range all {
		byKey[p.Pseudonym] = p
	}
	for i := range 9 {
		key := fmt.Sprintf("L%d", i+1)
		p := byKey[key]
		if p == nil {
			p = &Person{Pseudonym: key, Role: authz.LinkedLeader}
			all = append(all, p)
		}
		p.Name = "联村领导" + numerals[i]
		for _, village := range m.Villages {
			if m.Leaders[village] == key {
				p.link("linked-leader", authz.LinkedLeader, villageCode(village))
			}
		}
	}
	for i, village := range m.Villages {
		code := villageCode(village)
		secretary := &Person{Pseudonym: fmt.Sprintf("S%d", i+1), Name: "村党组织书记" + numerals[i], Role: authz.VillageSecretary}
		secretary.link("village-secretary", authz.VillageSecretary, code)
		cadre := &Person{Pseudonym: m.Cadres[village], Name: "驻村干部" + numerals[i], Role: authz.ResidentCadre}
		cadre.link("resident-cadre", authz.ResidentCadre, code)
		cadre.Also = append(cadre.Also, Duty{Role: authz.Judge, Unit: TownshipCode})
		all = append(all, secretary, cadre)
	}
	return all
}

// link ties a person to a village by a post, with the role that goes with it.
func (p *Person) link(post string, role authz.Role, village string) {
	p.Posts = append(p.Posts, Post{Kind: post, Unit: village})
	if p.Role == role && p.Unit == "" {
		p.Unit = village
		return
	}
	p.Also = append(p.Also, Duty{Role: role, Unit: village})
}

// siblingCast is everybody of the second township.
func siblingCast() []*Person {
	at := SiblingCode
	all := []*Person{
		{Pseudonym: "XA1", Name: "邻乡审定人一", Role: authz.TownshipApprover, Unit: at, Posts: []Post{{"secretary", at, "乡党委书记"}}},
		{Pseudonym: "XC1", Name: "邻乡经办人一", Role: authz.TownshipClerk, Unit: at, Posts: []Post{{"office-staff", at, "党建办"}}},
	}
	for i := range 3 {
		p := &Person{Pseudonym: fmt.Sprintf("XS%d", i+1), Name: "邻乡村党组织书记" + numerals[i], Role: authz.VillageSecretary}
		p.link("village-secretary", authz.VillageSecretary, fmt.Sprintf("%s%03d", at, i+1))
		all = append(all, p)
	}
	return all
}

// countyCast is everybody of the county.
func countyCast() []*Person {
	at := CountyCode
	return []*Person{
		{Pseudonym: "CA1", Name: "县级管理员一", Role: authz.CountyAdmin, Unit: at, Posts: []Post{{"department-staff", at, "县委组织部"}}},
		{Pseudonym: "CN1", Name: "县级分析员一", Role: authz.CountyAnalyst, Unit: at, Posts: []Post{{"department-staff", at, "县委组织部"}}},
		{Pseudonym: "CD1", Name: "部门分析员一", Role: authz.DepartmentAnalyst, Unit: at, Narrowed: []string{"safety", "stability"},
			Posts: []Post{{"department-staff", at, "县委政法委"}}},
	}
}
