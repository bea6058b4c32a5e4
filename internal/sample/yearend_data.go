package sample

import (
	_ "embed" // of the year-end
	"encoding/json"
	"fmt"
	"strings"

	"leitai/internal/exact"
)

//go:embed data/yearend.json
var yearEndFile []byte

// YearEnd is what the villages V1 … V4 of the sub-district, their secretaries
// S1 … S4, the cadres C1 … C26 and the teams T1 … T3 were given at the end of a
// year.
type YearEnd struct {
	Units       map[string]exact.Number `json:"units"`
	Secretaries map[string]struct {
		Village    string                    `json:"village"`
		Ballots    map[string]map[string]int `json:"ballots"` // by rater group: what was said
		Work       exact.Number              `json:"work"`
		DutyReview string                    `json:"dutyReview"` // GOOD, FAIRLY_GOOD …
	} `json:"secretaries"`
	Cadres map[string]Assessed `json:"cadres"`
	Teams  map[string]Assessed `json:"teams"`
}

// Assessed is a cadre's or a team's village and score.
type Assessed struct {
	Village string       `json:"village"`
	Members int          `json:"members"`
	Score   exact.Number `json:"score"`
}

// LoadYearEnd reads the year-end that is played.
func LoadYearEnd() (*YearEnd, error) {
	var y YearEnd
	if err := json.Unmarshal(yearEndFile, &y); err != nil {
		return nil, fmt.Errorf("sample: read the year-end: %w", err)
	}
	return &y, nil
}

// assemblyGroups are the rater groups of the meeting as the data and as the
// templates call them, with the letter of their roster numbers and how many
// were due; a few of the larger groups stayed away.
var assemblyGroups = []struct {
	data, key, letter string
	due, present      int
}{
	{"streetLeaders", "street-leaders", "L", 10, 10},
	{"partyMembers", "party-members", "P", 45, 43},
	{"groupHeadsAndMasses", "group-heads-and-masses", "M", 32, 30},
	{"twoDelegatesOneMember", "delegates", "D", 6, 6},
}

// choices are the options of a sheet, the best first.
var choices = []string{"excellent", "competent", "basic", "incompetent"}

// dutyGrade is a duty review's grade as the template calls it.
func (y *YearEnd) dutyGrade(secretary string) string {
	return strings.ReplaceAll(strings.ToLower(y.Secretaries[secretary].DutyReview), "_", "-")
}

// parted splits the score of a cadre or team, of which the ballot makes one half
// and the verified work the other: the ballot is a whole number of excellent
// sheets in ten, the others competent (100 and 80 points), and the work is what
// brings both to the score.
func (a Assessed) parted() (excellent int, work exact.Number) {
	for excellent < 10 && exact.Int(int64(80+2*excellent)).Cmp(a.Score) < 0 {
		excellent++
	}
	return excellent, a.Score.Mul(exact.Int(2)).Sub(exact.Int(int64(80 + 2*excellent)))
}

// villageItems are the marks of 0–100 for the four items of a village, worth 30,
// 30, 20 and 20 points; V1 and V3 stand level in the first, which breaks ties, too.
var villageItems = map[string][]string{
	"V1": {"92", "92", "90", "90"}, "V2": {"94", "94", "92.5", "92.5"}, "V3": {"92", "91", "90", "91.5"}, "V4": {"80", "79", "78", "78.5"},
}
