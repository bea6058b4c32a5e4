package main

import (
	"fmt"
	"log/slog"
	"net/netip"
	"time"

	"leitai/internal/httpserver"
	"leitai/internal/identity"
	"leitai/internal/oidc"
	"leitai/internal/wiring"
)

// signingIn are the settings of how people prove who they are. Tenants may ask
// for more, never for less.
type signingIn struct {
	Issuers            string        `env:"LEITAI_ISSUERS" type:"existingfile" help:"File of identity providers (OpenID Connect), YAML or JSON."`
	TrustedProxies     []string      `env:"LEITAI_TRUSTED_PROXIES" placeholder:"CIDR" help:"Networks of reverse proxies whose X-Forwarded-For is believed."`
	SessionIdle        time.Duration `env:"LEITAI_SESSION_IDLE" default:"2h" help:"A session unused for longer ends; 5m to 24h."`
	SessionLife        time.Duration `env:"LEITAI_SESSION_LIFE" default:"12h" help:"A session's longest life; 15m to 168h."`
	PasswordLeast      int           `env:"LEITAI_PASSWORD_LEAST" default:"10" help:"Characters of a password at least; 8 to 64."`
	PasswordClasses    int           `env:"LEITAI_PASSWORD_CLASSES" default:"3" help:"Of capitals, small letters, digits and other signs; 1 to 4."`
	PasswordDays       int           `env:"LEITAI_PASSWORD_DAYS" default:"0" help:"After so many days a new password is asked for; 0 is never, else 30 to 3650."`
	PasswordRemembered int           `env:"LEITAI_PASSWORD_REMEMBERED" default:"3" help:"So many passwords of a user are not taken again; 0 to 24."`
}

// wire puts the settings into those of the program.
func (s signingIn) wire(o *wiring.Options, logger *slog.Logger) error {
	for _, c := range []struct {
		flag               string
		value, least, most int64
	}{
		{"session-idle", int64(s.SessionIdle), int64(5 * time.Minute), int64(24 * time.Hour)},
		{"session-life", int64(s.SessionLife), int64(15 * time.Minute), int64(168 * time.Hour)},
		{"password-least", int64(s.PasswordLeast), 8, 64},
		{"password-classes", int64(s.PasswordClasses), 1, 4},
		{"password-remembered", int64(s.PasswordRemembered), 0, 24},
	} {
		if c.value < c.least || c.value > c.most {
			return fmt.Errorf("--%s is out of its range, see --help", c.flag)
		}
	}
	if s.PasswordDays != 0 && (s.PasswordDays < 30 || s.PasswordDays > 3650) {
		return fmt.Errorf("--password-days is 0 or 30 to 3650, not %d", s.PasswordDays)
	}
	o.SignIn = wiring.SignIn{Idle: s.SessionIdle, Absolute: s.SessionLife, Passwords: identity.PasswordPolicy{
		Least: s.PasswordLeast, Classes: s.PasswordClasses, Days: s.PasswordDays, Remembered: s.PasswordRemembered}}
	if s.Issuers == "" {
		return nil
	}
	file, err := oidc.Load(s.Issuers)
	if err != nil {
		return err
	}
	o.Issuers = oidc.New(file, time.Now, logger)
	return nil
}

// trust puts the networks of proxies into the settings of the edge.
func (s signingIn) trust(o *httpserver.Options) error {
	for _, text := range s.TrustedProxies {
		network, err := netip.ParsePrefix(text)
		if err != nil {
			return fmt.Errorf("--trusted-proxies: %q should be a network such as 10.0.0.0/8", text)
		}
		o.TrustedProxies = append(o.TrustedProxies, network.Masked())
	}
	return nil
}
