package sample

import (
	_ "embed" // of the three months
	"encoding/json"
	"fmt"

	"leitai/internal/exact"
)

//go:embed data/secretaries.json
var secretariesFile []byte

// Contests are three contests of the secretaries of V1 … V12. The worked case
// calls its months January to March; they are played in arenaMonths.
type Contests struct {
	Villages []string                         `json:"villages"`
	Classes  map[string]string                `json:"track"` // demo, strive or base by village
	Months   []string                         `json:"months"`
	Themes   map[string]string                `json:"themes"` // by month
	Marks    map[string]map[string]Appearance `json:"marks"`  // by month and village
	Meetings map[string][]Meetings            `json:"exchanges"`
}

// Appearance is what one secretary was given in one contest.
type Appearance struct {
	Observe   exact.Number   `json:"observe"`
	Speech    []exact.Number `json:"speech"` // by judge
	Secretary exact.Number   `json:"secretary"`
	Assembly  exact.Number   `json:"assembly"`
}

// Meetings is how often a pair met in a month.
type Meetings struct {
	Lead  string `json:"lead"`
	Count int    `json:"count"`
}

// LoadContests reads the three contests that are played.
func LoadContests() (*Contests, error) {
	var c Contests
	if err := json.Unmarshal(secretariesFile, &c); err != nil {
		return nil, fmt.Errorf("sample: read the contests of secretaries: %w", err)
	}
	return &c, nil
}

// met is how often the pair of a lead met in a month of the data; a pair the
// data do not know met as often as it had to.
func (c *Contests) met(month, lead string, least int) int {
	for _, m := range c.Meetings[month] {
		if m.Lead == lead {
			return m.Count
		}
	}
	return least
}

// arenaMonths are the months in which the contests of the data are played.
var arenaMonths = []string{"2023-07", "2023-08", "2023-09"}

// themes of the contests: what the theme is called, the dimension it counts for
// and the form of the arena (C05, C06).
var themes = map[string]struct{ name, english, dimension, form, criteria string }{
	"habitat":  {"人居环境整治", "Living environment", "habitat", "onsite", "看村容村貌、垃圾清运和长效管护，听书记讲做法、讲差距。"},
	"venues":   {"村级活动场所规范", "Premises of the village", "party-building", "meeting", "看场所、看制度、看使用，听书记讲怎样把场所用起来。"},
	"industry": {"产业发展", "Industry", "industry", "project", "看项目进度和集体收入，听书记讲思路、讲下一步。"},
}
