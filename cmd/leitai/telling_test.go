package main

import (
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"leitai/internal/wiring"
)

// Networks are taken as they are written, or refused with what would be right.
func TestNetworksOfWebhooks(t *testing.T) {
	t.Parallel()
	var o wiring.Options
	if err := (telling{WebhookNetworks: []string{"10.20.0.0/16", "fd00:1::/64"}}).wire(&o); err != nil || len(o.Webhooks.Allowed) != 2 ||
		o.Webhooks.Allowed[0] != netip.MustParsePrefix("10.20.0.0/16") || o.Webhooks.Roots != nil {
		t.Errorf("%+v %v", o.Webhooks, err)
	}
	for _, bad := range []string{"10.20.0.1/16", "10.20.0.0", "intranet", ""} {
		if err := (telling{WebhookNetworks: []string{bad}}).wire(&wiring.Options{}); err == nil || !strings.Contains(err.Error(), "10.20.0.0/16") {
			t.Errorf("%q: %v", bad, err)
		}
	}
	empty := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(empty, []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (telling{WebhookCA: empty}).wire(&wiring.Options{}); err == nil {
		t.Error("a file without certificates was taken")
	}
}
