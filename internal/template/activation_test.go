package template

import (
	"fmt"
	"testing"

	"leitai/internal/exact"
)

// The burden of a month counts what comes in each cadence by its months.
// covers G5
func TestBurdenByCadence(t *testing.T) {
	t.Parallel()
	for every, months := range map[string]int64{"month": 1, "quarter": 3, "half-year": 6, "year": 12} {
		d := arena(t)
		d.Calendar.Every = every
		b := BurdenOf(d)
		if !b.LedgerItems.Equal(exact.Ratio(6, months)) || !b.Visits.Equal(exact.Ratio(1, months)) || !b.Total().Equal(exact.Ratio(7, months)) {
			t.Errorf("every %s: %+v", every, b)
		}
	}
}

// Each thing that a village is asked for adds to the burden, and what it is not
// asked for does not.
// covers G3, G5
func TestWhatWeighsOnAVillage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name                             string
		change                           func(d *Document)
		ledgers, visits, photos, reports string
	}{
		{"as it stands", func(*Document) {}, "6", "1", "0", "0"},
		{"an item on site only", func(d *Document) { d.Items[0].Split = []ChannelSplit{{"onsite", hundred}} }, "5", "1", "0", "0"},
		{"an item of ledgers only", func(d *Document) { d.Items[0].Split = []ChannelSplit{{"ledger", hundred}} }, "6", "1", "0", "0"},
		{"an item on site that shows papers", func(d *Document) {
			d.Items[0].Split, d.Items[0].Evidence = []ChannelSplit{{"onsite", hundred}}, []string{"document"}
		}, "6", "1", "0", "0"},
		{"a check that shows papers", func(d *Document) {
			d.Items[0].Split = []ChannelSplit{{"onsite", hundred}}
			d.Items[0].Rule.Checks = []Check{{Key: "a", Evidence: []string{"photo", "document"}}}
		}, "6", "1", "0", "0"},
		{"photos that inspectors take", func(d *Document) { d.Items[0].Evidence = []string{"photo"} }, "6", "1", "0", "0"},
		{"photos of every village", func(d *Document) { d.Evidence = &Evidence{MinPhotos: 4} }, "6", "1", "4", "0"},
		{"nobody comes", func(d *Document) { d.Channels[0].Source = "metric" }, "6", "0", "0", "0"},
		{"a verification comes", func(d *Document) { d.Channels[0].Source = "verification" }, "6", "1", "0", "0"},
		{"no ledgers", func(d *Document) { d.Channels[1].Source = "marks" }, "0", "1", "0", "0"},
		{"a ledger without weight", func(d *Document) { d.Channels[0].Weight, d.Channels[1].Weight = hundred, exact.Int(0) }, "0", "1", "0", "0"},
		{"exchanges of a pair", func(d *Document) { d.Pairing = &Pairing{ExchangesPerMonth: 2} }, "6", "3", "0", "0"},
		{"papers with a date", func(d *Document) { d.Deadlines = make([]Deadline, 6) }, "6", "1", "0", "1/2"},
		{"a monthly statement", func(d *Document) { d.Postings = &Postings{Statement: Statement{MinDays: 20}} }, "6", "1", "0", "1"},
		{"no statement", func(d *Document) { d.Postings = &Postings{} }, "6", "1", "0", "0"},
		{"no items yet", func(d *Document) { d.Items = nil }, "0", "0", "0", "0"},
	} {
		d := arena(t)
		c.change(&d)
		b := BurdenOf(d)
		if got, want := fmt.Sprint(b.LedgerItems, b.Visits, b.Photos, b.Reports), fmt.Sprint(exact.Must(c.ledgers), exact.Must(c.visits), exact.Must(c.photos), exact.Must(c.reports)); got != want {
			t.Errorf("%s: %s, want %s", c.name, got, want)
		}
	}
}

// The ledgers' share is of the total: only items that judges mark count towards
// it, everything that scores counts below it, and a total in parts has the
// items' parts only.
// covers G6
func TestLedgerShareOfTheTotal(t *testing.T) {
	t.Parallel()
	half := []Part{{Key: "a", Weight: exact.Int(50), From: "items"}, {Key: "b", Weight: exact.Int(50), From: "entered"}}
	for _, c := range []struct {
		name   string
		change func(d *Document)
		want   string
	}{
		{"a metric of 20 points", func(d *Document) { d.Items[0].Kind = KindMetric }, "48"},
		{"levels are marked", func(d *Document) { d.Items[0].Kind = KindLevels }, "60"},
		{"a bonus and a veto stand beside", func(d *Document) {
			d.Items = append(d.Items, Item{Key: "extra", Kind: KindBonus}, Item{Key: "serious", Kind: KindVeto})
		}, "60"},
		{"an item of nothing", func(d *Document) { d.Items = append(d.Items, Item{Key: "free", Kind: KindPoints}) }, "60"},
		{"only metrics", func(d *Document) {
			for i := range d.Items {
				d.Items[i].Kind = KindMetric
			}
		}, "0"},
		{"half of the total", func(d *Document) { d.Parts = half }, "30"},
		{"half of the total, items of each round", func(d *Document) { d.Parts, d.Items = half, nil }, "30"},
		{"two parts of items", func(d *Document) {
			d.Parts = []Part{{Key: "a", Weight: exact.Int(30), From: "items"}, {Key: "b", Weight: exact.Int(20), From: "items"}, {Key: "c", Weight: exact.Int(50), From: "entered"}}
		}, "30"},
		{"nothing from the items", func(d *Document) { d.Parts = []Part{{Key: "a", Weight: hundred, From: "ballots.meeting"}} }, "0"},
		{"two ledgers", func(d *Document) { d.Channels[0].Source = "ledger" }, "100"},
		{"no channels", func(d *Document) { d.Channels, d.Items = nil, nil }, "0"},
	} {
		d := arena(t)
		c.change(&d)
		if got := LedgerShare(d); !got.Equal(exact.Must(c.want)) {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// A warning never stops a template: whatever the lint says of a document, it is
// sound, and a document that warns of nothing exists.
func TestWarningsRefuseNothing(t *testing.T) {
	t.Parallel()
	for _, key := range exampleKeys {
		d := example(t, key)
		if l := Validate(d); len(l) > 0 {
			t.Errorf("%s: %v", key, l)
		}
		for _, w := range Lint(d) {
			if w.Field == "" || w.Code == "" {
				t.Errorf("%s: %+v", key, w)
			}
		}
	}
	quiet := parsed(t, []byte("schemaVersion: 1\nkey: quiet\nname: 甲\nsubject: village\ncalendar: {day: 30}\nchannels: {onsite: {name: 现场, weight: 100}}\n"))
	if all := Lint(quiet); len(all) > 0 {
		t.Errorf("the plainest contest is warned about: %v", all)
	}
}
