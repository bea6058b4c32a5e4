package template

import (
	"reflect"
	"testing"

	"leitai/internal/exact"
	"leitai/internal/fault"
)

// The template's split counts for an item that has none; its own counts alone,
// in the template's order, and a channel of weight 0 needs no marks.
// covers A23, Q14
func TestWeightsOfAnItem(t *testing.T) {
	t.Parallel()
	d := parsed(t, []byte(small))
	one := func(channel string, weight int64) ChannelSplit {
		return ChannelSplit{Channel: channel, Weight: exact.Int(weight)}
	}
	for _, c := range []struct {
		name string
		item Item
		want []ChannelSplit
	}{
		{"the template's", d.Items[0], []ChannelSplit{one("onsite", 40), one("ledger", 60)}},
		{"its own", d.Items[1], []ChannelSplit{one("onsite", 70), one("ledger", 30)}},
		{"one channel only", Item{Split: []ChannelSplit{one("ledger", 100)}}, []ChannelSplit{one("ledger", 100)}},
		{"in the template's order", Item{Split: []ChannelSplit{one("ledger", 30), one("onsite", 70)}}, []ChannelSplit{one("onsite", 70), one("ledger", 30)}},
		{"without the zero", Item{Split: []ChannelSplit{one("onsite", 0), one("ledger", 100)}}, []ChannelSplit{one("ledger", 100)}},
	} {
		got := c.item.Weights(d)
		if len(got) != len(c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
			continue
		}
		for i := range got {
			if got[i].Channel != c.want[i].Channel || !got[i].Weight.Equal(c.want[i].Weight) {
				t.Errorf("%s: got %v, want %v", c.name, got, c.want)
			}
		}
	}
}

// What-if weights change a copy, keep what is not named, and can be validated.
func TestWithWeights(t *testing.T) {
	t.Parallel()
	d := arena(t)
	other := d.WithWeights(map[string]exact.Number{"onsite": exact.Int(60), "ledger": exact.Int(40), "nobody": exact.Int(1)})
	if got := Diff(d, other); !reflect.DeepEqual(got, []Change{{"channels.onsite.weight", "40", "60"}, {"channels.ledger.weight", "60", "40"}}) {
		t.Errorf("got %v", got)
	}
	if !Equal(d, arena(t)) {
		t.Error("the document itself was changed")
	}
	if l := Validate(other); len(l) > 0 {
		t.Errorf("refused: %v", l)
	}
	wantOnly(t, Validate(d.WithWeights(map[string]exact.Number{"onsite": exact.Int(50)})), fault.TemplateWeights, "channels")
}

func TestFinders(t *testing.T) {
	t.Parallel()
	d := parsed(t, everythingSource(t))
	found := map[string]bool{}
	_, found["channel"] = d.Channel("ledger")
	_, found["item"] = d.Item("plain")
	_, found["band"] = d.Band("bottom")
	_, found["streak"] = d.Streak("bottom-twice")
	_, found["ballot"] = d.Ballot("meeting")
	_, found["grades"] = d.GradeScale("annual")
	year, ok := d.Rollup("year")
	found["roll-up"] = ok
	_, found["roll-up's band"] = year.Band("top")
	for what, ok := range found {
		if !ok {
			t.Errorf("the %s is not found", what)
		}
	}
	if _, ok := d.Band("top"); ok {
		t.Error("a roll-up's band is found among the rounds'")
	}
	if c, ok := d.Channel("nobody"); ok || c.Key != "" {
		t.Error("a channel of no template is found")
	}
}

func TestBandSizes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		band     Band
		size     int
		punishes bool
	}{
		{Band{Best: 3}, 3, false}, {Band{Worst: 2}, 2, true}, {Band{Next: 5}, 5, false}, {Band{Gain: 3}, 0, false}, {Band{Gainers: 1}, 1, false},
	} {
		if c.band.Size() != c.size || c.band.Punishes() != c.punishes {
			t.Errorf("%+v: size %d, punishes %v", c.band, c.band.Size(), c.band.Punishes())
		}
	}
}

func TestTextFallsBackToItsKey(t *testing.T) {
	t.Parallel()
	both, zh, none := Text{"前三名", "Top three"}, Text{ZH: "前三名"}, Text{}
	for _, c := range []struct {
		text    Text
		english bool
		want    string
	}{{both, false, "前三名"}, {both, true, "Top three"}, {zh, true, "前三名"}, {none, false, "top"}, {none, true, "top"}} {
		if got := c.text.Or("top", c.english); got != c.want {
			t.Errorf("%+v in English %v: %s, want %s", c.text, c.english, got, c.want)
		}
	}
}

// A round's rubric is checked like the template's own items, against its scale
// and channels, and may not be empty.
// covers A11, Q31
func TestCheckItemsOfARound(t *testing.T) {
	t.Parallel()
	d := arena(t)
	round := []Item{
		{Key: "party", Name: Text{ZH: "党建"}, Kind: KindPoints, Points: exact.Int(40)},
		{Key: "rural", Name: Text{ZH: "乡村振兴"}, Kind: KindPoints, Points: exact.Int(35)},
		{Key: "habitat", Name: Text{ZH: "人居环境"}, Kind: KindPoints, Points: exact.Int(25)},
	}
	if l := CheckItems(d, round); len(l) > 0 {
		t.Errorf("refused: %v", l)
	}
	wantOnly(t, CheckItems(d, round[:2]), fault.ItemsNot100, "items")
	wantOnly(t, CheckItems(d, nil), fault.TemplateMissingKey, "items")
	round[1].Key = "party"
	wantOnly(t, CheckItems(d, round), fault.TemplateTwice, "items[1].key")
	round[1].Key = "rural"
	round[2].Split = []ChannelSplit{{Channel: "photo", Weight: exact.Int(100)}}
	wantOnly(t, CheckItems(d, round), fault.TemplateUnknownRef, "items[2].split.photo")
	if len(d.Items) != 6 {
		t.Error("the template's own items were changed")
	}
}
