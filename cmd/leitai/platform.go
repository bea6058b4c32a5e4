package main

import (
	"context"

	"leitai/internal/tenancy"
	"leitai/internal/wiring"
)

type platformCmd struct {
	Found platformFoundCmd `cmd:"" help:"Open the operator's own tenant and its first operator, once; the password is read from standard input."`
}

type platformFoundCmd struct {
	Login string `required:"" help:"Login of the first operator."`
	Name  string `required:"" help:"Name of that person."`
	Title string `default:"平台" help:"What the platform is called."`
	DSN   string `name:"dsn" env:"LEITAI_DSN" required:"" help:"DSN of leitai_app."`
	Keys  string `env:"LEITAI_KEYS" required:"" type:"existingdir" help:"Key folder, made by 'leitai keys'."`
}

// Run opens the platform; further operators, plans and decisions go through the
// API.
func (c *platformFoundCmd) Run(ctx context.Context) error {
	return founding(ctx, c.DSN, c.Keys, tenancy.PlatformRegion, c.Login, func(ctx context.Context, app *wiring.App, admin tenancy.FirstAdmin) (*tenancy.Tenant, error) {
		admin.Name = c.Name
		return app.Tenancy.FoundPlatform(ctx, c.Title, admin)
	})
}
