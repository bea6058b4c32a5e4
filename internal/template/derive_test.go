package template

import (
	"slices"
	"testing"

	"leitai/internal/fault"
)

func derived(t *testing.T, parent Document, version int, key string, name Text) Document {
	t.Helper()
	d, err := Derive(parent, version, key, name)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A template is derived under a key of its own.
func TestDeriveUnderNoKey(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"", "monthly-arena", "Our Arena"} {
		if _, err := Derive(arena(t), 1, key, Text{}); err == nil {
			t.Errorf("derived under %q", key)
		}
	}
}

// A derived template is its parent under another key, keeps what the parent
// locks and what the parent inherited, and nothing else binds it.
// covers B17
func TestDerive(t *testing.T) {
	t.Parallel()
	parent := arena(t)
	parent.Locks = []string{"channels", "bands.bottom"}
	parent.DerivedFrom = &Derived{Key: "county-model", Version: 2, Locked: []string{"scale.points"}}
	child := derived(t, parent, 7, "our-arena", Text{ZH: "本乡月评比"})
	if child.Key != "our-arena" || child.Name.ZH != "本乡月评比" || len(child.Locks) > 0 {
		t.Errorf("made %s %v %v", child.Key, child.Name, child.Locks)
	}
	if d := child.DerivedFrom; d.Key != parent.Key || d.Version != 7 || !slices.Equal(d.Locked, []string{"bands.bottom", "channels", "scale.points"}) {
		t.Errorf("derived from %+v", d)
	}
	if l := Validate(child); len(l) > 0 {
		t.Errorf("not sound: %v", l)
	}
	if l := CheckLocked(parent, child); len(l) > 0 {
		t.Errorf("refused at once: %v", l)
	}
	child.Items[0].Name.ZH = "改名"
	if l := CheckLocked(parent, child); len(l) > 0 || parent.Items[0].Name.ZH == "改名" {
		t.Errorf("what is not locked is refused: %v; the parent's item is %s", l, parent.Items[0].Name.ZH)
	}
	child.Channels[0].Judges.Min = 3
	child.Bands[1].Worst = 2
	l := CheckLocked(parent, child)
	if len(l) != 2 || !has(l, fault.TemplateLocked, "channels.onsite.judges.min") || !has(l, fault.TemplateLocked, "bands.bottom.worst") {
		t.Errorf("locked fields: %v", l)
	}
	if kept := derived(t, parent, 1, "same-name", Text{}); kept.Name != parent.Name {
		t.Errorf("the name became %v", kept.Name)
	}
}

func TestDimensions(t *testing.T) {
	t.Parallel()
	var known []string
	for _, d := range Dimensions() {
		if d.Name.ZH == "" || d.Name.EN == "" || slices.Contains(known, d.Key) || !keyShape.MatchString(d.Key) {
			t.Errorf("dimension %+v", d)
		}
		known = append(known, d.Key)
	}
	d := arena(t)
	if got := UnknownDimensions(d, known); len(got) > 0 {
		t.Errorf("the monthly contest has unknown dimensions: %v", got)
	}
	d.Items[2].Dimension, d.Items[4].Dimension = "weather", ""
	if got := UnknownDimensions(d, known); len(got) != 1 || got["items[2].dimension"] != "weather" {
		t.Errorf("got %v", got)
	}
	if got := UnknownDimensions(d, append(known, "weather")); len(got) > 0 {
		t.Errorf("a dimension of one's own is unknown: %v", got)
	}
}
