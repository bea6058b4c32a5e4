package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"leitai/internal/config"
)

type keysCmd struct {
	Make   keysMakeCmd   `cmd:"" default:"withargs" help:"Make the key folder of a service; keys that are there are kept."`
	List   keysListCmd   `cmd:"" help:"List keys by ring: which one is active, since when, and fingerprints."`
	Rotate keysRotateCmd `cmd:"" help:"Add a key to a ring; it takes over after a while, so that every replica knows it first."`
	Retire keysRetireCmd `cmd:"" help:"Remove keys of a ring that were replaced long enough ago."`
}

type keysMakeCmd struct {
	Folder string `arg:"" type:"path" help:"Folder to make; keys that are there are kept."`
}

// Run makes a key folder for --keys.
func (c *keysMakeCmd) Run() error {
	if err := config.MakeKeys(c.Folder); err != nil {
		return err
	}
	keys, err := config.LoadKeys(c.Folder)
	if err != nil {
		return err
	}
	fmt.Println("signing key", keys.SigningID)
	return nil
}

type keysListCmd struct {
	Folder string `arg:"" type:"existingdir" help:"Key folder."`
}

// Run lists the keys, never a key itself.
func (c *keysListCmd) Run() error {
	all, err := config.ListKeys(c.Folder, time.Now())
	if err != nil {
		return err
	}
	for _, k := range all {
		state, since := "verifies", ""
		if k.Active {
			state = "active"
		}
		if !k.From.IsZero() {
			since = "from " + k.From.Format(time.RFC3339)
		}
		fmt.Printf("%-8s %-16s %-9s %-26s %s\n", k.Ring, k.File, state, since, k.Fingerprint)
	}
	return nil
}

type keysRotateCmd struct {
	Folder string        `arg:"" type:"existingdir" help:"Key folder."`
	Ring   string        `enum:"signing,cursor,secrets" required:"" help:"signing: bundles; cursor: cursors of pages and links of files; secrets: what the database holds encrypted."`
	After  time.Duration `default:"10m" help:"When the new key takes over: longer than it takes until every replica has the new file."`
}

// Run adds a key.
func (c *keysRotateCmd) Run() error {
	now := time.Now()
	name, err := config.RotateKey(c.Folder, c.Ring, now, now.Add(c.After))
	if err != nil {
		return err
	}
	fmt.Printf("%s takes over at %s\n", name, now.Add(c.After).Format(time.RFC3339))
	return nil
}

type keysRetireCmd struct {
	Folder string        `arg:"" type:"existingdir" help:"Key folder."`
	Ring   string        `enum:"signing,cursor,secrets" required:"" help:"Of secrets, what was encrypted with a retired key is lost: see the manual first."`
	Keep   time.Duration `default:"24h" help:"How long a key stays after it was replaced."`
}

// Run removes old keys.
func (c *keysRetireCmd) Run() error {
	removed, err := config.RetireKeys(c.Folder, c.Ring, time.Now(), c.Keep)
	for _, name := range removed {
		fmt.Println("removed", name)
	}
	if err == nil && len(removed) == 0 {
		fmt.Println("nothing to remove")
	}
	return err
}

// rereadKeys reads the key folder again now and then, and at once on SIGHUP.
func rereadKeys(ctx context.Context, keys *config.Live, logger *slog.Logger) {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGHUP)
	defer signal.Stop(asked)
	keys.Keep(ctx, asked, func(_ bool, err error) {
		if err != nil {
			logger.Error("the keys could not be read again; those before stay", slog.Any("error", err))
			return
		}
		logger.Info("keys read again", slog.String("signing_key", keys.Keys().SigningID))
	})
}
