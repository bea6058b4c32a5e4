package main

import (
	"context"
	"crypto/x509"
	"fmt"
	"net/netip"
	"os"

	"leitai/internal/wiring"
)

// telling are the settings of calling those who want to be told what happens.
type telling struct {
	WebhookNetworks []string `env:"LEITAI_WEBHOOK_NETWORKS" placeholder:"CIDR" help:"Networks that are not public and that webhooks may call, for example of the government intranet."`
	WebhookCA       string   `name:"webhook-ca" env:"LEITAI_WEBHOOK_CA" type:"existingfile" help:"Certificates (PEM) that webhooks trust beside those of the system."`
}

// wire puts the settings into those of the program.
func (s telling) wire(o *wiring.Options) error {
	for _, text := range s.WebhookNetworks {
		network, err := netip.ParsePrefix(text)
		if err != nil || network != network.Masked() {
			return fmt.Errorf("--webhook-networks: %q should be a network such as 10.20.0.0/16", text)
		}
		o.Webhooks.Allowed = append(o.Webhooks.Allowed, network)
	}
	if s.WebhookCA == "" {
		return nil
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool() // a system without any
	}
	text, err := os.ReadFile(s.WebhookCA)
	if err != nil {
		return fmt.Errorf("--webhook-ca: %w", err)
	}
	if !roots.AppendCertsFromPEM(text) {
		return fmt.Errorf("--webhook-ca: %s holds no certificate", s.WebhookCA)
	}
	o.Webhooks.Roots = roots
	return nil
}

// keepTelling hands out what happens until it is stopped; then it finishes the
// calls under way.
func keepTelling(ctx context.Context, app *wiring.App) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		app.KeepTelling(ctx)
	}()
	return func() {
		cancel()
		<-done
	}
}
