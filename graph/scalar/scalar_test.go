package scalar

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"pgregory.net/rapid"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/fault"
)

func written(m graphql.Marshaler) string {
	var b strings.Builder
	m.MarshalGQL(&b)
	return b.String()
}

func TestDecimalsKeepEveryDigit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`-?(0|[1-9][0-9]{0,15})\.[0-9]{0,14}[1-9]`).Draw(t, "text")
		for _, sent := range []any{text, json.Number(text)} {
			n, err := UnmarshalDecimal(sent)
			if err != nil || written(MarshalDecimal(n)) != `"`+text+`"` {
				t.Fatalf("%v came back as %s (%v)", sent, written(MarshalDecimal(n)), err)
			}
		}
	})
	for sent, want := range map[any]string{int64(7): `"7"`, 7: `"7"`} {
		if n, err := UnmarshalDecimal(sent); err != nil || written(MarshalDecimal(n)) != want {
			t.Errorf("%v: %s, %v", sent, written(MarshalDecimal(n)), err)
		}
	}
	if got := written(MarshalDecimal(exact.Ratio(1, 3))); got != `"0.3333"` {
		t.Errorf("a third is %s", got)
	}
}

func TestWhatIsNoDecimal(t *testing.T) {
	t.Parallel()
	for _, sent := range []any{"1/3", "40%", "", "1e3", "0x1", " 1", "NaN", "一", 1.5, true, nil, []any{"1"}, json.Number("1e3"), strings.Repeat("9", 500)} {
		_, err := UnmarshalDecimal(sent)
		if fault.CodeOf(err) != fault.Invalid || len(err.Error()) > 300 {
			t.Errorf("%v: %v", sent, err)
		}
	}
}

func TestPrintedKeepsItsZeros(t *testing.T) {
	t.Parallel()
	if got := written(Printed("80.30")); got != `"80.30"` {
		t.Error(got)
	}
	var p Printed
	if err := p.UnmarshalGQL("80.30"); err != nil || p != "80.30" {
		t.Errorf("%s, %v", p, err)
	}
	for _, sent := range []any{"x", 80.3, nil} {
		if fault.CodeOf(p.UnmarshalGQL(sent)) != fault.Invalid {
			t.Errorf("%v is taken", sent)
		}
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	if d, err := UnmarshalDate("2024-02-29"); err != nil || written(MarshalDate(d)) != `"2024-02-29"` {
		t.Errorf("%v, %v", d, err)
	}
	for _, sent := range []any{"2023-02-29", "2023-2-1", "", "2023-04-30T00:00:00Z"} {
		if _, err := UnmarshalDate(sent); fault.CodeOf(err) != fault.DateInvalid {
			t.Errorf("%v: %v", sent, err)
		}
	}
	if _, err := UnmarshalDate(int64(20230430)); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("a number: %v", err)
	}
	if got := written(MarshalDate(calendar.MustDate("2023-04-30"))); got != `"2023-04-30"` {
		t.Error(got)
	}
}

func TestMoments(t *testing.T) {
	t.Parallel()
	at, err := UnmarshalDateTime("2023-05-04T09:00:00.1234567+08:00")
	if err != nil || written(MarshalDateTime(at)) != `"2023-05-04T01:00:00.123456Z"` {
		t.Errorf("%v, %v", at, err)
	}
	for _, sent := range []any{"2023-05-04", "yesterday", int64(1), nil, time.Now()} {
		if _, err := UnmarshalDateTime(sent); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%v: %v", sent, err)
		}
	}
}

func TestIntsHave32Bits(t *testing.T) {
	t.Parallel()
	for sent, want := range map[any]int{int64(2147483647): 2147483647, json.Number("-2147483648"): -2147483648, 5: 5} {
		if n, err := UnmarshalInt(sent); err != nil || n != want || written(MarshalInt(n)) != json.Number(written(MarshalInt(want))).String() {
			t.Errorf("%v: %d, %v", sent, n, err)
		}
	}
	for _, sent := range []any{int64(2147483648), json.Number("2147483648"), json.Number("1.0"), "5", 5.0, nil, true} {
		if _, err := UnmarshalInt(sent); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%v: %v", sent, err)
		}
	}
}
