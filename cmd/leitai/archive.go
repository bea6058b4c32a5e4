package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"leitai/internal/archive"
	"leitai/internal/blob"
	"leitai/internal/config"
	"leitai/internal/contest"
	"leitai/internal/fault"
	"leitai/internal/identity"
	"leitai/internal/postgres"
)

// upkeep is what every command on whole tenants needs.
type upkeep struct {
	MaintDSN string `name:"maint-dsn" env:"LEITAI_MAINT_DSN" required:"" help:"DSN of leitai_maint."`
	Files    string `env:"LEITAI_FILES" default:"file://./files?create_dir=true&no_tmp_dir=true&metadata=skip" help:"Where uploaded files lie, as the server has it."`
	By       string `env:"USER" required:"" help:"Who works at this console; it is kept."`
}

// with opens the database as maintenance and the store of files.
func (u upkeep) with(ctx context.Context, do func(m *postgres.Maintenance, files *blob.Store) error) error {
	m, err := postgres.OpenMaintenance(ctx, u.MaintDSN)
	if err != nil {
		return err
	}
	defer func() { _ = m.Close() }() // the process ends with it
	files, err := blob.Open(ctx, u.Files, blob.Limits{})
	if err != nil {
		return err
	}
	return errors.Join(do(m, files), files.Close())
}

type tenantExportCmd struct {
	upkeep
	Tenant string `arg:"" help:"Id of the tenant, or the code of its unit."`
	To     string `arg:"" type:"path" help:"File to write; it must not be there."`
	Keys   string `env:"LEITAI_KEYS" required:"" type:"existingdir" help:"Key folder; its signing key signs the archive."`
}

// Run writes the archive beside its place and gives it its name when it is whole.
func (c *tenantExportCmd) Run(ctx context.Context) error {
	keys, err := config.LoadKeys(c.Keys)
	if err != nil {
		return err
	}
	out, err := os.OpenFile(c.To+".part", os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(c.To + ".part") }() // gone when it has its name
	err = c.with(ctx, func(m *postgres.Maintenance, files *blob.Store) error {
		made, err := exportTenant(ctx, m, files, c.Tenant, c.By, contest.NewSigner(keys.SigningID, keys.Signing), out)
		if err == nil {
			fmt.Println("rows", made.Rows(), "parts", len(made.Parts), "manifest", made.Sum())
		}
		return err
	})
	if err := errors.Join(err, out.Close()); err != nil {
		return err
	}
	if _, err := os.Stat(c.To); err == nil {
		return fmt.Errorf("%s is there already", filepath.Base(c.To))
	}
	return os.Rename(c.To+".part", c.To)
}

func exportTenant(ctx context.Context, m *postgres.Maintenance, files *blob.Store, tenant, by string, signer contest.Signer, out io.Writer) (*archive.Manifest, error) {
	id, _, err := m.TenantNamed(ctx, tenant)
	if err != nil {
		return nil, err
	}
	if err := m.NoteExport(ctx, id, by); err != nil {
		return nil, err
	}
	w := archive.NewWriter(out, archive.OfOperator)
	if err := m.Read(ctx, id, func(ctx context.Context, tx *postgres.Tx) error { return w.Rows(ctx, tx) }); err != nil {
		return nil, err
	}
	if err := w.Files(ctx, files, time.Now()); err != nil {
		return nil, err
	}
	return w.Close(signer, time.Now())
}

type tenantImportCmd struct {
	upkeep
	From     string   `arg:"" type:"existingfile" help:"The archive."`
	Trust    []string `help:"Fingerprint of a signing key to trust; may be repeated. The own one is trusted."`
	Keys     string   `env:"LEITAI_KEYS" required:"" type:"existingdir" help:"Key folder; archives signed with its key are trusted."`
	VoidOpen bool     `help:"Take evaluations that were open without their codes and ballots: they are voted on anew."`
	Password string   `placeholder:"LOGIN" help:"Give this account the password read from standard input, for an archive without passwords."`
}

