package sample

import (
	"fmt"
	"slices"

	"leitai/internal/authz"
)

// Who runs the contest of secretaries, by pseudonym.
const (
	ArenaSecretary = "TA1" // 镇党委书记: comments and gives the mark of the comment, so he does not publish
	ArenaMayor     = "TM1" // 镇长: publishes, and talks with the quarter's last three
	ArenaDeputy    = "TD1" // 党委副书记: talks with the month's last three
	ArenaClerk     = "TC1"
	arenaReviewer  = "TR1"
)

// arenaJudges hear the speeches; the first two write their marks themselves, the
// sheets of the others are typed in by the office.
var arenaJudges = []string{"TJ1", "TJ2", "TJ3", "TJ4", "TJ5"}

const judgesAtDesk = 2

// arenaActing are the secretaries with a login.
var arenaActing = []int{1, 2, 11, 12}

// secretariesCast is everybody of the town whose secretaries compete.
func secretariesCast() []*Person {
	at := SecretaryTownCode
	all := []*Person{
		{Pseudonym: ArenaMayor, Name: "审定人一", Role: authz.TownshipApprover, Unit: at, Posts: []Post{{"mayor", at, "镇党委副书记、镇长"}}},
		{Pseudonym: ArenaSecretary, Name: "审定人二", Role: authz.TownshipApprover, Unit: at, Posts: []Post{{"secretary", at, "镇党委书记"}}},
		{Pseudonym: ArenaDeputy, Name: "分管领导一", Role: authz.ItemOwner, Unit: at, Posts: []Post{{"deputy-secretary", at, "镇党委副书记"}}},
		{Pseudonym: ArenaClerk, Name: "党建办经办人一", Role: authz.TownshipClerk, Unit: at, Posts: []Post{{"office-staff", at, "镇党建办"}}},
		{Pseudonym: arenaReviewer, Name: "复核人一", Role: authz.Confirmer, Unit: at, Posts: []Post{{"discipline-inspector", at, ""}}},
	}
	for i, key := range arenaJudges {
		p := &Person{Pseudonym: key, Name: "评委" + numerals[i], Posts: []Post{{"township-cadre", at, ""}}}
		if i < judgesAtDesk {
			p.Role, p.Unit = authz.Judge, at
		}
		all = append(all, p)
	}
	for i := range 12 {
		village := fmt.Sprintf("%s%03d", at, i+1)
		p := &Person{Pseudonym: fmt.Sprintf("TS%d", i+1), Name: "村党组织书记" + numerals[i], Posts: []Post{{"village-secretary", village, ""}}}
		if slices.Contains(arenaActing, i+1) {
			p.Role, p.Unit = authz.VillageSecretary, village
		}
		all = append(all, p)
	}
	return all
}
