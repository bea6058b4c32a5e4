package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"leitai/internal/postgres/migrate"
	"leitai/migrations"
)

type migrateCmd struct {
	Roles  migrateRoles  `cmd:"" help:"Make the five roles and hand the database to its owner; once, as administrator."`
	Up     migrateUp     `cmd:"" help:"Apply what is pending, as the owner."`
	Status migrateStatus `cmd:"" help:"Tell what is applied and what is pending."`
}

type migrateRoles struct {
	AdminDSN string `name:"admin-dsn" env:"LEITAI_ADMIN_DSN" required:"" help:"DSN of a superuser on the database to prepare."`
	Owner    string `env:"LEITAI_OWNER_PASSWORD" help:"Password of leitai_owner; empty: no login by password."`
	App      string `env:"LEITAI_APP_PASSWORD" help:"Password of leitai_app."`
	Job      string `env:"LEITAI_JOB_PASSWORD" help:"Password of leitai_job."`
	Maint    string `env:"LEITAI_MAINT_PASSWORD" help:"Password of leitai_maint."`
}

// Run makes the roles; running it again changes passwords only.
func (c *migrateRoles) Run(ctx context.Context) error {
	database, err := databaseOf(c.AdminDSN)
	if err != nil {
		return err
	}
	return migrate.Roles(ctx, c.AdminDSN, database, migrate.Passwords{Owner: c.Owner, App: c.App, Job: c.Job, Maint: c.Maint})
}

// databaseOf reads the name of the database from a URL DSN.
func databaseOf(dsn string) (string, error) {
	u, err := url.Parse(dsn)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return "", errors.New("the DSN should be a URL, for example postgres://user@host/database")
	}
	name := strings.TrimPrefix(u.Path, "/")
	if name == "" {
		return "", errors.New("the DSN names no database")
	}
	return name, nil
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