// Run checks the whole archive before it takes any of it in.
func (c *tenantImportCmd) Run(ctx context.Context) error {
	keys, err := config.LoadKeys(c.Keys)
	if err != nil {
		return err
	}
	how := archive.Taking{VoidOpen: c.VoidOpen, By: c.By, Login: c.Password}
	if how.Login != "" {
		if how.Hash, err = hashRead(ctx, os.Stdin); err != nil {
			return err
		}
	}
	file, err := os.Open(c.From)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // only read
	info, err := file.Stat()
	if err != nil {
		return err
	}
	own := contest.NewSigner(keys.SigningID, keys.Signing).PublicKey()
	a, err := archive.Open(ctx, file, info.Size(), append(c.Trust, contest.Fingerprint(own)), archive.Limits{})
	if err != nil {
		return err
	}
	return c.with(ctx, func(m *postgres.Maintenance, files *blob.Store) error {
		err := m.ImportTenant(ctx, a.Manifest.Tenant.ID, func(ctx context.Context, into archive.Target) error {
			return archive.Take(ctx, a, into, files, how)
		})
		if err == nil {
			fmt.Println("tenant", a.Manifest.Tenant.ID, a.Manifest.Tenant.Name, "rows", a.Manifest.Rows())
		}
		return err
	})
}

// hashRead reads a password and gives its hash; 12 characters are the least.
func hashRead(ctx context.Context, from io.Reader) (string, error) {
	entered, err := io.ReadAll(io.LimitReader(from, 1024))
	if err != nil {
		return "", err
	}
	password := strings.TrimRight(string(entered), "\r\n")
	if len([]rune(password)) < 12 {
		return "", fault.New(fault.Invalid, "value", "•••", "want", "≥ 12").At("password")
	}
	return identity.NewArgon2(identity.Argon2Options{}).Hash(ctx, password)
}

type tenantLeaveCmd struct {
	upkeep
	Tenant string `arg:"" help:"Id of the tenant, or the code of its unit."`
	Reason string `required:"" help:"Why; it is kept in the tenant's audit."`
	Days   int    `default:"30" help:"Days of grace, when nobody of the tenant has asked yet."`
	Cancel bool   `help:"Call the end off instead."`
}

// Run asks for or confirms the end of a tenant, or calls it off.
func (c *tenantLeaveCmd) Run(ctx context.Context) error {
	return c.with(ctx, func(m *postgres.Maintenance, _ *blob.Store) error {
		id, name, err := m.TenantNamed(ctx, c.Tenant)
		if err != nil {
			return err
		}
		if c.Cancel {
			return m.LetStay(ctx, id, c.Reason, c.By)
		}
		due, err := m.LetLeave(ctx, id, c.Reason, c.Days, c.By)
		if err == nil {
			fmt.Println("tenant", id, name, "ends", due.Format(time.RFC3339))
		}
		return err
	})
}

type tenantSweepCmd struct{ upkeep }

// Run deletes tenants whose period of grace is over, and the files of those that
// ended. It may be run again at any time; what a run left the next one takes up.
func (c *tenantSweepCmd) Run(ctx context.Context) error {
	return c.with(ctx, func(m *postgres.Maintenance, files *blob.Store) error {
		return sweepTenants(ctx, m, files, c.By, os.Stdout)
	})
}

func sweepTenants(ctx context.Context, m *postgres.Maintenance, files archive.Files, by string, out io.Writer) error {
	due, err := m.DueTenants(ctx)
	if err != nil {
		return err
	}
	for _, id := range due {
		rows, err := m.End(ctx, id, by)
		if err != nil {
			return err
		}
		fmt.Fprintln(out, "deleted", id, "rows", rows)
	}
	left, err := m.FilesLeft(ctx)
	if err != nil {
		return err
	}
	for _, id := range left {
		removed, err := archive.RemoveFiles(ctx, files, id, time.Now())
		if err != nil {
			return err
		}
		if err := m.FilesGone(ctx, id); err != nil {
			return err
		}
		fmt.Fprintln(out, "files", id, removed)
	}
	return nil
}
