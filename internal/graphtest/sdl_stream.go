package graphtest

import (
	"fmt"
	"strings"
)

// Subscriptions lists the fields of Subscription.
func Subscriptions() []*Root {
	var all []*Root
	schema := Schema()
	for _, f := range schema.Subscription.Fields {
		root := &Root{Name: f.Name, field: f, schema: schema}
		if can := f.Directives.ForName("can"); can != nil {
			root.Permission = can.Arguments.ForName("permission").Value.Raw
		}
		all = append(all, root)
	}
	return all
}

// Names says whether the field has to be told what to follow.
func (r *Root) Names() bool {
	for _, a := range r.field.Arguments {
		if a.Type.NonNull {
			return true
		}
	}
	return false
}

// Stream writes a subscription to the field that names an id wherever one is
// required, leaves the rest out and selects everything down to a depth.
func (r *Root) Stream(depth int, id string) string {
	var args []string
	for _, a := range r.field.Arguments {
		if a.Type.NonNull {
			args = append(args, fmt.Sprintf("%s: %q", a.Name, id))
		}
	}
	list := ""
	if len(args) > 0 {
		list = "(" + strings.Join(args, ", ") + ")"
	}
	return fmt.Sprintf("subscription { %s%s %s }", r.Name, list, r.selection(r.field.Type.Name(), depth))
}
