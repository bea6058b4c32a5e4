// Package operate_test owns the proof that the examples for operators keep what
// the manual promises. It does not own the examples' destinations, which are
// the operator's.
package operate_test

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// asked is how many days of logs are asked for.
const asked = 180

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func number(t *testing.T, text, pattern string) int {
	t.Helper()
	found := regexp.MustCompile(pattern).FindStringSubmatch(text)
	if found == nil {
		t.Fatalf("%q is not there", pattern)
	}
	n, err := strconv.Atoi(found[1])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Both ways of keeping logs keep them for at least 180 days, by day.
func TestLogsAreKeptLongEnough(t *testing.T) {
	t.Parallel()
	rotation := read(t, "leitai.logrotate")
	if number(t, rotation, `(?m)^\trotate (\d+)$`) < asked || !strings.Contains(rotation, "\tdaily\n") {
		t.Error("logrotate throws logs away too early")
	}
	for _, early := range []string{"maxage", "maxsize", "\tsize", "hourly", "weekly"} {
		if strings.Contains(rotation, early) {
			t.Errorf("%s ends the days", early)
		}
	}
	if number(t, read(t, "leitai-journald.conf"), `(?m)^MaxRetentionSec=(\d+)day$`) < asked {
		t.Error("the journal throws logs away too early")
	}
}

// The service writes where logrotate looks, tells operators only on loopback,
// and reads its keys again on reload.
func TestTheServiceFitsTheOthers(t *testing.T) {
	t.Parallel()
	service := read(t, "leitai.service")
	for _, line := range []string{"StandardError=append:/var/log/leitai/leitai.log", "LEITAI_OPERATIONS_LISTEN=127.0.0.1:", "kill -HUP $MAINPID"} {
		if !strings.Contains(service, line) {
			t.Errorf("the service lacks %s", line)
		}
	}
	if !strings.Contains(read(t, "leitai.logrotate"), "/var/log/leitai/leitai.log {") {
		t.Error("logrotate looks elsewhere")
	}
}
