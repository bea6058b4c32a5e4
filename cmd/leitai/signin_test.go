package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"leitai/internal/fault"
	"leitai/internal/httpserver"
	"leitai/internal/wiring"
)

func fineSettings() signingIn {
	return signingIn{SessionIdle: time.Hour, SessionLife: 8 * time.Hour, PasswordLeast: 12, PasswordClasses: 3, PasswordRemembered: 5}
}

func TestTheSettingsOfSigningIn(t *testing.T) {
	t.Parallel()
	var o wiring.Options
	if err := fineSettings().wire(&o, slog.New(slog.DiscardHandler)); err != nil || o.SignIn.Idle != time.Hour || o.SignIn.Passwords.Least != 12 || o.Issuers != nil {
		t.Errorf("%+v %v", o.SignIn, err)
	}
	for name, spoil := range map[string]func(*signingIn){
		"session-idle":        func(s *signingIn) { s.SessionIdle = time.Minute },
		"session-life":        func(s *signingIn) { s.SessionLife = 200 * time.Hour },
		"password-least":      func(s *signingIn) { s.PasswordLeast = 7 },
		"password-classes":    func(s *signingIn) { s.PasswordClasses = 5 },
		"password-days":       func(s *signingIn) { s.PasswordDays = 7 },
		"password-remembered": func(s *signingIn) { s.PasswordRemembered = -1 },
	} {
		s := fineSettings()
		spoil(&s)
		if err := s.wire(&o, nil); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	s := fineSettings()
	s.Issuers = filepath.Join(t.TempDir(), "issuers.yaml")
	if err := os.WriteFile(s.Issuers, []byte("public_url: http://leitai.example\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.wire(&o, nil); fault.CodeOf(err) != fault.IssuersFileInvalid || !strings.Contains(tell(err), "public_url (1:)") {
		t.Errorf("%v: %s", err, tell(err))
	}
	var edge httpserver.Options
	s.TrustedProxies = []string{"10.1.2.3/8", "fd00::/8"}
	if err := s.trust(&edge); err != nil || len(edge.TrustedProxies) != 2 || edge.TrustedProxies[0].String() != "10.0.0.0/8" {
		t.Errorf("%v %v", edge.TrustedProxies, err)
	}
	s.TrustedProxies = []string{"10.1.2.3"}
	if err := s.trust(&edge); err == nil {
		t.Error("an address without a network")
	}
}
