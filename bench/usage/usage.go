// Package usage owns reading from Linux what processor time a server and its
// PostgreSQL have used, for the benchmarks that compare two servers.
package usage

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// Usage is processor time in microseconds.
type Usage struct{ Server, Postgres float64 }

// ticks a second of /proc/<pid>/stat on Linux.
const ticks = 100

// Of reads what a process and PostgreSQL with all its children have used.
func Of(server, postmaster int) (Usage, error) {
	own, _, err := stat(server)
	if err != nil {
		return Usage{}, err
	}
	u := Usage{Server: own}
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return Usage{}, err
	}
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		used, parent, err := stat(pid)
		if err == nil && (pid == postmaster || parent == postmaster) { // a process may have ended meanwhile
			u.Postgres += used
		}
	}
	return u, nil
}

// stat gives the processor time of a process with its ended children, and its
// parent.
func stat(pid int) (micros float64, parent int, err error) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, 0, err
	}
	text := string(data)
	fields := strings.Fields(text[strings.LastIndexByte(text, ')')+2:])
	if parent, err = strconv.Atoi(fields[1]); err != nil {
		return 0, 0, err
	}
	for _, i := range []int{11, 12, 13, 14} { // utime, stime, cutime, cstime
		n, err := strconv.ParseFloat(fields[i], 64)
		if err != nil {
			return 0, 0, err
		}
		micros += n * 1e6 / ticks
	}
	return micros, parent, nil
}

// Memory is what a process holds in memory at the moment, in bytes.
func Memory(pid int) (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	_, rest, found := strings.Cut(string(text), "VmRSS:")
	var kilobytes int64
	if _, err := fmt.Sscanf(rest, "%d kB", &kilobytes); !found || err != nil {
		return 0, fmt.Errorf("the memory of process %d: %w", pid, err)
	}
	return kilobytes << 10, nil
}
