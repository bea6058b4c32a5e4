package fault_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"leitai/internal/fault"
)

func TestNewRefusesMistakesOfTheProgram(t *testing.T) {
	t.Parallel()
	half := []string{"value"}
	for name, f := range map[string]func(){
		"a code without a message": func() { _ = fault.New("NO_SUCH_CODE") }, "half a pair": func() { _ = fault.New(fault.Invalid, half...) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Error(name, "does not panic")
				}
			}()
			f()
		}()
	}
}

func TestErrorTellsCodeFieldAndPlace(t *testing.T) {
	t.Parallel()
	for want, f := range map[string]*fault.Fault{
		"NOT_FOUND: nothing is found": fault.New(fault.NotFound),
		"INVALID at items[2].points: the value “x” is not right; it should be 1–100": fault.New(fault.Invalid, "value", "x", "want", "1–100").At("items[%d].points", 2),
		"NOT_FOUND (row 7, column code): nothing":                                    fault.New(fault.NotFound).In(7, "code"),
	} {
		if got := f.Error(); !strings.HasPrefix(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestAboutSortsACopy(t *testing.T) {
	t.Parallel()
	subjects := []string{"V3", "V1"}
	f := fault.New(fault.NotFound).About(subjects...)
	if !slices.Equal(f.Subjects, []string{"V1", "V3"}) || !slices.Equal(subjects, []string{"V3", "V1"}) {
		t.Errorf("%v of %v", f.Subjects, subjects)
	}
}

func TestIsComparesCodesOnly(t *testing.T) {
	t.Parallel()
	f := fault.New(fault.Invalid, "value", "x", "want", "y").At("a")
	list := fault.List{fault.New(fault.NotFound), f}
	for name, err := range map[string]error{
		"a fault": f, "a wrapped fault": fmt.Errorf("read: %w", f), "a list": list, "a wrapped list": fmt.Errorf("open: %w", list), "joined": errors.Join(io.EOF, f),
	} {
		if !errors.Is(err, fault.New(fault.Invalid)) || errors.Is(err, fault.New(fault.Forbidden)) || errors.Is(err, context.Canceled) {
			t.Errorf("%s is taken for the wrong fault", name)
		}
	}
	other := fmt.Errorf("read: %w", io.ErrUnexpectedEOF)
	if errors.Is(other, fault.New(fault.Invalid)) || errors.Is(f, io.EOF) {
		t.Error("a fault is no other error")
	}
}

func TestAnEmptyListIsNoError(t *testing.T) {
	t.Parallel()
	var none fault.List
	if err := none.Err(); err != nil {
		t.Errorf("got %v", err)
	}
	if err := (fault.List{}).Err(); err != nil {
		t.Errorf("got %v", err)
	}
	if err := (fault.List{fault.New(fault.NotFound)}).Err(); err == nil {
		t.Error("a list of one is an error")
	}
}

func TestAllAndCodeOf(t *testing.T) {
	t.Parallel()
	a, b := fault.New(fault.NotFound), fault.New(fault.Invalid, "value", "x", "want", "y")
	for _, c := range []struct {
		err  error
		want fault.List
		code fault.Code
	}{
		{nil, nil, ""},
		{io.EOF, nil, ""},
		{a, fault.List{a}, fault.NotFound},
		{fmt.Errorf("round: %w", b), fault.List{b}, fault.Invalid},
		{fault.List{a, b}, fault.List{a, b}, fault.NotFound},
		{fmt.Errorf("open: %w", fault.List{b, a}), fault.List{b, a}, fault.Invalid},
	} {
		if got := fault.All(c.err); !slices.Equal(got, c.want) || fault.CodeOf(c.err) != c.code {
			t.Errorf("%v: %v, %q", c.err, got, fault.CodeOf(c.err))
		}
	}
}

func TestListTellsEveryFault(t *testing.T) {
	t.Parallel()
	got := fault.List{fault.New(fault.NotFound).At("a"), fault.New(fault.Internal).At("b")}.Error()
	if !strings.Contains(got, "NOT_FOUND at a: ") || !strings.Contains(got, "; INTERNAL at b: ") {
		t.Error(got)
	}
}

func TestNotFoundAtNamesTheFieldOfWhatIsNotThere(t *testing.T) {
	t.Parallel()
	var f *fault.Fault
	if err := fault.NotFoundAt(fault.New(fault.NotFound), "rows[%d].unit"); !errors.As(err, &f) || f.Code != fault.NotFound || f.Field != "rows[%d].unit" {
		t.Errorf("got %v", err)
	}
	for _, other := range []error{nil, errors.New("broken"), fault.New(fault.Forbidden, "permission", "round:open")} {
		if err := fault.NotFoundAt(other, "unit"); err != other { //nolint:errorlint // the very same
			t.Errorf("%v became %v", other, err)
		}
	}
}
