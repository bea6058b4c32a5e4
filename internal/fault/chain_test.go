package fault_test

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	"leitai/internal/fault"
)

// At, In and About give back the fault itself, so that they are chained in any
// order; the last word counts.
func TestChainsGiveTheFaultItself(t *testing.T) {
	t.Parallel()
	f := fault.New(fault.NotFound)
	if f.At("a") != f || f.In(3, "B") != f || f.About("V2", "V1") != f {
		t.Fatal("a link of the chain gave another fault")
	}
	one := fault.New(fault.NotFound).At("items[%d].key", 4).In(7, "code").About("V9", "V10")
	two := fault.New(fault.NotFound).About("V10", "V9").In(7, "code").At("items[%d].key", 4)
	if one.Error() != two.Error() || !slices.Equal(one.Subjects, two.Subjects) || one.Place != two.Place {
		t.Errorf("%v and %v", one, two)
	}
	if f.At("b").At("c"); f.Field != "c" {
		t.Errorf("the field is %s", f.Field)
	}
	if f.About(); len(f.Subjects) != 0 {
		t.Errorf("about nobody: %v", f.Subjects)
	}
}

// A field is text with places for numbers; text that came from outside is put
// in as a value and never read as a format.
func TestFieldsAreFormatted(t *testing.T) {
	t.Parallel()
	for want, f := range map[string]*fault.Fault{
		"items[2].checks[0]": fault.New(fault.NotFound).At("items[%d].checks[%d]", 2, 0),
		"bands.top":          fault.New(fault.NotFound).At("bands.%s", "top"),
		"100%d":              fault.New(fault.NotFound).At("%s", "100%d"),
		"":                   fault.New(fault.NotFound).At(""),
	} {
		if f.Field != want {
			t.Errorf("%q, want %q", f.Field, want)
		}
	}
}

// For a log, a fault says code, field, row and column in that order, and the
// English sentence; what it has none of is left out.
func TestErrorsOfALog(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		f    *fault.Fault
		want string
	}{
		{fault.New(fault.AlreadyExists, "value", "甲"), "ALREADY_EXISTS: “甲” exists already"},
		{fault.New(fault.AlreadyExists, "value", "甲").At("name"), "ALREADY_EXISTS at name: “甲” exists already"},
		{fault.New(fault.AlreadyExists, "value", "甲").In(2, "名称"), "ALREADY_EXISTS (row 2, column 名称): “甲” exists already"},
		{fault.New(fault.AlreadyExists, "value", "甲").At("name").In(2, "A"), "ALREADY_EXISTS at name (row 2, column A): “甲” exists already"},
		{fault.New(fault.AlreadyExists, "value", "甲").In(0, "A"), "ALREADY_EXISTS: “甲” exists already"},
		{fault.New(fault.AlreadyExists, "value", "甲").About("V1"), "ALREADY_EXISTS: “甲” exists already"},
	} {
		if got := c.f.Error(); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
	if got := (fault.List{}).Error(); got != "" {
		t.Errorf("an empty list says %q", got)
	}
	if got := (fault.List{fault.New(fault.NotFound).At("a")}).Error(); strings.Contains(got, ";") && strings.Count(got, "NOT_FOUND") != 1 {
		t.Errorf("a list of one says %q", got)
	}
}

// Each fault is its own: arguments, subjects and lists handed in may change
// afterwards without changing it.
func TestFaultsShareNothing(t *testing.T) {
	t.Parallel()
	subjects := []string{"V2", "V1"}
	pairs := []string{"value", "甲"}
	f := fault.New(fault.AlreadyExists, pairs...).About(subjects...)
	subjects[0], pairs[1] = "V7", "乙"
	if !slices.Equal(f.Subjects, []string{"V1", "V2"}) || f.Args["value"] != "甲" {
		t.Errorf("got %v, %v", f.Subjects, f.Args)
	}
	other := fault.New(fault.AlreadyExists, "value", "丙")
	if f.Args["value"] = "丁"; other.Args["value"] != "丙" {
		t.Error("two faults share their arguments")
	}
	if len(fault.New(fault.NotFound).Args) != 0 {
		t.Error("a fault without arguments has some")
	}
}

// What is meant for the caller is found however deep it lies; what is not – a
// bug, a lost connection – never is.
func TestWhatIsMeantForTheCaller(t *testing.T) {
	t.Parallel()
	a, b := fault.New(fault.NotFound).At("a"), fault.New(fault.Forbidden, "permission", "p").At("b")
	deep := error(a)
	for range 10 {
		deep = fmt.Errorf("again: %w", deep)
	}
	for _, c := range []struct {
		name string
		err  error
		want string
	}{
		{"ten deep", deep, "a"},
		{"joined behind another error", errors.Join(io.EOF, fmt.Errorf("x: %w", b)), "b"},
		{"a list in a joined error", errors.Join(io.EOF, fault.List{a, b}), "a b"},
		{"a list before a fault", errors.Join(fault.List{b, a}, a), "b a"},
		{"two wrapped by one", fmt.Errorf("%w and %w", a, b), "a"},
		{"only the text of one", fmt.Errorf("broken: %s", a.Error()), ""},
		{"another error", io.ErrUnexpectedEOF, ""},
		{"no error", nil, ""},
	} {
		var fields []string
		for _, f := range fault.All(c.err) {
			fields = append(fields, f.Field)
		}
		if got := strings.Join(fields, " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if found := fault.CodeOf(c.err) != ""; found != (c.want != "") {
			t.Errorf("%s: the code is %q", c.name, fault.CodeOf(c.err))
		}
	}
}

// errors.Is asks for the code alone: field, place, subjects and arguments may
// differ; and a list has the codes of all that is in it.
func TestIsAsksForTheCode(t *testing.T) {
	t.Parallel()
	f := fault.New(fault.AlreadyExists, "value", "甲").At("name").In(1, "A").About("V1")
	if !errors.Is(f, fault.New(fault.AlreadyExists)) || !errors.Is(f, f) || errors.Is(f, fault.New(fault.NotFound)) {
		t.Error("one fault is taken for another")
	}
	list := fault.List{fault.New(fault.NotFound), f}
	if !list.Is(fault.New(fault.NotFound)) || !list.Is(fault.New(fault.AlreadyExists)) || list.Is(fault.New(fault.Internal)) || list.Is(io.EOF) || list.Is(nil) {
		t.Error("a list is taken for what it does not hold")
	}
	if (fault.List{}).Is(f) || errors.Is(fault.List(nil).Err(), f) {
		t.Error("an empty list holds a fault")
	}
	var one *fault.Fault
	if errors.As(error(list), &one) {
		t.Error("a list is no single fault: all of it has to be told")
	}
}

// Sentences may be read by many requests at once.
func TestMessagesAreReadAtOnce(t *testing.T) {
	t.Parallel()
	f := fault.New(fault.Invalid, "value", "甲", "want", "乙")
	want := f.Message(fault.Chinese)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 20 {
				if got := f.Message(fault.Chinese); got != want {
					t.Errorf("got %s", got)
				}
				_ = fault.Codes()
			}
		})
	}
	all.Wait()
}
