package telemetry

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

// refused is an error of a database.
type refused struct{ state, text string }

func (r refused) Error() string    { return r.text }
func (r refused) SQLState() string { return r.state }

// Whatever is logged, by whatever mistake, holds no secret and no value that
// somebody entered.
//
// covers T32
func TestSecretsNeverReachTheLog(t *testing.T) {
	t.Parallel()
	const canary = "CANARY"
	token := "leitai_pat_0123456789_" + canary + strings.Repeat("a", 38)
	for name, attr := range map[string]slog.Attr{
		"a token":             slog.String("detail", "sent "+token+" twice"),
		"a token in an error": slog.Any("error", errors.New("no such token "+token)),
		"an invitation":       slog.String("link", "/join#leitai_inv_"+canary+strings.Repeat("b", 40)),
		"a ballot code":       slog.String("detail", "code CANA-RY00-0000-0000-0000-0000-00 is used"),
		"a session":           slog.String("detail", "session "+canary+strings.Repeat("c", 37)),
		"a DSN":               slog.Any("error", errors.New("dial postgres://leitai_app:CANARY@db/leitai")),
		"a password":          slog.String("password", canary),
		"a login":             slog.String("login", canary),
		"an entered value":    slog.Any("error", fmt.Errorf("save: %w", refused{"22P02", `invalid input syntax for type uuid: "CANARY"`})),
		"a double value":      slog.Any("error", refused{"23505", "Key (name)=(CANARY) exists"}),
		"a group":             slog.Group("request", slog.String("cookie", canary)),
	} {
		var out bytes.Buffer
		NewLogger(&out, slog.LevelDebug).Info("x", attr)
		if text := out.String(); strings.Contains(text, canary) || strings.Contains(text, "CANA-RY") || !strings.Contains(text, "[…]") && !strings.Contains(text, "SQLSTATE") {
			t.Errorf("%s: %s", name, text)
		}
	}
}

func TestWhatIsNoSecretStays(t *testing.T) {
	t.Parallel()
	for _, attr := range []slog.Attr{
		slog.String("route", "GET /documents/{kind}/{id}"), slog.String("address", "127.0.0.1:8080"), slog.Int("status", 200),
		slog.String("id", "0189e0a4-0000-7000-8000-000000000000"), slog.Any("error", refused{"42P01", "relation kept does not exist"}),
		slog.Any("error", errors.New("connection refused")), slog.String("signing_key", "0123456789abcdef"), slog.String("version", "0.3.0"),
	} {
		var out bytes.Buffer
		NewLogger(&out, slog.LevelInfo).Info("kept message", attr)
		if text := out.String(); strings.Contains(text, "[…]") || strings.Contains(text, "SQLSTATE") || !strings.Contains(text, "kept") {
			t.Errorf("%s", text)
		}
	}
}
