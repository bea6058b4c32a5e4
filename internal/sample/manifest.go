package sample

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Manifest is DIR/demo.json: where the demonstration is reached and by whom.
type Manifest struct {
	URL     string  `json:"url"`
	GraphQL string  `json:"graphql"`
	Today   string  `json:"today"` // business date, 2023-10-12
	Roles   []Login `json:"roles"`
}

// Login is one person of the manifest; roles repeat where several people hold
// one.
type Login struct {
	Role     string   `json:"role"`
	Person   string   `json:"person"` // pseudonym; "" for the dashboard, which is nobody
	Unit     string   `json:"unit"`   // code of the unit the role is held at
	Login    string   `json:"login"`
	Password string   `json:"password"`
	Token    string   `json:"token"`  // sent as Bearer
	Scopes   []string `json:"scopes"` // permissions the token is narrowed to; none: all its owner holds
}

// Files of a demonstration's folder, beside the database's own.
const (
	manifestFile = "demo.json"
	clockFile    = "clock.json"
	keysFolder   = "keys"
)

// Manifest lists everybody of the world; the address is still to be filled in.
func (w *World) Manifest() Manifest {
	m := Manifest{Today: w.Clock.Today().String()}
	for _, p := range w.Cast {
		m.Roles = append(m.Roles, Login{
			Role: string(p.Role), Person: p.Pseudonym, Unit: p.Unit, Login: p.Login, Password: p.Password, Token: p.Token, Scopes: p.Scopes(),
		})
	}
	return m
}

// at fills the address in.
func (m Manifest) at(url string, today string) Manifest {
	m.URL = strings.TrimSuffix(url, "/")
	m.GraphQL, m.Today = m.URL+"/graphql", today
	return m
}

// stand is where the business clock stood at a moment of the machine's clock.
type stand struct {
	Business time.Time `json:"business"`
	Machine  time.Time `json:"machine"`
}

// clock continues from there: as much time has passed in the county as at the
// machine.
func (s stand) clock(real func() time.Time) *Clock {
	passed := max(real().Sub(s.Machine), 0) // a machine whose clock was set back does not take the county back
	return NewClock(s.Business.Add(passed), real)
}

// writeFile writes a file of the folder that is complete when it appears, for
// nobody else to read.
func writeFile(dir, name string, content any) error {
	body, err := json.MarshalIndent(content, "", "  ")
	if err != nil {
		return fmt.Errorf("sample: %s: %w", name, err)
	}
	fresh := filepath.Join(dir, name+".new")
	if err := os.WriteFile(fresh, append(body, '\n'), 0o600); err != nil {
		return fmt.Errorf("sample: %w", err)
	}
	if err := os.Rename(fresh, filepath.Join(dir, name)); err != nil {
		return fmt.Errorf("sample: %w", err)
	}
	return nil
}

// readFile reads a file of the folder; false when it is not there or was cut
// short.
func readFile(dir, name string, into any) bool {
	body, err := os.ReadFile(filepath.Join(dir, name)) //nolint:gosec // the folder is the operator's
	return err == nil && json.Unmarshal(body, into) == nil
}
