package sample

import (
	"fmt"
	"sync"
	"time"

	"leitai/internal/calendar"
)

// zone is the business time zone of the fictional county.
var zone = time.FixedZone("Asia/Shanghai", 8*60*60)

// Clock is the business clock of a demonstration: it stands at a moment of the
// fictional year and runs on from there as fast as the machine's own. It is
// safe for concurrent use.
type Clock struct {
	real func() time.Time

	lock   sync.Mutex
	at     time.Time // business moment …
	anchor time.Time // … at this moment of the machine's clock
}

// NewClock makes a clock that stands at a moment now; real is the machine's
// clock.
func NewClock(at time.Time, real func() time.Time) *Clock {
	return &Clock{real: real, at: at, anchor: real()}
}

// Now is the business moment.
func (c *Clock) Now() time.Time {
	c.lock.Lock()
	defer c.lock.Unlock()
	return c.at.Add(c.real().Sub(c.anchor))
}

// Today is the business date.
func (c *Clock) Today() calendar.Date { return calendar.FromTime(c.Now(), zone) }

// Set moves the clock to a time of a day, for example "09:30", forwards or
// backwards.
func (c *Clock) Set(day calendar.Date, timeOfDay string) {
	at, err := time.ParseInLocation("2006-01-02 15:04", day.String()+" "+timeOfDay, zone)
	if err != nil {
		panic(fmt.Sprintf("sample: no time of day: %v", err)) // times are constants of this package and of tests
	}
	c.lock.Lock()
	defer c.lock.Unlock()
	c.at, c.anchor = at, c.real()
}
