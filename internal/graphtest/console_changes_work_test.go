package graphtest_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// piece is what the first village gives: a ledger that was seen.
func piece(t *testing.T, k *graphtest.Kit) string {
	t.Helper()
	s := scene{k, k.Clock.Today().String()}
	return s.Must(t, "S1", addPiece, s.vars(1, "DOCUMENT", nil)).Text(t, "evidenceAdd", "evidence", "id")
}

func changesOfEvidence() []change {
	return []change{
		{"EvidenceRequested", sample.Clerk, func(t *testing.T, k *graphtest.Kit) graphtest.Vars {
			t.Helper()
			return graphtest.Vars{"competition": k.CompetitionID(), "round": k.RoundID("2023-10"), "kind": "DOCUMENT", "due": "2023-10-25",
				"unitCodes": []string{graphtest.VillageCode(1), graphtest.VillageCode(2), graphtest.VillageCode(3)}}
		}},
		{"EvidenceAgain", "S1", func(t *testing.T, k *graphtest.Kit) graphtest.Vars {
			t.Helper()
			return graphtest.Vars{"evidence": piece(t, k), "round": k.RoundID("2023-10")}
		}},
		{"EvidenceBack", "S1", func(t *testing.T, k *graphtest.Kit) graphtest.Vars {
			t.Helper()
			return graphtest.Vars{"evidence": piece(t, k), "reason": "拍错了"}
		}},
	}
}

const issueTitle = "村口堆放建筑垃圾"

// serious opens an issue at a village, for its secretary to answer for, with an
// effect on the whole township.
func serious(t *testing.T, k *graphtest.Kit, title string, village int) {
	t.Helper()
	k.Must(t, sample.Clerk, `mutation ($i: IssueOpenInput!) { issueOpen(input: $i) { userErrors { code field } } }`, graphtest.Vars{"i": graphtest.Vars{
		"competition": k.CompetitionID(), "unitCode": graphtest.VillageCode(village), "title": title, "base": "1", "serious": true,
		"due": k.Clock.Today().AddDays(14).String(), "responsible": k.PersonID("S" + strconv.Itoa(village))}})
}

// theIssue adds the issue that the changes walk through, and its revision.
func theIssue(more graphtest.Vars) func(*testing.T, *graphtest.Kit) graphtest.Vars {
	return func(t *testing.T, k *graphtest.Kit) graphtest.Vars {
		t.Helper()
		vars := graphtest.Vars{"issue": graphtest.ID("Issue", k.Key(t, `SELECT id FROM issue WHERE title = $1`, issueTitle))}
		for key, value := range more {
			vars[key] = value
		}
		return revised(t, k, "issue", `title = '`+issueTitle+`'`, vars)
	}
}

func changesOfIssues() []change {
	step := func(t *testing.T, k *graphtest.Kit, who, name, note string) {
		t.Helper()
		in := theIssue(nil)(t, k)
		k.Must(t, who, strings.Replace(stepIssue, "%s", name, 1), graphtest.Vars{"i": in["issue"], "rev": in["revision"], "n": note})
	}
	return []change{
		{"IssueAttached", sample.Clerk, func(t *testing.T, k *graphtest.Kit) graphtest.Vars {
			t.Helper()
			serious(t, k, issueTitle, 1)
			vars := theIssue(graphtest.Vars{"evidence": []string{piece(t, k)}, "phase": "BEFORE"})(t, k)
			delete(vars, "revision")
			return vars
		}},
		{"IssuePlan", "S1", theIssue(graphtest.Vars{"note": "本周清运，张贴责任牌"})},
		{"IssueListed", sample.Clerk, theIssue(graphtest.Vars{"note": "久拖不决"})},
		{"IssueLifted", sample.Clerk, theIssue(graphtest.Vars{"note": "已见成效"})},
		{"IssueRevisited", sample.Clerk, func(t *testing.T, k *graphtest.Kit) graphtest.Vars {
			t.Helper()
			step(t, k, "S1", "issueAnswer", "已清运")
			step(t, k, sample.Clerk, "issueClose", "现场核实")
			return theIssue(graphtest.Vars{"on": k.Clock.Today().String(), "holds": true, "note": "仍然整洁"})(t, k)
		}},
		{"IssueDecided", sample.Approver, theIssue(graphtest.Vars{"open": false, "reason": "已按期整改，不予问责"})},
	}
}

