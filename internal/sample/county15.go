package sample

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/programme"
	"leitai/internal/round"
	"leitai/internal/template"
)

// Town is a further township of the fictional county that plays rounds of a
// template of its own, for the comparison: one judge, one channel, a fixed rubric.
type Town struct {
	Number int        // 1 to 99: the township 990101301 and so on
	Sign   string     // before the numbers of its papers; empty: 样
	Scheme TownScheme // its template
	Marks  []TownMonth
}

// TownScheme is a small template; towns that share one have the same rules, each
// in a template of its own.
type TownScheme struct {
	Key   string
	Items []TownItem
}

// TownItem is one item of it.
type TownItem struct {
	Key, Dimension string // an empty dimension: the template names none
	Points         int64  // of 100
	Name           string // in Chinese; empty: its key
}

// TownMonth is one round: marks of each village by the scheme's items, each 0 to
// 100 and a multiple of 0.01.
type TownMonth struct {
	Period  string // 2023-05 …
	Late    int    // days between the end of the objection period and the publication beyond the first working day
	Marks   [][]string
	Private bool // published to the persons concerned only
}

// TownCode is the code of the n-th further township.
func TownCode(n int) string { return fmt.Sprintf("9901013%02d", n) }

// TownPerson is the pseudonym of somebody of the n-th further township; A
// approves, C keeps the office, J judges, R confirms.
func TownPerson(n int, letter string) string { return fmt.Sprintf("Z%d%s", n, letter) }

// TownsTable opens the fictional units with those of further townships, by how
// many villages each of their rounds judges.
func TownsTable(towns []Town) io.Reader {
	var b strings.Builder
	for _, t := range towns {
		name := "样例" + numeral(t.Number) + "乡"
		fmt.Fprintf(&b, "%s,%s,%s\n", TownCode(t.Number), name, CountyCode)
		for v := range t.Marks[0].Marks {
			fmt.Fprintf(&b, "%s%03d,%s第%s村村民委员会,%s\n", TownCode(t.Number), v+1, name, numeral(v+1), TownCode(t.Number))
		}
	}
	return io.MultiReader(SchemesTable(), strings.NewReader(b.String()))
}

// Days of the towns' year: the county opens them, and their notice.
var (
	townsFrom = calendar.MustDate("2023-04-25")
	townsDay  = calendar.MustDate("2023-04-26")
)

// PlayTowns opens townships and plays their rounds through the use cases.
func (w *World) PlayTowns(ctx context.Context, towns []Town) error {
	for i := range towns {
		if err := w.playTown(ctx, &towns[i]); err != nil {
			return fmt.Errorf("sample: town %d: %w", towns[i].Number, err)
		}
	}
	return nil
}

type townPlay struct {
	*Scheme
	town *Town
}

func (w *World) playTown(ctx context.Context, town *Town) error {
	p := &townPlay{&Scheme{World: w, Unit: TownCode(town.Number), Clerk: TownPerson(town.Number, "C"), Approver: TownPerson(town.Number, "A")}, town}
	if err := p.found(ctx, townsFrom, townCast(town.Number)); err != nil {
		return err
	}
	doc, err := template.Parse([]byte(town.Scheme.source()))
	if err != nil {
		return err
	}
	if err := p.enact(ctx, townsDay, &doc, p.competition(), "2023-12"); err != nil {
		return err
	}
	for i := range town.Marks {
		if err := p.month(ctx, &town.Marks[i]); err != nil {
			return fmt.Errorf("%s: %w", town.Marks[i].Period, err)
		}
	}
	return nil
}

