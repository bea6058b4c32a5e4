package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// result is one bound of one goal.
type result struct {
	Goal    string    `json:"goal"`
	What    string    `json:"what"`
	Value   float64   `json:"value"`
	Bound   float64   `json:"bound"`
	AtMost  bool      `json:"atMost"` // otherwise the value is to be at least the bound
	Reached bool      `json:"reached"`
	Detail  string    `json:"detail,omitempty"`
	At      time.Time `json:"at"`
}

// atLeast and atMost note how a value stands to its bound, and say so.
func (b *bench) atLeast(goal, what string, value, bound float64, detail string) {
	b.note(result{Goal: goal, What: what, Value: value, Bound: bound, Reached: value >= bound, Detail: detail})
}

func (b *bench) atMost(goal, what string, value, bound float64, detail string) {
	b.note(result{Goal: goal, What: what, Value: value, Bound: bound, AtMost: true, Reached: value <= bound, Detail: detail})
}

func (b *bench) note(r result) {
	r.At = time.Now().UTC().Truncate(time.Second)
	b.results = append(b.results, r)
	fmt.Println(r.line())
}

func (r result) verdict() string {
	if r.Reached {
		return "pass"
	}
	return "short"
}

func (r result) sign() string {
	if r.AtMost {
		return "≤"
	}
	return "≥"
}

func (r result) line() string {
	return fmt.Sprintf("%-4s %-5s %-62s %10.3g  (%s %.3g)  %s", r.Goal, r.verdict(), r.What, r.Value, r.sign(), r.Bound, r.Detail)
}

// report is the file of a run.
type report struct {
	Machine machine  `json:"machine"`
	Quick   bool     `json:"quick"`
	Scale   float64  `json:"scale"`
	Turns   int      `json:"turns"`
	Seconds float64  `json:"secondsATurn"`
	Clients int      `json:"clients"`
	Results []result `json:"results"`
}

// machine says on what it ran.
type machine struct {
	Processors int    `json:"processors"`
	Model      string `json:"model"`
	MemoryMB   int    `json:"memoryMB"`
	Go         string `json:"go"`
	Load       string `json:"load"` // average of one, five and fifteen minutes at the end
}

// write keeps the results as JSON and as a table.
func (b *bench) write() error {
	r := report{Machine: thisMachine(), Quick: b.quick, Scale: b.scale, Turns: b.runs, Seconds: b.length.Seconds(), Clients: b.clients, Results: b.results}
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(b.out, 0o750); err != nil {
		return err
	}
	name := "full"
	if b.quick {
		name = "quick"
	}
	if len(b.only) > 0 {
		name += "-" + strings.Join(b.only, "-")
	}
	if err := os.WriteFile(filepath.Join(b.out, name+".json"), append(text, '\n'), 0o600); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(b.out, name+".md"), []byte(r.table()), 0o600)
}

func (r report) table() string {
	var t strings.Builder
	fmt.Fprintf(&t, "# Results\n\n%d processors (%s), %d MB, %s, load average %s; scale %g, %d turns of %g s, %d clients.\n\n", r.Machine.Processors, r.Machine.Model, r.Machine.MemoryMB,
		r.Machine.Go, r.Machine.Load, r.Scale, r.Turns, r.Seconds, r.Clients)
	t.WriteString("| goal | | what | measured | bound | |\n|---|---|---|---|---|---|\n")
	for _, one := range r.Results {
		fmt.Fprintf(&t, "| %s | %s | %s | %.3g | %s %.3g | %s |\n", one.Goal, one.verdict(), one.What, one.Value, one.sign(), one.Bound, one.Detail)
	}
	return t.String()
}

// thisMachine reads what Linux says of itself; what it does not say is left out.
func thisMachine() machine {
	m := machine{Processors: runtime.NumCPU(), Go: runtime.Version()}
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		m.Model = after(string(text), "model name")
	}
	if text, err := os.ReadFile("/proc/meminfo"); err == nil {
		var kb int
		if _, err := fmt.Sscanf(after(string(text), "MemTotal"), "%d kB", &kb); err == nil {
			m.MemoryMB = kb >> 10
		}
	}
	if text, err := os.ReadFile("/proc/loadavg"); err == nil {
		m.Load = strings.Join(strings.Fields(string(text))[:3], " ")
	}
	return m
}

// after gives what stands behind "name:" on the first such line.
func after(text, name string) string {
	_, rest, _ := strings.Cut(text, name)
	line, _, _ := strings.Cut(rest, "\n")
	_, value, _ := strings.Cut(line, ":")
	return strings.TrimSpace(value)
}
