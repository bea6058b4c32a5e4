// Command authorise measures what a permission decision costs with the national
// table of divisions (665,276 units in its true shape) and a million grants:
// hits and denials, warm and over many tenants, alone and beside writers, and
// what it all takes in memory. Nothing is random from run to run.
//
//	go run ./bench/authorise
//
// It ends with an error when a decision takes a microsecond or more on average.
// It owns the measuring only; it is no test and nothing depends on it.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
)

func main() {
	grants := flag.Int("grants", 1_000_000, "grants of the whole country")
	askers := flag.Int("askers", 100_000, "people of different tenants who ask in turn")
	townships := flag.Int("townships", 0, "with -json: townships that are in memory; 0: every tenant")
	asked := flag.Int("asked", 0, "with -json: townships that are asked in; 0: all in memory")
	asJSON := flag.Bool("json", false, "print the figures of everybody in turn as JSON, and nothing else")
	flag.Parse()
	var err error
	if *asJSON {
		err = inTurn(*grants, *askers, *townships, *asked)
	} else {
		err = measure(*grants, *askers)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// limit is what a decision may cost on average.
const limit = time.Microsecond

var errSlow = errors.New("a decision takes a microsecond or more")

func measure(grants, people int) error {
	n := newNation(grants)
	tenants := n.tenants()
	fmt.Printf("%d units, %d tenants, %d grants, %d processors\n", n.units(), len(tenants), grants, runtime.GOMAXPROCS(0))
	a, err := authz.New(time.Now)
	if err != nil {
		return err
	}
	before, begun := heap(), time.Now()
	for _, unit := range tenants {
		if _, err := n.as(context.Background(), a, unit, userID(unit, 0)); err != nil {
			return err
		}
	}
	kept, bytes := a.Kept()
	fmt.Printf("every tenant opened in %s: %d in memory, %d MB on the heap (%d MB by its own count)\n",
		time.Since(begun).Round(time.Millisecond), kept, (heap()-before)>>20, bytes>>20)

	towns := tenants[levels[prefecture]+levels[county]:]
	slow := false
	show := func(name string, mean time.Duration, counts bool) {
		fmt.Printf("%-52s %6d ns\n", name, mean.Nanoseconds())
		slow = slow || counts && mean >= limit
	}
	for _, c := range []struct {
		name       string
		people     int
		hit, first bool
	}{
		{"hit, one person over and over", 1, true, false},
		{"denial, one person over and over", 1, false, false},
		{"hit, a request of everybody in turn", people, true, false},
		{"denial, a request of everybody in turn", people, false, false},
		{"the first decision alone, of everybody in turn", people, true, true},
	} {
		mean, err := ask(n, a, towns, c.people, c.hit, c.first)
		if err != nil {
			return err
		}
		show(c.name, mean, !c.first)
	}
	mean, changes, err := besideWriters(n, a, towns, people)
	if err != nil {
		return err
	}
	show(fmt.Sprintf("hit, everybody in turn, beside %d changes", changes), mean, true)
	runtime.KeepAlive(a)
	oneMean, err := oneTenant(grants)
	if err != nil {
		return err
	}
	if slow || oneMean >= limit {
		return errSlow
	}
	return nil
}

// inTurn measures a request of everybody in turn alone: in the first townships,
// with all tenants in memory or some.
func inTurn(grants, people, townships, asked int) error {
	n := newNation(grants)
	a, err := authz.New(time.Now)
	if err != nil {
		return err
	}
	tenants := n.tenants()
	towns := tenants[levels[prefecture]+levels[county]:]
	if townships > 0 {
		towns = towns[:min(townships, len(towns))]
		tenants = towns
	}
	for _, unit := range tenants {
		if _, err := n.as(context.Background(), a, unit, userID(unit, 0)); err != nil {
			return err
		}
	}
	if asked > 0 {
		towns = towns[:min(asked, len(towns))]
	}
	hit, err := ask(n, a, towns, people, true, false)
	if err != nil {
		return err
	}
	denial, err := ask(n, a, towns, people, false, false)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]int64{"tenants": int64(len(tenants)), "hitNanos": hit.Nanoseconds(), "denialNanos": denial.Nanoseconds()})
}

const (
	requests  = 400_000
	decisions = 10 // of a request
)

