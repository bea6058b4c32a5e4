package facts

import (
	"testing"

	"leitai/internal/fault"
)

func TestOriginsAreExact(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"https://dash.example.cn": "https://dash.example.cn", "https://dash.example.cn/": "https://dash.example.cn", "HTTPS://Dash.Example.CN": "https://dash.example.cn",
		"https://dash.example.cn:443": "https://dash.example.cn", "https://dash.example.cn:8443": "https://dash.example.cn:8443", "https://10.0.0.8": "https://10.0.0.8",
		"https://[fd00::8]:8443": "https://[fd00::8]:8443",
	} {
		if got, ok := originOf(text); !ok || got != want {
			t.Errorf("%q is %q, %t", text, got, ok)
		}
	}
	for _, text := range []string{"", "*", "https://*", "https://*.example.cn", "null", "http://dash.example.cn", "https://", "https://dash.example.cn/path", "dash.example.cn",
		"https://user@dash.example.cn", "https://dash.example.cn?x", "https://dash.example.cn#x", "https://dash.example.cn:", "https://dash.example.cn:0",
		"https://dash.example.cn:99999", "https://dash.example.cn:0443", "https://.example.cn", "https://a..b", "file:///x", "https://dash.example.cn\nx", "https://擂台.cn",
		"https://a b.cn", "javascript:alert(1)", "https://dash.example.cn\\.evil.cn", "https://dash%2eexample.cn"} {
		if got, ok := originOf(text); ok {
			t.Errorf("%q is taken as %q", text, got)
		}
	}
}

func TestListsOfOrigins(t *testing.T) {
	t.Parallel()
	var bad fault.List
	if got := origins(&bad, []string{"https://a.cn", "https://b.cn:8443"}); len(got) != 2 || bad != nil {
		t.Errorf("%v, %v", got, bad)
	}
	origins(&bad, []string{"https://a.cn", "https://A.cn/", "*"})
	if len(bad) != 2 || bad[0].Code != fault.AppOriginTwice || bad[0].Field != "origins[1]" || bad[1].Code != fault.AppOrigin || bad[1].Field != "origins[2]" {
		t.Errorf("%v", bad)
	}
	bad = nil
	if origins(&bad, make([]string, 21)); len(bad) != 1 || bad[0].Code != fault.AppOrigins {
		t.Errorf("%v", bad)
	}
}
