package graphtest_test

import (
	"slices"
	"strings"
	"testing"

	"leitai/internal/graphtest"
)

const step = `mutation($r: ID!, $n: Int!, $why: String) { %s(input: {round: $r, revision: $n, reason: $why, clientMutationId: "m-1"}) {
	round { state revision } blockers { code message subjects } warnings { code } userErrors { field code message subjects } clientMutationId } }`

func stepOf(name string) string { return strings.Replace(step, "%s", name, 1) }

// unprepared is everything that keeps a round without any preparation from
// opening: the template's own six items stand in for a rubric that nobody wrote,
// and nobody is there to mark any of them on site or by ledger.
var unprepared = append([]string{"RUBRIC_UNPUBLISHED", "PANELS_TOO_FEW", "SECONDED_MISSING", "NOTICE_MISSING"},
	slices.Repeat([]string{"JUDGES_TOO_FEW"}, 12)...)

// Refusals say what is wrong and what would be right, in the language asked
// for, with stable codes; nothing changes.
func TestRefusals(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	round := graphtest.Vars{"r": k.RoundID("2023-04"), "n": 1}
	k.Run(t, []graphtest.Scenario{
		{Name: "blockers are all listed, and are user errors, too", As: "C1", Query: stepOf("roundOpen"), Vars: round,
			Codes: unprepared,
			Has:   []string{`"blockers":[{"code":`, "评比细则尚未向各村公布", `"round":null`, `"clientMutationId":"m-1"`}},
		{Name: "in English", As: "C1", Language: "en-GB,en;q=0.9", Query: stepOf("roundOpen"), Vars: round,
			Codes: unprepared,
			Has:   []string{"the rubric is not published to the villages yet"}, Never: []string{"评比"}},
		{Name: "any other language is Chinese", As: "C1", Language: "fr", Query: stepOf("roundOpen"), Vars: round,
			Codes: unprepared, Has: []string{"评比细则尚未向各村公布"}},
		{Name: "a stale revision", As: "C1", Query: stepOf("roundOpen"), Vars: graphtest.Vars{"r": k.RoundID("2023-04"), "n": 7},
			Codes: []string{"STALE_REVISION"}, Has: []string{`"field":"revision"`, `"blockers":[]`}},
		{Name: "a round that does not exist", As: "C1", Query: stepOf("roundOpen"), Vars: graphtest.Vars{"r": graphtest.UnknownID("Round"), "n": 1},
			Codes: []string{"NOT_FOUND"}},
		{Name: "an id of another kind", As: "C1", Query: stepOf("roundOpen"), Vars: graphtest.Vars{"r": k.CompetitionID(), "n": 1},
			Codes: []string{"NOT_FOUND"}, Has: []string{`"field":"round"`}},
		{Name: "a missing permission is a top-level error with the request's id", As: "S1", Query: stepOf("roundOpen"), Vars: round,
			Codes: []string{"FORBIDDEN"}, Has: []string{`"requestId":"`, "round:open", `"data":null`}},
		{Name: "a permission held somewhere else", As: "S1", Query: `query { issues { nodes { id } } }`, Has: []string{`"nodes":[]`}},
		{Name: "an unknown round is null", As: "C1", Query: `query($r: ID!) { round(id: $r) { period } }`, Vars: graphtest.Vars{"r": "x"},
			Has: []string{`"round":null`}, Never: []string{"errors"}},
		{Name: "a board before the publication is null", As: "C1", Query: `query($r: ID!) { board(round: $r) { period } }`, Vars: graphtest.Vars{"r": k.RoundID("2023-04")},
			Has: []string{`"board":null`}, Never: []string{"errors"}},
	})
}

