package graphtest

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// Scenario is one operation and what must and must not come of it.
type Scenario struct {
	Name     string
	As       string // pseudonym
	Language string // Accept-Language; "" sends none
	Query    string
	Vars     Vars

	Status int      // 0 means 200
	Codes  []string // of top-level and user errors, in order
	Has    []string // texts of the answer
	Never  []string // texts that no byte of the answer may show
	Writes bool     // rows may change; otherwise none may
}

// secrets are texts that no answer ever shows, whatever went wrong.
var secrets = []string{"pq:", "SQLSTATE", "ERROR:", "panic", "/internal/", ".go:", "$argon2id", "sql:"}

// Run plays scenarios one after the other.
func (k *Kit) Run(t *testing.T, scenarios []Scenario) {
	t.Helper()
	for _, s := range scenarios {
		t.Run(s.Name, func(t *testing.T) { k.play(t, s) })
	}
}

func (k *Kit) play(t *testing.T, s Scenario) {
	t.Helper()
	before := k.Fingerprint(t, uuid.Nil)
	r := k.Speak(t, k.Token(s.As), s.Language, s.Query, s.Vars)
	if want := max(s.Status, http.StatusOK); r.Status != want {
		t.Errorf("status %d, want %d", r.Status, want)
	}
	if codes := r.Codes(); !slices.Equal(codes, s.Codes) {
		t.Errorf("codes %v, want %v", codes, s.Codes)
	}
	for _, text := range s.Has {
		if !strings.Contains(r.Body, text) {
			t.Errorf("%q is missing", text)
		}
	}
	for _, text := range slices.Concat(s.Never, secrets) {
		if strings.Contains(r.Body, text) {
			t.Errorf("%q is shown", text)
		}
	}
	if !s.Writes && k.Fingerprint(t, uuid.Nil) != before {
		t.Error("rows changed")
	}
	if t.Failed() {
		t.Log(r.Body)
	}
}
