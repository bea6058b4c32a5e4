package sample

import (
	"fmt"

	"leitai/internal/authz"
)

// Who runs the sub-district's year-end, by pseudonym.
const (
	StreetApprover = "YA1" // 党工委书记
	StreetClerk    = "YC1" // 党建办: enters, prints codes, counts first
	StreetTeller   = "YC2" // the second official of every ballot
	streetDirector = "YM1"
	streetReviewer = "YR1"
)

// verifiers write the verified marks of the four village groups; each group has
// a second member.
var verifiers = []string{"YJ1", "YJ2", "YJ3", "YJ4"}

// yearEndCast is everybody of the sub-district: the work group with its four
// village groups (E02, E03), four secretaries, twenty-six members of village
// committees and three teams; most of them are on the roster only.
func yearEndCast(y *YearEnd) []*Person {
	at := StreetCode
	all := []*Person{
		{Pseudonym: StreetApprover, Name: "审定人一", Role: authz.TownshipApprover, Unit: at, Posts: []Post{{"secretary", at, "党工委书记"}}},
		{Pseudonym: StreetClerk, Name: "党建办经办人一", Role: authz.TownshipClerk, Unit: at, Posts: []Post{{"office-staff", at, "党建办"}}},
		{Pseudonym: StreetTeller, Name: "党建办经办人二", Role: authz.TownshipClerk, Unit: at, Posts: []Post{{"discipline-inspector", at, "监票人"}}},
		{Pseudonym: streetDirector, Name: "镇领导班子成员一", Posts: []Post{{"mayor", at, "街道办主任"}}},
		{Pseudonym: streetReviewer, Name: "复核人一", Role: authz.Confirmer, Unit: at, Posts: []Post{{"township-cadre", at, ""}}},
	}
	for i, key := range verifiers {
		all = append(all,
			&Person{Pseudonym: key, Name: "考核组成员" + numerals[i], Role: authz.Judge, Unit: at, Posts: []Post{{"township-cadre", at, "片区组"}}},
			&Person{Pseudonym: fmt.Sprintf("YJ%d", i+5), Name: "考核组成员" + numerals[i+4], Posts: []Post{{"township-cadre", at, "片区组联络员"}}},
			&Person{Pseudonym: fmt.Sprintf("YL%d", i+1), Name: "联村领导" + numerals[i], Posts: []Post{{"linked-leader", streetVillage(i + 1), ""}}})
	}
	for i := range len(y.Units) {
		secretary := &Person{Pseudonym: fmt.Sprintf("YS%d", i+1), Name: "村党组织书记" + numerals[i], Role: authz.VillageSecretary}
		secretary.link("village-secretary", authz.VillageSecretary, streetVillage(i+1))
		all = append(all, secretary)
	}
	for i := range len(y.Cadres) {
		home := streetVillage(numberOf(y.Cadres[fmt.Sprintf("C%d", i+1)].Village))
		all = append(all, &Person{Pseudonym: fmt.Sprintf("YD%d", i+1), Name: "村干部" + numerals[i], Posts: []Post{{"village-committee", home, ""}}})
	}
	n := 0
	for i := range len(y.Teams) {
		team := y.Teams[fmt.Sprintf("T%d", i+1)]
		for member := range team.Members {
			post := "work-team"
			if member == 0 {
				post = "team-leader"
			}
			n++
			all = append(all, &Person{Pseudonym: fmt.Sprintf("YT%d", n), Name: "工作队员" + numerals[n-1], Posts: []Post{{post, streetVillage(numberOf(team.Village)), ""}}})
		}
	}
	return all
}

// streetVillage is the code of the n-th village of the sub-district.
func streetVillage(n int) string { return fmt.Sprintf("%s%03d", StreetCode, n) }