// townCast is who runs a further township.
func townCast(n int) []*Person {
	at := TownCode(n)
	return []*Person{
		{Pseudonym: TownPerson(n, "A"), Name: "审定人一", Role: authz.TownshipApprover, Unit: at, Posts: []Post{{"secretary", at, "乡党委书记"}}},
		{Pseudonym: TownPerson(n, "C"), Name: "党建办经办人一", Role: authz.TownshipClerk, Unit: at, Posts: []Post{{"office-staff", at, "党建办"}}},
		{Pseudonym: TownPerson(n, "J"), Name: "评委一", Role: authz.Judge, Unit: at, Posts: []Post{{"township-cadre", at, ""}}},
		{Pseudonym: TownPerson(n, "R"), Name: "复核人一", Role: authz.Confirmer, Unit: at, Posts: []Post{{"township-cadre", at, ""}}},
	}
}

// source writes the template down.
func (s TownScheme) source() string {
	var b strings.Builder
	fmt.Fprintf(&b, `schemaVersion: 1
key: %s
name: {zh-Hans: 月评比, en: Monthly contest}
subject: village
calendar: {every: month, day: 20, clamp: month-end, roll: next-workday, workdays: official, period: nominal}
scale: {points: 100, decimals: 2, rounding: half-up, items: sum, split: per-item}
channels:
  onsite: {name: {zh-Hans: 现场督查, en: On site}, source: onsite, weight: 100, judges: {min: 1, combine: single}, range: [0, 100], step: 0.01, reception: false}
panels: {groups: 1, minMembers: 1}
missing: {absent: unranked, mark: blocks}
ranking: {on: published, method: competition, tieBreak: [], scope: all, show: ranks}
announce: {objectionDays: 3, audience: township, correction: new-revision}
rubric: fixed
items:
`, s.Key)
	for _, item := range s.Items {
		dimension := ""
		if item.Dimension != "" {
			dimension = ", dimension: " + item.Dimension
		}
		fmt.Fprintf(&b, "  - {key: %s, name: {zh-Hans: %s, en: %s}%s, kind: points, points: %d}\n", item.Key, cmp.Or(item.Name, item.Key), item.Key, dimension, item.Points)
	}
	return b.String()
}

func (p *townPlay) competition() programme.CompetitionCreate {
	head := p.Person(p.Approver).ID
	return programme.CompetitionCreate{
		Name: "村（社区）月评比", FromPeriod: p.town.Marks[0].Period, FilingNumber: fmt.Sprintf("岚督考备〔2023〕%d号", 100+p.town.Number),
		Notice: programme.Notice{Number: fmt.Sprintf("%s%d〔2023〕1号", p.sign(), p.town.Number), Issuer: "乡党委", Date: townsDay, Title: "月评比实施办法",
			Text: "本文件为演示数据。", Basis: []programme.BasisDocument{}, Distribution: []string{"各村"}},
		LeadingGroup: programme.LeadingGroup{Members: []programme.LeadingGroupMember{{Seat: programme.SeatHead, Person: &head, Title: "乡党委书记"}}, Offices: []string{"党建办"}},
	}
}

func (p *townPlay) sign() string { return cmp.Or(p.town.Sign, "样") }

// month plays one round from the group to the publication.
func (p *townPlay) month(ctx context.Context, m *TownMonth) error {
	if err := p.take(ctx, m.Period); err != nil {
		return err
	}
	held := p.round.Held
	before := workdaysBefore(held, 3)
	for i, s := range []struct {
		what string
		do   func(ctx context.Context, at round.Step) (*round.Answer, error)
	}{
		{"rubric", p.app.Rounds.PublishRubric},
		{"group", func(ctx context.Context, at round.Step) (*round.Answer, error) {
			return p.app.Rounds.SetPanels(ctx, round.PanelsSet{Round: at.Round, Revision: at.Revision,
				Panels: []round.PanelInput{{Name: "评比组", Members: p.ids(TownPerson(p.town.Number, "J"))}}})
		}},
		{"notice", func(ctx context.Context, at round.Step) (*round.Answer, error) {
			return p.app.Rounds.IssueNotice(ctx, round.Notify{Round: at.Round, Revision: at.Revision, Number: p.sign() + "〔" + m.Period + "〕", Venue: "各村", Text: "月评比"})
		}},
		{"open", p.app.Rounds.Open},
	} {
		day := held
		if i < len(before) {
			day = before[i]
		}
		if err := p.step(ctx, day, "08:30", p.Clerk, s.what, s.do); err != nil {
			return err
		}
	}
	if err := p.mark(ctx, held, m); err != nil {
		return err
	}
	if err := p.finish(ctx, held); err != nil {
		return err
	}
	return p.publishTown(ctx, m)
}

