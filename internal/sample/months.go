package sample

import (
	_ "embed" // of the months
	"encoding/json"
	"fmt"

	"leitai/internal/calendar"
	"leitai/internal/exact"
)

//go:embed data/months.json
var monthsFile []byte

// Months are the marks, issues and amounts that are played. Villages are named
// V1 … V12, persons by their pseudonym.
type Months struct {
	Villages []string                              `json:"villages"`
	Periods  []string                              `json:"months"` // 2023-04 … 2023-09
	Items    map[string][]Item                     `json:"items"`  // by period
	Marks    map[string]map[string]map[string]Cell `json:"marks"`  // by period, village and item
	Rules    struct {
		HalfYear struct {
			Reward []exact.Number `json:"rewardYuan_INVENTED"` // by rank
			Fine   []exact.Number `json:"fineYuan_INVENTED"`   // by rank from the bottom
		} `json:"halfYear"`
	} `json:"rules"`
	Leaders map[string]string `json:"linkLeader"` // by village
	Cadres  map[string]string `json:"cadre"`      // by village
	Issues  []Issue           `json:"issues"`
}

// Item is an item of a month's rubric and the points it is worth.
type Item struct {
	Key  string       `json:"key"`
	Full exact.Number `json:"full"`
}

// Cell is what one item of one village was given: one mark for each judge on
// site, and one for the ledger.
type Cell struct {
	Onsite []exact.Number `json:"onsite"`
	Ledger exact.Number   `json:"ledger"`
}

// Issue is a problem found in a village.
type Issue struct {
	ID      string
	Village string
	Opened  calendar.Date
	Due     calendar.Date
	Closed  calendar.Date // zero: never
	Base    exact.Number  // points
}

// UnmarshalJSON reads an issue with its dates.
func (i *Issue) UnmarshalJSON(data []byte) error {
	var raw struct {
		ID, Village, Opened, Due string
		Closed                   *string
		Base                     exact.Number
	}
	err := json.Unmarshal(data, &raw)
	i.ID, i.Village, i.Base = raw.ID, raw.Village, raw.Base
	if err == nil {
		i.Opened, err = calendar.ParseDateAt("opened", raw.Opened)
	}
	if err == nil {
		i.Due, err = calendar.ParseDateAt("due", raw.Due)
	}
	if err == nil && raw.Closed != nil {
		i.Closed, err = calendar.ParseDateAt("closed", *raw.Closed)
	}
	return err
}

// LoadMonths reads the months that are played.
func LoadMonths() (*Months, error) {
	var m Months
	if err := json.Unmarshal(monthsFile, &m); err != nil {
		return nil, fmt.Errorf("sample: read the months: %w", err)
	}
	return &m, nil
}
