package template

import "testing"

// Which persons contest is said by the template, or follows from what it is
// about: first secretaries where their terms stand in it, else village
// secretaries. Where no persons contest, no post is named.
// covers C01
func TestWhoseHoldersContest(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		d    Document
		want string
	}{
		"villages":          {Document{Subject: Village}, ""},
		"persons":           {Document{Subject: Person}, "village-secretary"},
		"persons on a term": {Document{Subject: Person, Postings: &Postings{}}, "first-secretary"},
		"named":             {Document{Subject: Person, Postings: &Postings{}, Holding: "village-committee"}, "village-committee"},
	} {
		if got := c.d.Holder(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	all := string(everythingSource(t))
	if d := parsed(t, []byte(all)); d.Holder() != "team-leader" {
		t.Errorf("the post that is named: %q", d.Holder())
	}
	for name, with := range map[string]string{"no person": "subject: village\nholding: team-leader", "no such post": "subject: person\nholding: mayor"} {
		if _, err := Parse([]byte(swapped(t, all, "subject: person\nholding: team-leader", with))); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
