package journeys

import (
	"context"
	"slices"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/round"
	"leitai/internal/sample"
	"leitai/internal/template"
)

// Where the template rotates, four of the twelve resident cadres are seconded
// every month by the system, each once before anybody a second time; they sit
// inside the three groups, the smallest first, and the record says how each was
// chosen. Naming them by hand is refused.
// covers A05, A06, Q32, Q33
func TestSecondedCadresRotate(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.rule(t, s.variant(t, func(doc *template.Document) { doc.Panels.Seconded.Choose = "rotation" }), "2023-05")
	served := map[string]int{}
	for n, period := range []string{"2023-05", "2023-06", "2023-07", "2023-08"} {
		m := s.find(t, s.World.Rounds[period])
		m.Clock.Set(m.round.Held.AddDays(-1), "09:00")
		byHand := m.groups("J1", "J2", "J3", "J4", "J5", "J6")
		byHand.Seconded.Assigned = []round.SecondedSeat{{Person: m.World.Person("K1").ID, Panel: 1}}
		s.refused(t, sample.Clerk, func(ctx context.Context) error { _, err := s.App.Rounds.SetPanels(ctx, byHand); return err }, "SECONDED_CHOICE at seconded.assigned")
		m.step(t, sample.Clerk, func(ctx context.Context, _ round.Step) (*round.Answer, error) {
			return m.App.Rounds.SetPanels(ctx, m.groups("J1", "J2", "J3", "J4", "J5", "J6"))
		})
		sizes := []int{}
		s.must(t, sample.Clerk, func(ctx context.Context) error {
			panels, err := s.App.Rounds.Panels(ctx, m.round.ID)
			for _, p := range panels {
				sizes = append(sizes, len(p.Members))
				for _, member := range p.Members {
					if !member.Seconded {
						continue
					}
					served[member.Pseudonym]++
					if member.Chosen != round.ChosenRotation || member.Observer || member.Seed != "" {
						t.Errorf("%s: %+v", period, member)
					}
				}
			}
			return err
		})
		slices.Sort(sizes)
		equal(t, period+": members of the groups", sizes, []int{3, 3, 4})
		least, most := 9, 0
		for _, times := range served {
			least, most = min(least, times), max(most, times)
		}
		if want := min(4*(n+1), 12); len(served) != want || most-least > 1 || n < 3 && most > 1 {
			t.Errorf("after %s the cadres served %v", period, served)
		}
	}
}

// groups are two groups on site and one for the ledgers, two people each.
func (m *month) groups(who ...string) round.PanelsSet {
	set := round.PanelsSet{Round: m.round.ID, Revision: m.round.Revision}
	for n, channel := range []string{"onsite", "onsite", "ledger"} {
		set.Panels = append(set.Panels, round.PanelInput{
			Name: []string{"现场督查一组", "现场督查二组", "台账评审组"}[n], Channels: []string{channel},
			Members: []uuid.UUID{m.World.Person(who[2*n]).ID, m.World.Person(who[2*n+1]).ID},
		})
	}
	return set
}
