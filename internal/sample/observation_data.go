package sample

import (
	_ "embed" // of the quarter
	"encoding/json"
	"fmt"
	"maps"

	"leitai/internal/exact"
)

//go:embed data/observation.json
var observationFile []byte

// Quarter is what was found in the villages V1 … V24 of the observed town, and
// what the hall said of each.
type Quarter struct {
	Villages []string                           `json:"villages"`
	Areas    []string                           `json:"areas"`
	Marks    map[string]map[string]exact.Number `json:"marks"`      // by village and area, 0–10
	Ballots  map[string]map[string]Said         `json:"ballots"`    // by village and rater group
	Photos   map[string]int                     `json:"photos"`     // by village
	Issues   map[string][]string                `json:"issueAreas"` // by village: areas in which a problem was found
}

// Said is how the ballot papers of one group read of one village.
type Said struct {
	Good    int `json:"good"`
	Fair    int `json:"fair"`
	Average int `json:"average"`
	Poor    int `json:"poor"`
	Invalid int `json:"invalid"`
	Recused int `json:"recused"`
}

// The village that high water cut off on the days of the tour, and the one whose
// pictures were lost; both are made good before the review meeting.
const (
	lateVillage    = "V17"
	unshownVillage = "V5"
)

// LoadQuarter reads the quarter that is played. The worked case ends before
// V17 was visited and V5 was photographed; the demonstration goes on from there.
func LoadQuarter() (*Quarter, error) {
	var q Quarter
	if err := json.Unmarshal(observationFile, &q); err != nil {
		return nil, fmt.Errorf("sample: read the quarter: %w", err)
	}
	late := map[string]exact.Number{}
	for i, area := range q.Areas {
		late[area] = exact.Int([]int64{8, 8, 9, 7, 8, 9, 8, 8, 8, 9}[i])
	}
	q.Marks[lateVillage] = late
	q.Ballots[lateVillage] = map[string]Said{
		"leadership":       {Good: 5, Fair: 4, Average: 1},
		"packageCadre":     {Good: 6, Fair: 4, Average: 2},
		"villageSecretary": {Good: 9, Fair: 10, Average: 4, Recused: 1},
		"firstSecretary":   {Good: 4, Fair: 3, Average: 1},
	}
	q.Photos = maps.Clone(q.Photos)
	q.Photos[lateVillage], q.Photos[unshownVillage] = 3, 3
	q.Issues[lateVillage] = []string{"A4"}
	return &q, nil
}

// raters are the groups of the hall as the data and as the template call them.
var raters = []struct{ data, key string }{
	{"leadership", "leadership"}, {"packageCadre", "package-cadre"}, {"villageSecretary", "village-secretary"}, {"firstSecretary", "first-secretary"},
}
