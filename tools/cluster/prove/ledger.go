package main

import (
	"fmt"
	"sort"
	"strings"
	"sync"
	"time"
)

// ledger is what was asked, what came back, and in which phase.
type ledger struct {
	mu           sync.Mutex
	phases       []*phase
	acknowledged []mark
	unknown      map[string]mark // sent and not answered: they may be there, once
}

// phase is one part of the proof.
type phase struct {
	Name                   string
	Began                  time.Time
	Took                   time.Duration
	Reads, Writes, Replays int
	Failures               []string
	slowest                time.Duration
	servers                map[string]bool
	Note                   string
}

func newLedger() *ledger { return &ledger{unknown: map[string]mark{}} }

// begin begins a phase; what is asked from now on counts for it.
func (l *ledger) begin(name string) *phase {
	l.mu.Lock()
	defer l.mu.Unlock()
	p := &phase{Name: name, Began: time.Now(), servers: map[string]bool{}}
	l.phases = append(l.phases, p)
	return p
}

// end ends it with a word on what was seen.
func (l *ledger) end(p *phase, note string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	p.Took, p.Note = time.Since(p.Began), note
}

// now is the phase a request that begins now counts for.
func (l *ledger) now() *phase {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.phases[len(l.phases)-1]
}

// kind of a request.
type kind int

const (
	read kind = iota
	write
	replay
)

// answered counts a request: one that failed says why.
func (l *ledger) answered(p *phase, k kind, server string, took time.Duration, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch k {
	case read:
		p.Reads++
	case write:
		p.Writes++
	case replay:
		p.Replays++
	}
	p.slowest = max(p.slowest, took)
	if err != nil {
		p.Failures = append(p.Failures, fmt.Sprintf("%s %s after %s: %v", time.Now().Format("15:04:05.000"), server, took.Round(time.Millisecond), err))
		return
	}
	p.servers[server] = true
}

// wrote notes marks by what became of their request.
func (l *ledger) wrote(marks []mark, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err == nil {
		l.acknowledged = append(l.acknowledged, marks...)
		return
	}
	for _, m := range marks {
		l.unknown[m.ID+" "+m.Value] = m
	}
}

// reconcile holds what is stored against what was acknowledged: each once, and
// nothing that was not sent.
func (l *ledger) reconcile(stored map[string]int) (lost, twice, strange []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	known := map[string]bool{}
	for _, m := range l.acknowledged {
		name := m.ID + " " + m.Value
		if known[name] {
			twice = append(twice, name+" (acknowledged twice)")
		}
		known[name] = true
		if stored[name] == 0 {
			lost = append(lost, name)
		}
	}
	for name, rows := range stored {
		_, maybe := l.unknown[name]
		if rows > 1 {
			twice = append(twice, name)
		}
		if !known[name] && !maybe {
			strange = append(strange, name)
		}
	}
	return lost, twice, strange
}

// failures of all phases.
func (l *ledger) failures() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var all []string
	for _, p := range l.phases {
		for _, f := range p.Failures {
			all = append(all, p.Name+": "+f)
		}
	}
	sort.Strings(all)
	return all
}

// table is the report, in Markdown.
func (l *ledger) table() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var b strings.Builder
	b.WriteString("| phase | seconds | reads | writes | sent again | failed | slowest (ms) | servers | what was seen |\n|---|--:|--:|--:|--:|--:|--:|--:|---|\n")
	var sum phase
	for _, p := range l.phases {
		fmt.Fprintf(&b, "| %s | %.1f | %d | %d | %d | %d | %d | %d | %s |\n", p.Name, p.Took.Seconds(), p.Reads, p.Writes, p.Replays, len(p.Failures), p.slowest.Milliseconds(), len(p.servers), p.Note)
		sum.Took += p.Took
		sum.Reads, sum.Writes, sum.Replays = sum.Reads+p.Reads, sum.Writes+p.Writes, sum.Replays+p.Replays
		sum.Failures = append(sum.Failures, p.Failures...)
		sum.slowest = max(sum.slowest, p.slowest)
	}
	fmt.Fprintf(&b, "| **all** | %.1f | %d | %d | %d | **%d** | %d | | |\n", sum.Took.Seconds(), sum.Reads, sum.Writes, sum.Replays, len(sum.Failures), sum.slowest.Milliseconds())
	return b.String()
}