// ask lets people of different townships ask in turn, a request each: opened,
// then ten decisions about the township's villages. The head of a township
// publishes, a judge does not. It gives the processor time of a decision, the
// opening counted in: what else the machine does meanwhile is not counted. With
// first, a request is its first decision, and what the opening takes is left out.
func ask(n *nation, a *authz.Authz, towns []int, people int, hit, first bool) (time.Duration, error) {
	user, many := 0, decisions
	if !hit {
		user = 1 // holds what grants 1 and 2 of the township give: clerk and judge
	}
	if first {
		many = 1
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	opened := make([]context.Context, people)
	places := make([]uuid.UUID, people)
	for i := range opened {
		unit := towns[i*7919%len(towns)]
		ctx, err := n.as(context.Background(), a, unit, userID(unit, user))
		if err != nil {
			return 0, err
		}
		opened[i], places[i] = ctx, unitID(int(n.child[unit])+i%15)
	}
	begun := busy()
	for i := range requests {
		ctx := opened[i%people]
		if !first {
			if err := a.Refresh(ctx, n); err != nil {
				return 0, err
			}
		}
		for range many {
			if a.May(ctx, authz.RoundPublish, places[i%people]) != hit {
				return 0, fmt.Errorf("publishing should be decided %v", hit)
			}
		}
	}
	return (busy() - begun) / time.Duration(requests*many), nil
}

// besideWriters decides while rights change, a thousand times a second in as many
// townships; every change is followed by the opening of a request that has to
// know it.
func besideWriters(n *nation, a *authz.Authz, towns []int, people int) (mean time.Duration, changes int64, err error) {
	var stop atomic.Bool
	var count atomic.Int64
	var writing sync.WaitGroup
	var failed error
	first := n.starts[township]
	writing.Go(func() {
		pace := time.NewTicker(time.Millisecond)
		defer pace.Stop()
		for i := 0; !stop.Load(); i++ {
			<-pace.C
			unit := first + i%1000
			user, role, want := userID(unit, 60), authz.TownshipClerk, true
			if i/1000%2 == 1 {
				role, want = "", false
			}
			n.turn(tenantID(unit), user, role)
			ctx, err := n.as(context.Background(), a, unit, user)
			if err == nil && a.May(ctx, authz.RoundPlan, uuid.Nil) != want {
				err = errors.New("a change is not seen by the next request")
			}
			if err != nil {
				failed = err
				return
			}
			count.Add(1)
		}
	})
	mean, err = ask(n, a, towns, people, true, false)
	stop.Store(true)
	writing.Wait()
	return mean, count.Load(), errors.Join(err, failed)
}

// oneTenant is the worst shape: one tenant with all units and all grants.
func oneTenant(grants int) (time.Duration, error) {
	n := newNation(grants)
	n.whole[tenantID(0)] = true
	a, err := authz.New(time.Now)
	if err != nil {
		return 0, err
	}
	before, begun := heap(), time.Now()
	unit := n.starts[township]
	head, err := n.as(context.Background(), a, 0, userID(unit, 0))
	if err != nil {
		return 0, err
	}
	fmt.Printf("one tenant of them all: read in %s, %d MB on the heap\n", time.Since(begun).Round(time.Millisecond), (heap()-before)>>20)
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	worst := time.Duration(0)
	for _, hit := range []bool{true, false} {
		place := unitID(int(n.child[unit+map[bool]int{true: 0, false: 1}[hit]]))
		begun := busy()
		for range requests * decisions {
			if a.May(head, authz.RoundPublish, place) != hit {
				return 0, fmt.Errorf("publishing should be decided %v", hit)
			}
		}
		mean := (busy() - begun) / (requests * decisions)
		fmt.Printf("%-52s %6d ns\n", map[bool]string{true: "hit, one tenant of them all", false: "denial, one tenant of them all"}[hit], mean.Nanoseconds())
		worst = max(worst, mean)
	}
	runtime.KeepAlive(a)
	return worst, nil
}

// busy is the processor time of this thread.
func busy() time.Duration {
	const thisThread = 1 // RUSAGE_THREAD
	var used syscall.Rusage
	if err := syscall.Getrusage(thisThread, &used); err != nil {
		panic(err) // Linux has had this since 2.6.26
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
