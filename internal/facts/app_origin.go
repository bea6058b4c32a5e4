package facts

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"leitai/internal/fault"
)

// mostOrigins of an app.
const mostOrigins = 20

// origins reads a list of origins and notes what cannot be one.
func origins(bad *fault.List, wanted []string) []string {
	out := make([]string, 0, len(wanted))
	if len(wanted) > mostOrigins {
		*bad = append(*bad, fault.New(fault.AppOrigins, "most", strconv.Itoa(mostOrigins)).At("origins"))
		return out
	}
	for i, text := range wanted {
		origin, ok := originOf(text)
		switch {
		case !ok:
			*bad = append(*bad, fault.New(fault.AppOrigin, "value", text[:min(len(text), 100)]).At("origins[%d]", i))
		case slices.Contains(out, origin):
			*bad = append(*bad, fault.New(fault.AppOriginTwice, "value", origin).At("origins[%d]", i))
		default:
			out = append(out, origin)
		}
	}
	return out
}

// originOf is an origin as browsers send it: https, a host in small letters, a
// port that is not the usual one; false for anything else, above all for "*",
// "null", a pattern, a path and plain http.
func originOf(text string) (string, bool) {
	text = strings.TrimSpace(text)
	if len(text) > 200 || strings.ContainsAny(text, "*\\@?# \t\r\n%") {
		return "", false
	}
	u, err := url.Parse(text)
	if err != nil || !strings.EqualFold(u.Scheme, "https") || u.Host == "" || u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.Fragment != "" {
		return "", false
	}
	host := strings.ToLower(u.Hostname())
	if host == "" || strings.Trim(host, "abcdefghijklmnopqrstuvwxyz0123456789.-:") != "" || strings.HasPrefix(host, ".") || strings.Contains(host, "..") {
		return "", false
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	port := u.Port()
	if strings.HasSuffix(u.Host, ":") {
		return "", false
	}
	if n, err := strconv.Atoi(port); port != "" && (err != nil || n < 1 || n > 65535 || strconv.Itoa(n) != port) {
		return "", false
	}
	if port != "" && port != "443" {
		host += ":" + port
	}
	return "https://" + host, true
}
