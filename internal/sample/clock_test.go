package sample_test

import (
	"testing"
	"time"

	"leitai/internal/calendar"
	"leitai/internal/sample"
)

func TestClockRunsOnFromWhereItIsSet(t *testing.T) {
	t.Parallel()
	machine := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	clock := sample.NewClock(time.Date(2023, 4, 24, 1, 0, 0, 0, time.UTC), func() time.Time { return machine })
	machine = machine.Add(90 * time.Minute)
	if want := time.Date(2023, 4, 24, 2, 30, 0, 0, time.UTC); !clock.Now().Equal(want) {
		t.Errorf("90 minutes on it is %s", clock.Now())
	}
	clock.Set(calendar.MustDate("2023-05-04"), "23:30")
	if today := clock.Today(); today != calendar.MustDate("2023-05-04") {
		t.Errorf("today is %s", today)
	}
	machine = machine.Add(time.Hour)
	if today := clock.Today(); today != calendar.MustDate("2023-05-05") {
		t.Errorf("after midnight in the county today is %s", today)
	}
}
