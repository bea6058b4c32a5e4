package sample

import (
	"fmt"
	"slices"

	"leitai/internal/authz"
)

// Who runs the observed town, by pseudonym.
const (
	ObservedApprover = "OA1" // 镇党委书记: leads the tour, comments, publishes
	ObservedClerk    = "OC1" // 镇党建办
	observedMayor    = "OM1"
	observedReviewer = "OR1"
)

// observedJudges walk along and write the checklists, each one half of the areas.
var observedJudges = []string{"OJ1", "OJ2"}

// actingSecretaries are the village secretaries of the observed town who have a
// login; the others hand in on paper, through the town (G3).
var actingSecretaries = []int{5, 9, 15, 22}

// leaderPosts are the posts of the town's leaders beside the secretary and the
// mayor.
var leaderPosts = []string{"deputy-secretary", "organisation-member", "discipline-secretary",
	"leader-in-charge", "leader-in-charge", "leader-in-charge", "leader-in-charge", "leader-in-charge"}

// firstSecretaryVillages are those a first secretary was sent to.
var firstSecretaryVillages = []int{9, 15, 17, 19, 21, 22, 23, 24}

// observedCast is everybody of the observed town: ten leaders, twelve cadres
// responsible for two villages each, twenty-four secretaries and eight first
// secretaries are the hall (B05); most of them are on the roster only.
func observedCast() []*Person {
	at := ObservedTownCode
	village := func(n int) string { return fmt.Sprintf("%s%03d", at, n) }
	all := []*Person{
		{Pseudonym: ObservedApprover, Name: "审定人一", Role: authz.TownshipApprover, Unit: at, Posts: []Post{{"secretary", at, "镇党委书记"}}},
		{Pseudonym: ObservedClerk, Name: "党建办经办人一", Role: authz.TownshipClerk, Unit: at, Posts: []Post{{"office-staff", at, "镇党建办"}}},
		{Pseudonym: observedMayor, Name: "镇领导班子成员一", Posts: []Post{{"mayor", at, "镇党委副书记、镇长"}}},
		{Pseudonym: observedReviewer, Name: "复核人一", Role: authz.Confirmer, Unit: at, Posts: []Post{{"township-cadre", at, ""}}},
	}
	for i, post := range leaderPosts {
		all = append(all, &Person{Pseudonym: fmt.Sprintf("OL%d", i+1), Name: "镇领导班子成员" + numerals[i+1], Posts: []Post{{post, at, ""}}})
	}
	for i, key := range observedJudges {
		all = append(all, &Person{Pseudonym: key, Name: "观摩组成员" + numerals[i], Role: authz.Judge, Unit: at, Posts: []Post{{"township-cadre", at, ""}}})
	}
	for i := range 12 {
		all = append(all, &Person{Pseudonym: fmt.Sprintf("OK%d", i+1), Name: "包村干部" + numerals[i],
			Posts: []Post{{"package-cadre", village(2*i + 1), ""}, {"package-cadre", village(2*i + 2), ""}}})
	}
	for i := range 24 {
		p := &Person{Pseudonym: fmt.Sprintf("OS%d", i+1), Name: "村党组织书记" + numerals[i], Posts: []Post{{"village-secretary", village(i + 1), ""}}}
		if slices.Contains(actingSecretaries, i+1) {
			p.Role, p.Unit = authz.VillageSecretary, village(i+1)
		}
		all = append(all, p)
	}
	for i, n := range firstSecretaryVillages {
		all = append(all, &Person{Pseudonym: fmt.Sprintf("OF%d", i+1), Name: "第一书记" + numerals[i], Posts: []Post{{"first-secretary", village(n), ""}}})
	}
	return all
}
