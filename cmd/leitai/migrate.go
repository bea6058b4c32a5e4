package main

import (
	"context"
	"errors"
	"fmt"

	"leitai/internal/postgres"
	"leitai/internal/postgres/migrate"
	"leitai/migrations"
)

type migrateCmd struct {
	Roles  migrateRoles  `cmd:"" help:"Make the five roles and hand the database to its owner; once, as administrator."`
	Up     migrateUp     `cmd:"" help:"Apply what is pending, as the owner."`
	Status migrateStatus `cmd:"" help:"Tell what is applied and what is pending."`
	Totals migrateTotals `cmd:"" help:"Make the totals for the county's comparison of rounds published before there were any; again is harmless."`
}

type migrateRoles struct {
	AdminDSN string `name:"admin-dsn" env:"LEITAI_ADMIN_DSN" required:"" help:"DSN of a superuser, on any database of the server."`
	Database string `env:"LEITAI_DATABASE" default:"leitai" help:"Database to make, or to hand to its owner."`
	Owner    string `env:"LEITAI_OWNER_PASSWORD" help:"Password of leitai_owner; empty: no login by password."`
	App      string `env:"LEITAI_APP_PASSWORD" help:"Password of leitai_app."`
	Job      string `env:"LEITAI_JOB_PASSWORD" help:"Password of leitai_job."`
	Maint    string `env:"LEITAI_MAINT_PASSWORD" help:"Password of leitai_maint."`
}

// Run makes the roles and the database; running it again changes passwords only.
func (c *migrateRoles) Run(ctx context.Context) error {
	return migrate.Roles(ctx, c.AdminDSN, c.Database, migrate.Passwords{Owner: c.Owner, App: c.App, Job: c.Job, Maint: c.Maint})
}

type migrateUp struct {
	OwnerDSN string `name:"owner-dsn" env:"LEITAI_OWNER_DSN" required:"" help:"DSN of leitai_owner."`
}

// Run applies what is pending; nothing pending is success.
func (c *migrateUp) Run(ctx context.Context) error {
	set, err := migrate.Load(migrations.Files)
	if err != nil {
		return err
	}
	done, err := set.Up(ctx, c.OwnerDSN)
	for _, name := range done {
		fmt.Println("applied", name)
	}
	if err == nil {
		fmt.Println("the schema is at", set.Latest())
	}
	return err
}

type migrateStatus struct {
	DSN string `name:"dsn" env:"LEITAI_DSN" required:"" help:"DSN of any of the service's roles."`
}

// Run prints applied, pending and unknown migrations; pending ones make the
// exit code 1.
func (c *migrateStatus) Run(ctx context.Context) error {
	set, err := migrate.Load(migrations.Files)
	if err != nil {
		return err
	}
	status, err := set.Status(ctx, c.DSN)
	if err != nil {
		return err
	}
	for _, group := range []struct {
		name     string
		versions []string
	}{{"applied", applied(status.Applied)}, {"pending", status.Pending}, {"unknown (newer)", status.Unknown}, {"changed", status.Changed}} {
		for _, v := range group.versions {
			fmt.Println(group.name, v)
		}
	}
	if !status.Current() {
		return errors.New("the schema is not current; run `leitai migrate up`")
	}
	return nil
}

func applied(revisions []migrate.Revision) []string {
	names := make([]string, len(revisions))
	for i, r := range revisions {
		names[i] = r.Name
	}
	return names
}

type migrateTotals struct {
	MaintDSN string `name:"maint-dsn" env:"LEITAI_MAINT_DSN" required:"" help:"DSN of leitai_maint, which reads every tenant."`
}

// Run verifies the bundles of publications without totals and makes them; a
// bundle that does not verify is named and makes the exit code 1.
func (c *migrateTotals) Run(ctx context.Context) error {
	m, err := postgres.OpenMaintenance(ctx, c.MaintDSN)
	if err != nil {
		return err
	}
	made, err := m.KeepTotals(ctx)
	fmt.Println("totals made:", made)
	return errors.Join(err, m.Close())
}