// Input that cannot be read is refused with what would be right, before
// anything runs.
func TestInputThatCannotBeRead(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	const day = `mutation($d: Date!) { calendarDaySet(input: {day: $d, workday: true}) { userErrors { code } } }`
	const weight = `query($c: ID!, $w: Decimal!) { simulate(competition: $c, weights: [{channel: "onsite", weight: $w}]) { of } }`
	k.Run(t, []graphtest.Scenario{
		{Name: "a day no calendar knows", As: "C1", Query: day, Vars: graphtest.Vars{"d": "2023-02-30"}, Codes: []string{"DATE_INVALID"}, Has: []string{"2023-02-30"}},
		{Name: "a date as a number", As: "C1", Query: day, Vars: graphtest.Vars{"d": 20230230}, Codes: []string{"INVALID"}},
		{Name: "a fraction is no decimal", As: "C1", Query: weight, Vars: graphtest.Vars{"c": k.CompetitionID(), "w": "1/3"}, Codes: []string{"INVALID"}},
		{Name: "words are no decimal", As: "C1", Query: weight, Vars: graphtest.Vars{"c": k.CompetitionID(), "w": "forty"}, Codes: []string{"INVALID"}},
		{Name: "an Int has 32 bits", As: "C1", Query: `query { calendar(year: 99999999999) { period } }`, Codes: []string{"INVALID"}, Has: []string{"2147483647"}},
		{Name: "a field that does not exist", As: "C1", Query: `query { rounds { nodes { perod } } }`, Codes: []string{"QUERY_INVALID"},
			Never: []string{"period", "Did you mean"}},
		{Name: "no query", As: "C1", Query: ``, Status: 400, Codes: []string{"REQUIRED"}},
		{Name: "a query that may answer with too much", As: "C1", Status: 400, Codes: []string{"QUERY_TOO_MANY_NODES"},
			Query: `query { people(first: 100) { nodes { posts { unit { children(first: 100) { nodes { children(first: 100) { nodes { id } } } } } } } } }`},
	})
}

// refusalsOfAPlayedCounty are refusals that need a result.
//
// covers T9
func refusalsOfAPlayedCounty(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	published := graphtest.Vars{"r": k.RoundID("2023-04"), "n": 1}
	mark := k.Must(t, "C1", `query($r: ID!) { round(id: $r) { marks(first: 1) { nodes { id } } } }`, published).Text(t, "round", "marks", "nodes", 0, "id")
	k.Run(t, []graphtest.Scenario{
		{Name: "a mark of a closed round", As: "J1", Codes: []string{"ROUND_NOT_OPEN"}, Vars: published, Query: `mutation($r: ID!) { marksSubmit(input: {round: $r,
			marks: [{id: "3f0c53a6-3c4e-4f5c-9d53-0c5d7a2f9e11", unitCode: "990101201001", item: "party", channel: "onsite", value: "90"}]}) { userErrors { code field } } }`},
		{Name: "an id that is no UUID", As: "J1", Codes: []string{"INVALID"}, Vars: published, Has: []string{`"field":"marks[0].id"`, "UUID"},
			Query: `mutation($r: ID!) { marksSubmit(input: {round: $r, marks: [{id: "1", unitCode: "x", item: "x", channel: "x", value: "90"}]}) { userErrors { code field message } } }`},
		{Name: "confirming a mark of another round", As: "R1", Codes: []string{"NOT_FOUND"}, Vars: graphtest.Vars{"r": k.RoundID("2023-05"), "m": mark},
			Query: `mutation($r: ID!, $m: ID!) { marksConfirm(input: {round: $r, marks: [$m]}) { userErrors { code field } } }`},
		{Name: "money that is paid already", As: "A1", Codes: []string{"WRONG_STATE"},
			Vars:  graphtest.Vars{"o": graphtest.ID("Outcome", k.Key(t, `SELECT id FROM outcome WHERE action = 'money' LIMIT 1`))},
			Query: `mutation($o: ID!) { moneyDecide(input: {outcome: $o, amount: "100", minutesNumber: "", basis: "", revision: 4}) { userErrors { code field } } }`},
		{Name: "erasing a real competition", As: "A1", Codes: []string{"NOT_A_TRIAL"}, Vars: graphtest.Vars{"c": k.CompetitionID()},
			Query: `mutation($c: ID!) { trialWipe(input: {competition: $c}) { wiped userErrors { code } } }`},
		{Name: "the same login twice", As: "A1", Codes: []string{"ALREADY_EXISTS"}, Has: []string{k.World.Person("C1").Login}, Vars: graphtest.Vars{"l": k.World.Person("C1").Login},
			Query: `mutation($l: String!) { userCreate(input: {login: $l, password: "long-enough-87"}) { userErrors { code field message } } }`},
		{Name: "a sealed bundle is for auditors", As: "C1", Codes: []string{"FORBIDDEN"}, Vars: published, Has: []string{`"sealedBundle":null`},
			Query: `query($r: ID!) { round(id: $r) { publications { sealedBundle } } }`},
	})
}
