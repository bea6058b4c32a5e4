package journeys

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"leitai/internal/graphtest"
	"leitai/internal/round"
	"leitai/internal/sample"
)

const boardOfTenant = `query($r: ID!) { board(round: $r) { audience superseded tenant { id name demo unit { code } } rows { unitCode name total shown rank rankIfExact change
	rankRange bands streaks { length } } } }`

// Whom a result is published to is who reads its board: the people of a village
// each the own one; the township its own people and its county; the county
// the other townships as well; everybody everybody. Whoever belongs neither to
// the township nor to its county sees no bottom ranks, no person, and nothing
// else of the round.
// covers Q35, G8
func TestAudiences(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	for period, audience := range map[string]round.Audience{"2023-04": round.AudiencePerson, "2023-05": round.AudienceTownship,
		"2023-06": round.AudienceCounty, "2023-07": round.AudiencePublic} {
		s.publishTo(t, period, audience)
	}
	const office, own, whole, wide, nothing = "12 rows, 12 ranked", "1 rows, 1 ranked", "12 rows, 12 ranked", "12 rows, 9 ranked", "nothing"
	for who, want := range map[string][4]string{
		sample.Clerk: {office, whole, whole, whole}, "S4": {own, whole, whole, whole},
		"K4": {nothing, whole, whole, whole}, "J1": {nothing, whole, whole, whole}, "dashboard": {nothing, whole, whole, whole},
		"CA1": {nothing, whole, whole, whole}, "CN1": {nothing, whole, whole, whole},
		"XA1": {nothing, nothing, wide, wide}, "XC1": {nothing, nothing, wide, wide}, "XS1": {nothing, nothing, wide, wide},
	} {
		for i, period := range []string{"2023-04", "2023-05", "2023-06", "2023-07"} {
			if have := s.boardAs(t, who, period); have != want[i] {
				t.Errorf("%s reads of %s: %s, want %s", who, period, have, want[i])
			}
		}
	}
	checkOutsider(t, s)

	s.must(t, "XA1", func(ctx context.Context) error {
		_, err := s.App.Tenancy.EndAdoption(ctx, sample.CountyCode)
		return err
	})
	for period, want := range map[string]string{"2023-06": nothing, "2023-07": wide} {
		if have := s.boardAs(t, "XC1", period); have != want {
			t.Errorf("out of the county, the neighbour reads of %s: %s, want %s", period, have, want)
		}
	}
}

// publishTo plays a month and publishes it to an audience.
func (s *stage) publishTo(t testing.TB, period string, audience round.Audience) {
	t.Helper()
	m := s.find(t, s.World.Rounds[period])
	m.notify(t)
	m.open(t, nil)
	m.step(t, sample.Clerk, m.App.Rounds.Close)
	m.step(t, sample.Clerk, m.App.Rounds.Compute)
	m.step(t, sample.Clerk, m.App.Rounds.Announce)
	m.Clock.Set(m.round.ObjectionsUntil.AddDays(1), "10:00")
	m.step(t, sample.Approver, func(ctx context.Context, in round.Step) (*round.Answer, error) {
		return m.App.Rounds.Publish(ctx, round.Publish{Round: in.Round, Revision: in.Revision, Audience: &audience})
	})
}

// boardAs tells in a few words what somebody reads of a board.
func (s *stage) boardAs(t testing.TB, who, period string) string {
	t.Helper()
	r := s.Must(t, who, boardOfTenant, graphtest.Vars{"r": s.RoundID(period)})
	if r.At(t, "board") == nil {
		return "nothing"
	}
	if name := r.Text(t, "board", "tenant", "name"); name != "晴禾乡" || r.At(t, "board", "tenant", "demo") != true {
		t.Errorf("%s reads the board of %s", who, name)
	}
	ranked := 0
	rows := r.List(t, "board", "rows")
	for i := range rows {
		row, _ := rows[i].(map[string]any)
		if row["rank"] != nil {
			ranked++
			continue
		}
		if row["total"] != nil || row["shown"] != "" || row["rankIfExact"] != nil || row["change"] != nil || row["rankRange"] != nil ||
			fmt.Sprint(row["streaks"]) != "[]" {
			t.Errorf("%s is not ranked for %s and is shown as %v", row["name"], who, row)
		}
	}
	return fmt.Sprintf("%d rows, %d ranked", len(rows), ranked)
}

// checkOutsider: beside the board, an outsider learns nothing of a round that
// was published to everybody.
func checkOutsider(t *testing.T, s *stage) {
	t.Helper()
	published := graphtest.Vars{"r": s.RoundID("2023-07")}
	for name, query := range map[string]string{
		"the round":       `query($r: ID!) { seen: round(id: $r) { period } }`,
		"an explanation":  `query($r: ID!) { seen: explain(round: $r, unitCode: "` + graphtest.VillageCode(1) + `") { total } }`,
		"by its id alone": `query($r: ID!) { seen: node(id: $r) { id } }`,
	} {
		if r := s.Must(t, "XC1", query, published); r.At(t, "seen") != nil {
			t.Errorf("an outsider reads %s: %s", name, r.Body)
		}
	}
	if r := s.Must(t, "XC1", `{ rounds { nodes { id } } competitions { nodes { id } } outcomes { nodes { id } } }`, nil); strings.Contains(r.Body, `"id"`) {
		t.Errorf("an outsider lists %s", r.Body)
	}
	for _, who := range []string{"XC1", "XS1"} {
		body := s.Must(t, who, boardOfTenant, published).Body
		for _, person := range []string{"L1", "K1", "S1", "J1", "联村领导", "驻村干部"} {
			if strings.Contains(body, `"`+person) {
				t.Errorf("%s reads of the person %s", who, person)
			}
		}
	}
}