// mark enters and confirms the marks.
func (p *townPlay) mark(ctx context.Context, held calendar.Date, m *TownMonth) error {
	var marks []round.MarkInput
	for v, values := range m.Marks {
		for i, value := range values {
			mark, err := exact.Parse(value)
			if err != nil {
				return err
			}
			marks = append(marks, round.MarkInput{ID: uuid.Must(uuid.NewV7()), UnitCode: p.village(v + 1), Item: p.town.Scheme.Items[i].Key, Channel: "onsite", Value: mark})
		}
	}
	var ids []uuid.UUID
	err := p.on(ctx, held, "10:00", TownPerson(p.town.Number, "J"), func(ctx context.Context) error {
		sent, err := p.app.Rounds.SubmitMarks(ctx, p.round.ID, marks)
		for _, one := range sent {
			ids = append(ids, one.ID)
		}
		return err
	})
	if err != nil {
		return err
	}
	return p.on(ctx, held, "15:00", TownPerson(p.town.Number, "R"), func(ctx context.Context) error {
		_, err := p.app.Rounds.ConfirmMarks(ctx, p.round.ID, ids)
		return err
	})
}

func (p *townPlay) publishTown(ctx context.Context, m *TownMonth) error {
	day := nextWorkday(p.round.ObjectionsUntil.AddDays(1 + m.Late))
	return p.step(ctx, day, "10:00", p.Approver, "publish", func(ctx context.Context, at round.Step) (*round.Answer, error) {
		in := round.Publish{Round: at.Round, Revision: at.Revision, Comment: "同意通报。", BulletinNumber: p.sign() + "通〔" + m.Period + "〕"}
		if m.Private {
			audience := round.AudiencePerson
			in.Audience = &audience
		}
		return p.app.Rounds.Publish(ctx, in)
	})
}

// Fifteen are fifteen townships with three different templates: five of each. The
// second has an item without a dimension, the third nothing of the living
// environment. Marks are made of the numbers of town, month and village.
func Fifteen() []Town {
	schemes := []TownScheme{
		{"town-broad", []TownItem{{Key: "party", Dimension: "party-building", Points: 40}, {Key: "habitat", Dimension: "habitat", Points: 35}, {Key: "industry", Dimension: "industry", Points: 25}}},
		{"town-tidy", []TownItem{{Key: "party", Dimension: "party-building", Points: 30}, {Key: "tidy", Dimension: "", Points: 30}, {Key: "safety", Dimension: "safety", Points: 40}}},
		{"town-narrow", []TownItem{{Key: "party", Dimension: "party-building", Points: 50}, {Key: "stability", Dimension: "stability", Points: 50}}},
	}
	var towns []Town
	for n := 1; n <= 15; n++ {
		t := Town{Number: n, Scheme: schemes[(n-1)%len(schemes)]}
		for month, period := range []string{"2023-05", "2023-06"} {
			m := TownMonth{Period: period}
			m.Private = n == 7 && month == 1
			if n == 4 && month == 1 {
				m.Late = 30
			}
			for v := range 3 {
				var values []string
				for i := range t.Scheme.Items {
					values = append(values, fmt.Sprintf("%d.5", 70+(n*7+month*3+v*5+i*11)%29))
				}
				m.Marks = append(m.Marks, values)
			}
			t.Marks = append(t.Marks, m)
		}
		towns = append(towns, t)
	}
	return slices.Clip(towns)
}
