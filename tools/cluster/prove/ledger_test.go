package main

import (
	"errors"
	"strings"
	"testing"
	"time"

	discoveryv1 "k8s.io/api/discovery/v1"
)

func TestWhatIsStoredIsHeldAgainstWhatWasAcknowledged(t *testing.T) {
	t.Parallel()
	l := newLedger()
	l.wrote([]mark{{ID: "a", Value: "60"}, {ID: "b", Value: "61.5"}}, nil)
	l.wrote([]mark{{ID: "c", Value: "62"}}, errors.New("no answer"))
	for name, c := range map[string]struct {
		stored               map[string]int
		lost, twice, strange int
	}{
		"all, and the unanswered one": {map[string]int{"a 60": 1, "b 61.5": 1, "c 62": 1}, 0, 0, 0},
		"all, without the unanswered": {map[string]int{"a 60": 1, "b 61.5": 1}, 0, 0, 0},
		"one lost":                    {map[string]int{"a 60": 1}, 1, 0, 0},
		"one with another value":      {map[string]int{"a 60": 1, "b 61": 1}, 1, 0, 1},
		"one twice":                   {map[string]int{"a 60": 2, "b 61.5": 1}, 0, 1, 0},
		"the unanswered one twice":    {map[string]int{"a 60": 1, "b 61.5": 1, "c 62": 2}, 0, 1, 0},
		"one that nobody sent":        {map[string]int{"a 60": 1, "b 61.5": 1, "x 60": 1}, 0, 0, 1},
	} {
		lost, twice, strange := l.reconcile(c.stored)
		if len(lost) != c.lost || len(twice) != c.twice || len(strange) != c.strange {
			t.Errorf("%s: lost %v, twice %v, strange %v", name, lost, twice, strange)
		}
	}
	l.wrote([]mark{{ID: "a", Value: "60"}}, nil)
	if _, twice, _ := l.reconcile(map[string]int{"a 60": 1, "b 61.5": 1}); len(twice) != 1 {
		t.Errorf("a mark acknowledged twice was not told: %v", twice)
	}
}

func TestARequestCountsForThePhaseInWhichItBegan(t *testing.T) {
	t.Parallel()
	l := newLedger()
	first := l.begin("first")
	begun := l.now()
	l.end(first, "done")
	l.begin("second")
	l.answered(begun, write, "s", time.Millisecond, errors.New("refused"))
	l.answered(l.now(), read, "s", time.Millisecond, nil)
	if f := l.failures(); len(f) != 1 || !strings.HasPrefix(f[0], "first: ") {
		t.Errorf("failures: %v", f)
	}
	if table := l.table(); !strings.Contains(table, "| first | 0.0 | 0 | 1 | 0 | 1 |") || !strings.Contains(table, "| second | 0.0 | 1 | 0 | 0 | 0 |") {
		t.Errorf("table:\n%s", table)
	}
}

func TestOnlyAddressesThatAreReadyAreAsked(t *testing.T) {
	t.Parallel()
	yes, no, http, number := true, false, "http", int32(8080)
	slice := &discoveryv1.EndpointSlice{Ports: []discoveryv1.EndpointPort{{Name: &http, Port: &number}}, Endpoints: []discoveryv1.Endpoint{
		{Addresses: []string{"10.77.0.1"}, Conditions: discoveryv1.EndpointConditions{Ready: &yes}},
		{Addresses: []string{"10.77.0.2"}, Conditions: discoveryv1.EndpointConditions{Ready: &no, Serving: &yes, Terminating: &yes}},
		{Addresses: []string{"10.77.0.3"}}}}
	if got := strings.Join(readyOf(slice, "http"), " "); got != "127.77.0.1:8080" {
		t.Errorf("asked: %s", got)
	}
	if got := readyOf(slice, "operations"); got != nil {
		t.Errorf("asked at a port the service has not: %v", got)
	}
	b := &balance{slices: map[string][]string{}}
	if _, err := b.pick(); !errors.Is(err, errNobody) {
		t.Errorf("nobody is ready: %v", err)
	}
	b.set("one", []string{"x", "y"})
	b.set("two", []string{"z"})
	seen := map[string]int{}
	for range 9 {
		at, err := b.pick()
		if err != nil {
			t.Fatal(err)
		}
		seen[at]++
	}
	if seen["x"] != 3 || seen["y"] != 3 || seen["z"] != 3 {
		t.Errorf("turns: %v", seen)
	}
	b.set("one", nil)
	if b.count() != 1 {
		t.Errorf("%d are ready", b.count())
	}
}

func TestWhatIsLeftIsWhatWasNotThereBefore(t *testing.T) {
	t.Parallel()
	got := left(map[string]bool{"a": true, "gone": true}, map[string]bool{"a": true, "z": true, "b": true})
	if strings.Join(got, " ") != "b z" {
		t.Errorf("left: %v", got)
	}
}
