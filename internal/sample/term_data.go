package sample

import (
	_ "embed" // of the term
	"encoding/json"
	"fmt"

	"leitai/internal/calendar"
	"leitai/internal/exact"
)

//go:embed data/term.json
var termFile []byte

// Term is what is known of the first secretaries P1 … P12 of the villages V1 …
// V12: their facts, days in the village by month, and what they were given.
type Term struct {
	People []struct {
		ID              string  `json:"id"`
		Village         string  `json:"village"`
		Born            string  `json:"born"`
		FullMemberSince *string `json:"fullMemberSince"`
		WorkSince       string  `json:"workSince"`
	} `json:"people"`
	Days   map[string][]int          `json:"daysInVillage"`
	Leave  map[string]map[string]int `json:"approvedLeave"` // by person and month
	Score  map[string]exact.Number   `json:"annualScore"`
	Barred map[string]string         `json:"disqualified_INVENTED"`
	Teams  map[string]int            `json:"teams"`     // members by village
	Types  map[string]string         `json:"teamTypes"` // class by village
}

// LoadTerm reads the term that is played.
func LoadTerm() (*Term, error) {
	var y Term
	if err := json.Unmarshal(termFile, &y); err != nil {
		return nil, fmt.Errorf("sample: read the term: %w", err)
	}
	return &y, nil
}

// termYears is by how many years the demonstration is later than the data: the
// selection of 1 September 2021 is one of 2022.
const termYears = 1

// later is a date of the data in the demonstration's calendar; zero for none.
func later(date *string) calendar.Date {
	if date == nil {
		return calendar.Date{}
	}
	var year, month, day int
	if _, err := fmt.Sscanf(*date, "%d-%d-%d", &year, &month, &day); err != nil {
		panic("sample: " + *date + " is no date") // the data are fixed
	}
	return calendar.MustDate(fmt.Sprintf("%04d-%02d-%02d", year+termYears, month, day))
}