func changesOfRounds() []change {
	return []change{
		{"ThemeRound", sample.ArenaClerk, func(t *testing.T, k *graphtest.Kit) graphtest.Vars {
			t.Helper()
			id := k.World.Secretaries.Rounds["2023-10"]
			return revised(t, k, "round", `id = '`+id.String()+`'`, graphtest.Vars{"round": graphtest.ID("Round", id), "theme": "人居环境整治", "form": "ONSITE"})
		}},
		{"OutcomeExecute", sample.Clerk, func(t *testing.T, k *graphtest.Kit) graphtest.Vars {
			t.Helper()
			id := k.Key(t, `SELECT id FROM outcome WHERE state = 'confirmed' AND action = 'criticism' AND tenant_id = $1 ORDER BY id LIMIT 1`, k.TenantOf(t, sample.TownshipCode))
			return revised(t, k, "outcome", `id = '`+id.String()+`'`, graphtest.Vars{"outcome": graphtest.ID("Outcome", id), "record": "已在全乡干部会议上点名提醒。"})
		}},
		{"VillageTaskDone", "TS1", func(t *testing.T, k *graphtest.Kit) graphtest.Vars {
			t.Helper()
			id := k.Key(t, `SELECT id FROM task WHERE state = 'open' AND $1 = ANY (executors) ORDER BY id LIMIT 1`, k.World.Person("TS1").ID)
			return revised(t, k, "task", `id = '`+id.String()+`'`, graphtest.Vars{"task": graphtest.ID("Task", id), "record": "已在全镇会议上交流发言。"})
		}},
		{"RollupMake", sample.Approver, func(t *testing.T, k *graphtest.Kit) graphtest.Vars {
			t.Helper()
			rewrite(t, k, `UPDATE rollup SET inputs = '[]' WHERE competition_id = '`+k.World.Competition.String()+`'`) // as if a month had been corrected since
			return graphtest.Vars{"competition": k.CompetitionID(), "key": "half-year", "from": "2023-04", "to": "2023-09"}
		}},
	}
}

// yearEnd takes the year-end of the cadres back to where its committee still
// sits. No example has a test and a part that people enter in a round that is
// not over: this one gets them here.
func yearEnd(t *testing.T, k *graphtest.Kit) (round uuid.UUID) {
	t.Helper()
	for _, round = range k.World.YearEnd.Cadres.Rounds {
		rewrite(t, k, `UPDATE round SET state = 'closed' WHERE id = '`+round.String()+`'`)
		rewrite(t, k, `UPDATE template_version v SET canonical = jsonb_set(jsonb_set(canonical::jsonb, '{parts,0,from}', '"entered"'), '{items,1}',
			'{"key": "test", "name": {"zh-Hans": "闭卷测试", "en": "Closed-book test"}, "kind": "exam"}')::text
			FROM round r WHERE r.template_version_id = v.id AND r.id = '`+round.String()+`'`)
	}
	return round
}

func changesOfFigures() []change {
	return []change{
		{"EnterPartValues", sample.StreetClerk, func(t *testing.T, k *graphtest.Kit) graphtest.Vars {
			t.Helper()
			return graphtest.Vars{"round": graphtest.ID("Round", yearEnd(t, k)), "values": []graphtest.Vars{
				{"subject": k.PersonID("YD1"), "part": "ballot", "value": "88", "reason": "经集体研究"}, {"subject": k.PersonID("YD2"), "part": "ballot", "value": "86", "reason": "经集体研究"}}}
		}},
		{"EnterExamResults", sample.StreetClerk, func(t *testing.T, k *graphtest.Kit) graphtest.Vars {
			t.Helper()
			return graphtest.Vars{"round": graphtest.ID("Round", yearEnd(t, k)), "results": []graphtest.Vars{
				{"subject": k.PersonID("YD1"), "item": "test", "sitter": k.PersonID("YD1"), "score": "91"}, {"subject": k.PersonID("YD2"), "item": "test", "sitter": k.PersonID("YD2"), "absent": true}}}
		}},
		{"ApproveGradeConfirm", sample.StreetClerk, func(t *testing.T, k *graphtest.Kit) graphtest.Vars {
			t.Helper()
			round := graphtest.ID("Round", yearEnd(t, k))
			decided := k.Must(t, sample.StreetApprover, `mutation ($i: GradeDecideInput!) { gradeDecide(input: $i) { decision { id } userErrors { code field } } }`,
				graphtest.Vars{"i": graphtest.Vars{"round": round, "subject": k.PersonID("YD1"), "scale": "annual", "grade": "excellent", "reason": "经党工委会议研究"}})
			return graphtest.Vars{"round": round, "decision": decided.Text(t, "gradeDecide", "decision", "id")}
		}},
	}
}
