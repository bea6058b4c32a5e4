// Command prove installs the chart on a real control plane and takes it through its
// life while readers and writers go on: install, upgrade, rollback, an upgrade that
// cannot work, eviction, scaling, restarts of workers, uninstall. It fails when one
// request fails, when an acknowledged mark is not there exactly once, and when the
// uninstalled chart leaves anything. It was written for this project.
//
// The control plane is Kubernetes' own, the pods run the real program as processes
// (nodeagent), and helm is the real one. What is not there: a container engine, a
// cluster network, an ingress controller (balance stands for it) and an operator of
// PostgreSQL.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// tools are the programs the proof takes as they are.
type tools struct{ hyperkube, agent, etcd, helm string }

// options of the proof.
type options struct {
	tools
	chart, images, old, fresh, out string
	readers, writers, drain        int
	lag                            time.Duration
	keep                           bool
}

func main() {
	var o options
	flag.StringVar(&o.hyperkube, "hyperkube", "", "program of the control plane")
	flag.StringVar(&o.agent, "nodeagent", "", "program of the node")
	flag.StringVar(&o.etcd, "etcd", "", "program of etcd")
	flag.StringVar(&o.helm, "helm", "", "program of helm")
	flag.StringVar(&o.chart, "chart", "", "folder of the chart")
	flag.StringVar(&o.images, "images", "", "folder of images: leitai/TAG/leitai")
	flag.StringVar(&o.old, "old", "", "tag that is installed")
	flag.StringVar(&o.fresh, "new", "", "tag it is upgraded to")
	flag.StringVar(&o.out, "out", "", "file for the report")
	flag.IntVar(&o.readers, "readers", 4, "readers at a time")
	flag.IntVar(&o.writers, "writers", 3, "writers at a time")
	flag.DurationVar(&o.lag, "lag", time.Second, "how much later than the API server whoever sends requests hears of a change")
	flag.IntVar(&o.drain, "drain", -1, "server.drainSeconds of the release, to see what too few cost; -1: as the chart has it")
	flag.BoolVar(&o.keep, "keep", false, "keep the working folder, with all logs")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := prove(ctx, o)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "prove-cluster:", err)
		os.Exit(1)
	}
}

func prove(ctx context.Context, o options) error {
	folder, err := os.MkdirTemp("", "leitai-cluster-")
	if err != nil {
		return err
	}
	if err := os.Chmod(folder, 0o755); err != nil { //nolint:gosec // accounts of containers have to enter it
		return err
	}
	s, err := build(ctx, o, folder)
	if err == nil {
		err = s.play(ctx)
	}
	s.stop()
	if s.ledger != nil {
		fmt.Print("\n", s.ledger.table(), "\n")
		if o.out != "" {
			err = errors.Join(err, os.WriteFile(o.out, []byte(s.ledger.table()), 0o600))
		}
	}
	if err != nil || o.keep {
		fmt.Fprintln(os.Stderr, "logs:", folder)
		return err
	}
	return os.RemoveAll(folder)
}
