package round_test

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/programme"
	"leitai/internal/round"
)

// found activates the template and opens a competition.
func (w *township) found(doc string, trial bool) {
	w.t.Helper()
	v, err := w.prog.CreateTemplate(w.as("C1"), doc)
	must(w.t, err)
	var confirm []string
	if strings.Contains(doc, "confirmAtActivation") {
		confirm = []string{"outcomes", "streaks"}
	}
	v, err = w.prog.ActivateTemplate(w.as("A1"), v.ID, v.Revision, confirm)
	must(w.t, err)
	head := w.persons["A1"]
	c, err := w.prog.CreateCompetition(w.as("C1"), programme.CompetitionCreate{
		Name: "月评比" + v.Key, Template: v.ID, FromPeriod: "2023-04", Trial: trial, FilingNumber: "演督备〔2023〕1号",
		Notice:       programme.Notice{Number: "演委发〔2023〕6号", Issuer: "演示乡党委", Date: day("2023-04-24"), Title: "擂台比武实施方案", Distribution: []string{"各村(社区)", "乡直各单位"}},
		LeadingGroup: programme.LeadingGroup{Members: []programme.LeadingGroupMember{{Seat: programme.SeatHead, Person: &head, Title: "乡党委书记"}}, Offices: []string{"党建办", "乡村振兴站"}, OfficeHead: "组织委员"},
	})
	must(w.t, err)
	w.competition, w.template = c.ID, v.ID
}

// planned dates the round of a period.
func (w *township) planned(period string) uuid.UUID {
	w.t.Helper()
	plan, err := w.prog.PlanRounds(w.as("C1"), w.competition, period, period)
	must(w.t, err)
	return plan.Entries[0].Round
}

// items are what the two leaders write; O1 has two of them.
func items(owner string) []round.RubricItemInput {
	all := map[string][]round.RubricItemInput{
		"O1": {{Key: "party", NameZh: "党建", Dimension: "party-building", Points: num("40")}, {Key: "habitat", NameZh: "人居环境", Dimension: "habitat", Points: num("25")}},
		"O2": {{Key: "rural", NameZh: "乡村振兴", Dimension: "rural-revitalisation", Points: num("35")}},
	}
	return all[owner]
}

// writeRubric writes the items of both leaders and publishes them.
func (w *township) writeRubric(id uuid.UUID) {
	w.t.Helper()
	for _, owner := range []string{"O1", "O2"} {
		_, err := w.use.WriteRubric(w.as(owner), round.RubricWrite{Round: id, Revision: w.step(id).Revision, Items: items(owner)})
		must(w.t, err)
	}
	_, err := w.use.PublishRubric(w.as("C1"), w.step(id))
	must(w.t, err)
}

// panels puts J1 and J2 on site, J3, J4 and the seconded K3 at the ledgers.
func (w *township) panels(id uuid.UUID) round.PanelsSet {
	return round.PanelsSet{
		Round: id, Revision: w.step(id).Revision,
		Panels: []round.PanelInput{
			{Name: "现场组", Channels: []string{"onsite"}, Members: []uuid.UUID{w.persons["J1"], w.persons["J2"]}},
			{Name: "台账组", Channels: []string{"ledger"}, Members: []uuid.UUID{w.persons["J3"], w.persons["J4"]}},
		},
		Seconded: round.SecondedInput{Assigned: []round.SecondedSeat{{Person: w.persons["K3"], Panel: 2}}},
	}
}

func (w *township) notify(id uuid.UUID) {
	w.t.Helper()
	_, err := w.use.IssueNotice(w.as("C1"), round.Notify{Round: id, Revision: w.step(id).Revision, Number: "演擂办〔2023〕1号", Venue: "乡政府会议室", Text: "请携带台账"})
	must(w.t, err)
}

// opened brings a round to where marks are taken.
func (w *township) opened(period string) uuid.UUID {
	w.t.Helper()
	id := w.planned(period)
	w.writeRubric(id)
	_, err := w.use.SetPanels(w.as("C1"), w.panels(id))
	must(w.t, err)
	w.notify(id)
	_, err = w.use.Open(w.as("C1"), w.step(id))
	must(w.t, err)
	w.reach(w.round(id).Held)
	return id
}

// reach moves the clock to the morning of a day, unless it is past that.
func (w *township) reach(date calendar.Date) {
	if morning := date.Start(time.UTC).Add(time.Hour); morning.After(w.now) {
		w.now = morning
	}
}

// receive checks the ledgers of villages in.
func (w *township) receive(id uuid.UUID, codes ...string) {
	w.t.Helper()
	for _, code := range codes {
		secretary := "S" + string(code[len(code)-1])
		_, err := w.use.ReceiveLedger(w.as("C1"), round.LedgerReceive{Round: id, UnitCode: code, DeliveredBy: w.persons[secretary]})
		must(w.t, err)
	}
}

// sheet is one judge's marks of a village: one value for every item.
func sheet(code, channel, value string, judge *uuid.UUID) []round.MarkInput {
	var all []round.MarkInput
	for _, item := range []string{"party", "habitat", "rural"} {
		all = append(all, round.MarkInput{ID: fresh(), UnitCode: code, Item: item, Channel: channel, Value: num(value), Judge: judge})
	}
	return all
}

// values are a village's marks: of J1 and J2 on site, and of J3 for the ledger.
type values [3]string

// usual marks put the villages in the order 1, 2, 3: 93.40, 83.40, 73.40.
var usual = map[string]values{village1: {"90", "92", "95"}, village2: {"80", "82", "85"}, village3: {"70", "72", "75"}}

// mark enters and confirms a village's marks; the office types the ledger's in.
func (w *township) mark(id uuid.UUID, all map[string]values) {
	w.t.Helper()
	j3 := w.persons["J3"]
	for _, code := range villages {
		v, ok := all[code]
		if !ok {
			continue
		}
		var ids []uuid.UUID
		for name, in := range map[string][]round.MarkInput{"J1": sheet(code, "onsite", v[0], nil), "J2": sheet(code, "onsite", v[1], nil), "C1": sheet(code, "ledger", v[2], &j3)} {
			marks, err := w.use.SubmitMarks(w.as(name), id, in)
			must(w.t, err)
			for _, m := range marks {
				ids = append(ids, m.ID)
			}
		}
		_, err := w.use.ConfirmMarks(w.as("F1"), id, ids)
		must(w.t, err)
	}
}

// announced closes, computes and announces a marked round.
func (w *township) announced(id uuid.UUID) {
	w.t.Helper()
	_, err := w.use.Close(w.as("C1"), w.step(id))
	must(w.t, err)
	_, err = w.use.Compute(w.as("C1"), w.step(id))
	must(w.t, err)
	_, err = w.use.Announce(w.as("C1"), w.step(id))
	must(w.t, err)
}

// later moves the clock past an objection period.
func (w *township) later() { w.now = w.now.Add(4 * 24 * time.Hour) }

// published plays a whole month.
func (w *township) published(period string, all map[string]values) uuid.UUID {
	w.t.Helper()
	id := w.opened(period)
	w.receive(id, villages...)
	w.mark(id, all)
	w.announced(id)
	w.later()
	w.publish(id, "")
	return id
}

func (w *township) publish(id uuid.UUID, reason string) *round.Answer {
	w.t.Helper()
	answer, err := w.use.Publish(w.as("A1"), round.Publish{Round: id, Revision: w.step(id).Revision, Comment: "同意", BulletinNumber: "演委通〔2023〕1号", Reason: reason})
	must(w.t, err)
	return answer
}
