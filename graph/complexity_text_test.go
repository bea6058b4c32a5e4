package graph

import (
	"reflect"
	"testing"
)

// What a field costs follows from numbers, never from a text or an id: the edge
// remembers the cost of an operation whose variables are texts alone.
func TestNoCostFollowsFromAText(t *testing.T) {
	t.Parallel()
	costs := 0
	root := reflect.ValueOf(complexity())
	for i := range root.NumField() {
		object := root.Field(i)
		for j := range object.NumField() {
			if cost := object.Field(j); !cost.IsNil() {
				costs++
				name := root.Type().Field(i).Name + "." + object.Type().Field(j).Name
				if empty, full := costWith(cost, nil), costWith(cost, new("x")); empty != full || full != costWith(cost, new("")) {
					t.Errorf("%s costs %d without and %d with a text", name, empty, full)
				}
			}
		}
	}
	if costs < 100 {
		t.Errorf("only %d costs were found", costs)
	}
}

// costWith calls a cost with a text in every argument that takes one, and
// nothing in the others.
func costWith(cost reflect.Value, text *string) int64 {
	args := make([]reflect.Value, cost.Type().NumIn())
	for i := range args {
		in := cost.Type().In(i)
		args[i] = reflect.New(in).Elem()
		switch {
		case i == 0:
			args[i].SetInt(7) // what is below
		case in == reflect.TypeFor[*string]():
			args[i].Set(reflect.ValueOf(text))
		case in.Kind() == reflect.String && text != nil:
			args[i].SetString(*text)
		}
	}
	return cost.Call(args)[0].Int()
}
