// Command faults proves what the service keeps when things fail: it kills servers,
// the database, the pooler and the worker under writing load (kills), lets a
// standby take over (failover), restores from backup files alone (restore), puts a
// bad line between server and database (line), and serves the mixes of busy days
// (mix) and for hours (soak). What clients were told is held against what is
// stored, by a program.
//
// It does not own the data (world), the clients (crew) nor the judgement (history).
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"leitai/bench/faults/history"
	"leitai/bench/faults/world"
)

// run is one proof.
type run struct {
	folder, binary string
	kills          int
	minutes        int
	tools          string
	seed           uint64
	size           world.Size
}

func main() {
	r := &run{}
	flag.StringVar(&r.folder, "folder", ".tools/faults", "own folder, made anew")
	flag.StringVar(&r.binary, "binary", "bin/leitai", "the binary that is proved")
	flag.IntVar(&r.kills, "n", 100, "kills of the proof kills")
	flag.IntVar(&r.minutes, "minutes", 60, "length of the soak")
	flag.StringVar(&r.tools, "tools", "", "folder of toxiproxy-server and k6 (tools/faults/ensure.sh)")
	flag.Uint64Var(&r.seed, "seed", uint64(time.Now().UnixNano()), "of data, clients and kills; what a run had is in its report")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := r.prove(ctx, flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, "faults:", err)
		os.Exit(1)
	}
}

var errFound = errors.New("what must not be was found")

func (r *run) prove(ctx context.Context, name string) error {
	proofs := map[string]func(context.Context) error{"kills": r.killing, "failover": r.failover, "restore": r.restoring, "line": r.lines, "soak": r.soaking, "mix": r.mixing}
	proof := proofs[name]
	if proof == nil {
		return fmt.Errorf("which proof? one of kills, failover, restore, line, mix, soak")
	}
	folder, err := filepath.Abs(r.folder)
	if err != nil {
		return err
	}
	if r.binary, err = filepath.Abs(r.binary); err != nil {
		return err
	}
	r.folder = filepath.Join(folder, name)
	if err := errors.Join(os.RemoveAll(r.folder), os.MkdirAll(r.folder, 0o755)); err != nil { //nolint:gosec // the database's account has to pass
		return err
	}
	r.size = world.Small(r.seed)
	return proof(ctx)
}

// tell prints a line of progress.
func tell(format string, args ...any) {
	fmt.Printf("%s  %s\n", time.Now().Format(time.TimeOnly), fmt.Sprintf(format, args...))
}

// judged prints findings, if any, and makes them an error.
func judged(found []history.Finding) error {
	for _, f := range found[:min(len(found), mostTold)] {
		tell("FOUND %s", f)
	}
	if len(found) > 0 {
		return fmt.Errorf("%w: %d", errFound, len(found))
	}
	return nil
}

// mostTold findings are printed; their number is told.
const mostTold = 20

// middle is the median of some times, and the longest.
func middle(all []time.Duration) (median, longest time.Duration) {
	if len(all) == 0 {
		return 0, 0
	}
	all = slices.Sorted(slices.Values(all))
	return all[len(all)/2], all[len(all)-1]
}
