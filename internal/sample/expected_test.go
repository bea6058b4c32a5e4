package sample_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"reflect"
	"testing"

	"leitai/internal/division"
	"leitai/internal/exact"
	"leitai/internal/sample"
)

// expected are the answers that belong to the months of the data.
type expected struct {
	Months         map[string]struct{ Table []tableRow }
	AccountsByRank map[string]exact.Number
	HalfYear       []halfYearRow
	Issues         []issueRow
}

type tableRow struct {
	Village      string `json:"village"`
	Total        string `json:"total"`
	Rank         int    `json:"rank"`
	RankIfExact  int    `json:"rankIfExact"`
	StreakBottom int    `json:"streakBottom"`
}

type halfYearRow struct {
	Village string       `json:"village"`
	Mean    string       `json:"mean"`
	Rank    int          `json:"rank"`
	Yuan    exact.Number `json:"yuan"`
}

type issueRow struct {
	ID             string `json:"id"`
	Village        string `json:"village"`
	State          string `json:"state"`
	DaysLate       int    `json:"daysLate"`
	Penalty        string `json:"penalty"`
	Accountability bool   `json:"startAccountability"`
}

func loadExpected(t testing.TB) expected {
	t.Helper()
	data, err := os.ReadFile("../golden/testdata/s1-monthly-arena.expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var e expected
	if err := json.Unmarshal(data, &e); err != nil {
		t.Fatal(err)
	}
	return e
}

// villageNames gives V1 … V12 by shown name.
func villageNames(t testing.TB) map[string]string {
	t.Helper()
	rows, err := csv.NewReader(sample.FictionalTable()).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	for _, row := range rows[1:] {
		if key := sample.VillageKey(row[0]); key != "" {
			names[division.ShownName(row[1])] = key
		}
	}
	return names
}

func same[T any](t testing.TB, what string, have, want T) {
	t.Helper()
	if !reflect.DeepEqual(have, want) {
		h, _ := json.MarshalIndent(have, "", " ")
		w, _ := json.MarshalIndent(want, "", " ")
		t.Errorf("%s: have %s\nwant %s", what, h, w)
	}
}
