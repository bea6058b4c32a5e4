package round

import (
	"cmp"
	"context"
	"slices"

	"leitai/internal/fault"
	"leitai/internal/phrase"
	"leitai/internal/template"
)

// told tells a refusal to people, where it is one.
func told(ctx context.Context, st Store, r *Round, err error) error {
	tell(ctx, st, r, fault.All(err))
	return err
}

// tell puts refusals and hints of a round into the words of those who read
// them: items and channels by name, and subjects in the order of the roster. A
// refusal stands without it too, so what cannot be read is left as it is.
func tell(ctx context.Context, st Store, r *Round, all fault.List) {
	if !slices.ContainsFunc(all, wanting) {
		return
	}
	doc, _, err := st.RoundTemplate(ctx, r)
	if err != nil {
		return
	}
	if rubric, err := st.RubricOf(ctx, r.ID); err == nil {
		callByName(all, doc, itemsOf(doc, rubric))
	}
	if order, err := rosterOrder(ctx, st, r, doc); err == nil {
		for _, f := range all {
			slices.SortStableFunc(f.Subjects, func(a, b string) int { return cmp.Compare(order[a], order[b]) })
		}
	}
}

// wanting reports whether a fault has something to look up.
func wanting(f *fault.Fault) bool {
	return f.Args["item"] != "" || f.Args["channel"] != "" || f.Args["scale"] != "" || len(f.Subjects) > 1
}

func callByName(all fault.List, doc *template.Document, items []template.Item) {
	for _, f := range all {
		for i := range items {
			_ = calling(f, "item", items[i].Key, items[i].Name)
		}
		for i := range doc.Channels {
			_ = calling(f, "channel", doc.Channels[i].Key, doc.Channels[i].Name)
		}
		for i := range doc.Grades {
			_ = calling(f, "scale", doc.Grades[i].Key, doc.Grades[i].Name)
		}
	}
}

// calling gives an argument its name in the messages, in place, if it has that
// key.
func calling(f *fault.Fault, argument, key string, name template.Text) *fault.Fault {
	if f.Args[argument] != key || key == "" {
		return f
	}
	return f.Call(argument, phrase.Text(name, key, fault.Chinese), phrase.Text(name, key, fault.English))
}

// rosterOrder gives the position of each subject by name, from 1: on the roster
// once it is fixed, before that among those who could contest. What is no
// subject comes first, as it was sorted.
func rosterOrder(ctx context.Context, st Store, r *Round, doc *template.Document) (map[string]int, error) {
	order := map[string]int{}
	if r.OpenedAt == nil {
		field, err := contestants(ctx, st, doc, r.Held)
		for i, u := range field {
			order[u.Name] = i + 1
		}
		return order, err
	}
	roster, err := st.RosterOf(ctx, r.ID)
	for _, e := range roster {
		order[e.Name] = e.Position
	}
	return order, err
}
