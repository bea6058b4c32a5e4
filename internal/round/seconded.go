package round

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/fault"
)

// seatBeside is the seat of seconded cadres who do not mark (Q33).
const seatBeside = "beside"

// choose draws or rotates the seconded cadres.
func (b *panelPlan) choose(ctx context.Context, st Store, in SecondedInput, member PanelMember) error {
	rule := b.doc.Panels.Seconded
	if len(in.Assigned) > 0 {
		b.bad = append(b.bad, fault.New(fault.SecondedChoice, "want", rule.Choose, "value", ChosenAssigned).At("seconded.assigned"))
		return nil
	}
	if rule.Choose == ChosenDraw && strings.TrimSpace(in.Seed) == "" {
		b.bad = append(b.bad, fault.New(fault.DrawSeedMissing).At("seconded.seed"))
		return nil
	}
	pool, err := b.pool(ctx, st, in.Pool)
	if err != nil {
		return err
	}
	if len(pool) < rule.Count {
		b.bad = append(b.bad, fault.New(fault.PoolTooSmall, "have", itoa(len(pool)), "want", itoa(rule.Count)).At("seconded.pool"))
		return nil
	}
	var chosen []candidate
	member.Chosen = rule.Choose
	if rule.Choose == ChosenDraw {
		chosen, member.Seed = draw(in.Seed, b.round.ID, pool, rule.Count), in.Seed
	} else {
		chosen = rotate(pool, rule.Count)
	}
	sizes := make([]int, len(b.panels))
	for i, p := range b.panels {
		sizes[i] = len(p.Members)
	}
	for i, number := range seat(sizes, len(chosen)) {
		member.Person = chosen[i].person
		b.add(b.panels[number-1], member, "seconded.pool")
	}
	return nil
}

// pool is the candidates named, or all resident cadres of the day, without
// those who sit in a group already.
func (b *panelPlan) pool(ctx context.Context, st Store, named []uuid.UUID) ([]candidate, error) {
	var err error
	if len(named) == 0 {
		if named, err = st.HoldersOn(ctx, residentCadre, b.round.Held); err != nil {
			return nil, err
		}
	}
	aliases, err := st.Pseudonyms(ctx, named)
	if err != nil {
		return nil, err
	}
	served, err := st.ServedIn(ctx, b.round.Competition, b.round.Held)
	if err != nil {
		return nil, err
	}
	var pool []candidate
	taken := map[uuid.UUID]bool{}
	for i, person := range named {
		if aliases[person] == "" {
			b.bad = append(b.bad, fault.New(fault.NotFound).At("seconded.pool[%d]", i))
			continue
		}
		if b.seen[person] != "" || taken[person] {
			continue
		}
		taken[person] = true
		c := candidate{person: person, pseudonym: aliases[person]}
		if at := slices.IndexFunc(served, func(v Served) bool { return v.Person == person }); at >= 0 {
			c.times, c.last = served[at].Times, served[at].Last
		}
		pool = append(pool, c)
	}
	return pool, nil
}

// whileOpen keeps groups complete, and everybody who gave a mark where it was
// given, when they change in an open round.
func (b *panelPlan) whileOpen(ctx context.Context, st Store) error {
	if b.round.State != Open {
		return nil
	}
	p, err := prepare(ctx, st, b.round)
	if err != nil {
		return err
	}
	p.panels = b.panels
	all := p.unready()
	given, err := st.MarksOf(ctx, b.round.ID, false)
	if err != nil {
		return err
	}
	var lost []string
	for _, m := range given {
		panel, member := seatOf(b.panels, m.Judge)
		if panel == nil || member.Observer || !panel.covers(m.Item, m.Channel, m.Unit, m.Subject) {
			lost = append(lost, m.JudgeAlias)
		}
	}
	if lost != nil {
		slices.Sort(lost)
		all = append(all, fault.New(fault.PanelInUse).About(slices.Compact(lost)...))
	}
	return blocked(all)
}
