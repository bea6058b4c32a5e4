package telemetry

import (
	"errors"
	"log/slog"
	"regexp"
	"slices"
	"strings"
)

// left stands where something was left out.
const left = "[…]"

// secretKeys are attributes that are never written, whatever they hold.
var secretKeys = []string{"password", "secret", "token", "authorization", "cookie", "dsn", "login", "phone"}

// secretTexts are what secrets of this service look like, wherever they stand:
// tokens and invitations, ballot codes, session ids and keys, and what stands
// before the @ of an address.
var secretTexts = regexp.MustCompile(`leitai_[a-z]+_[0-9A-Za-z_]+` +
	`|\b(?:[0-9A-Z]{4}-){5,}[0-9A-Z]{2,4}\b` +
	`|[0-9A-Za-z_-]{43,}={0,2}` +
	`|://[^/@\s"]+@`)

// statedErrors are classes of SQLSTATE whose messages name no value of a row:
// connections, transactions, syntax, resources, and the operator's hand.
var statedErrors = []string{"08", "25", "28", "40", "42", "53", "55", "57", "58"}

// redact leaves secrets out of a log line. Of an error of the database whose
// message may quote what somebody entered, only the SQLSTATE is kept.
func redact(_ []string, a slog.Attr) slog.Attr {
	if slices.Contains(secretKeys, strings.ToLower(a.Key)) {
		return slog.String(a.Key, left)
	}
	switch v := a.Value.Resolve(); v.Kind() {
	case slog.KindString:
		if text := v.String(); a.Key != slog.MessageKey && secretTexts.MatchString(text) {
			return slog.String(a.Key, secretTexts.ReplaceAllString(text, left))
		}
	case slog.KindAny:
		if err, ok := v.Any().(error); ok {
			return slog.String(a.Key, secretTexts.ReplaceAllString(told(err), left))
		}
	default:
	}
	return a
}

// told is the text of an error, or its SQLSTATE where the text may quote a value.
func told(err error) string {
	var stated interface{ SQLState() string }
	if errors.As(err, &stated) && !slices.Contains(statedErrors, stated.SQLState()[:min(2, len(stated.SQLState()))]) {
		return "SQLSTATE " + stated.SQLState()
	}
	return err.Error()
}
