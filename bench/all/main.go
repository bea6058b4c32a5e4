// Command all measures the service beside its contestants, as docs/performance.md
// tells, and says of each goal P1–P11 whether it is reached.
//
//	go run ./bench/all            # the reference: a whole province, hours
//	go run ./bench/all -quick     # small data and short turns, minutes: whether it all works
//
// Databases are made in -folder when they are missing and used again. Contestants
// are started as processes of their own, must answer the same before anything is
// counted, and take turns; what is printed are medians. It ends with an error
// when something could not be measured, not when a goal is missed.
//
// It owns the measuring only; it is no test and nothing depends on it.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

// options are what the caller chooses.
type options struct {
	quick       bool
	scale       float64
	runs        int
	length      time.Duration
	clients     int
	folder, out string
	only        []string
}

func main() {
	o := options{}
	seconds, only, child := 0.0, "", ""
	flag.BoolVar(&o.quick, "quick", false, "small data and short turns")
	flag.Float64Var(&o.scale, "scale", 0, "size of the province, 1 is a whole one; 0: 1, with -quick 0.03")
	flag.IntVar(&o.runs, "runs", 0, "turns of each contestant; 0: 7, with -quick 3")
	flag.Float64Var(&seconds, "seconds", 0, "length of a turn; 0: 5, with -quick 1")
	flag.IntVar(&o.clients, "clients", 4, "connections at a time")
	flag.StringVar(&o.folder, "folder", ".tools/bench", "where databases, keys and contestants are kept")
	flag.StringVar(&o.out, "out", "bench/results", "folder of the results")
	flag.StringVar(&only, "only", "", "goals to measure, for example \"P1 P8\"; empty: all")
	flag.StringVar(&child, "serve", "", "internal: serve as this contestant")
	flag.Parse()
	o.length, o.only = time.Duration(seconds*float64(time.Second)), strings.Fields(only)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var err error
	if child != "" {
		err = serve(ctx)
	} else {
		err = run(ctx, o.withDefaults())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		stop()
		os.Exit(1)
	}
}

// withDefaults fills in what the caller left open.
func (o options) withDefaults() options {
	scale, runs, length := 1.0, 7, 5*time.Second
	if o.quick {
		scale, runs, length = 0.03, 3, time.Second
	}
	if o.scale == 0 {
		o.scale = scale
	}
	if o.runs == 0 {
		o.runs = runs
	}
	if o.length == 0 {
		o.length = length
	}
	return o
}
