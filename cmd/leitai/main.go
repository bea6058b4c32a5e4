// Command leitai is the whole service in one binary: it serves the API, runs a
// demonstration with a database of its own, migrates, imports the table of
// divisions, checks templates and verifies published bundles offline.
//
// It owns flags, wiring and exit codes; everything it does lives in the rooms
// it wires.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"leitai/internal/fault"
)

// version is set by the build from the VERSION file.
var version = "dev"

// cli is every command.
type cli struct {
	Serve serveCmd `cmd:"" help:"Serve the API on a migrated database."`

	Work workCmd `cmd:"" help:"Do jobs, call webhooks and fill inboxes beside the servers, on the same database."`

	Demo     demoCmd     `cmd:"" help:"Serve a fictional county with a database of its own."`
	Sandbox  sandboxCmd  `cmd:"" help:"Keep a fictional county beside the real ones, for developers of apps to try."`
	Migrate  migrateCmd  `cmd:"" help:"Make roles, bring the schema up to date, tell where it stands."`
	Import   importCmd   `cmd:"" help:"Import reference data."`
	Platform platformCmd `cmd:"" help:"Open the operator's own tenant."`
	Tenant   tenantCmd   `cmd:"" help:"Open the first tenants of a service."`
	Template templateCmd `cmd:"" help:"Check template documents."`
	Verify   verifyCmd   `cmd:"" help:"Recompute a published bundle offline and check hash and signature."`
	Audit    auditCmd    `cmd:"" help:"Check the record of who did what."`
	Keys     keysCmd     `cmd:"" help:"Make, list, rotate and retire the keys of a service."`

	BenchData benchDataCmd `cmd:"" help:"Fill an empty database with a fictional province for benchmarks."`
	Version   versionCmd   `cmd:"" help:"Print the version."`
}

type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run() error {
	fmt.Println(version)
	return nil
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c cli
	parsed := kong.Parse(&c, kong.Name("leitai"), kong.Description("擂台: village competitions that explain themselves."),
		kong.UsageOnError(), kong.BindTo(ctx, (*context.Context)(nil)))
	if err := parsed.Run(); err != nil {
		fmt.Fprintln(os.Stderr, tell(err))
		stop()
		os.Exit(1) //nolint:gocritic // the deferred stop has just been called
	}
}

// tell prints every fault of an error on its own line, in the language of the
// terminal; any other error as it is.
func tell(err error) string {
	faults := fault.All(err)
	if len(faults) == 0 {
		return "leitai: " + err.Error()
	}
	var b strings.Builder
	for _, f := range faults {
		fmt.Fprintf(&b, "%s", f.Code)
		if f.Field != "" {
			fmt.Fprintf(&b, " %s", f.Field)
		}
		if f.Place.Row > 0 {
			fmt.Fprintf(&b, " (%d:%s)", f.Place.Row, f.Place.Column)
		}
		fmt.Fprintf(&b, ": %s\n", f.Message(spoken()))
	}
	return strings.TrimRight(b.String(), "\n")
}

// spoken is English where the environment asks for it, else Chinese.
func spoken() fault.Language {
	for _, name := range []string{"LEITAI_LANG", "LC_ALL", "LANG"} {
		if value := os.Getenv(name); value != "" {
			if strings.HasPrefix(value, "en") {
				return fault.English
			}
			return fault.Chinese
		}
	}
	return fault.Chinese
}
