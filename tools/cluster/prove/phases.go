package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/types"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

const (
	hookGoes = 20 * time.Second
	// a while is how long the traffic goes on in a state before the next change.
	aWhile = 4 * time.Second
)

// play takes the release through its life.
func (s *stage) play(ctx context.Context) error {
	if err := s.phase("examples accepted", func() (string, error) { return s.examples(ctx) }); err != nil {
		return err
	}
	if err := s.phase("install", func() (string, error) { return s.install(ctx) }); err != nil {
		return err
	}
	var w *world
	err := s.phase("reference data", func() (note string, err error) {
		w, note, err = s.fill(ctx)
		return note, err
	})
	if err != nil {
		return err
	}
	following, stop := context.WithCancel(ctx)
	defer stop()
	b, err := follow(following, s.cluster, release, "http", s.lag)
	if err != nil {
		return err
	}
	if err := waitFor(ctx, "addresses", 30*time.Second, func() error { _, err := b.pick(); return err }); err != nil {
		return err
	}
	t := run(ctx, b, s.ledger, w, s.readers, s.writers)
	played := s.underLoad(ctx, b)
	if err := errors.Join(played, t.end(), s.check(ctx)); err != nil {
		return err
	}
	return s.phase("uninstall", func() (string, error) { return s.uninstall(ctx) })
}

// underLoad are the phases during which the traffic goes on.
func (s *stage) underLoad(ctx context.Context, b *balance) error {
	for _, p := range []struct {
		name string
		do   func(context.Context, *balance) (string, error)
	}{
		{"nothing happens", s.steady}, {"upgrade", s.upgrade}, {"rollback", s.rollback}, {"upgrade to a wrong DSN", s.wrong},
		{"eviction of a server", s.evict}, {"scale 1 → 3 → 1", s.scale}, {"workers restarted and killed", s.workers},
	} {
		if err := s.phase(p.name, func() (string, error) { return p.do(ctx, b) }); err != nil {
			return err
		}
	}
	return nil
}

// phase runs one part and tells how it ended.
func (s *stage) phase(name string, do func() (string, error)) error {
	p := s.ledger.begin(name)
	note, err := do()
	if err != nil {
		note = "FAILED"
		err = fmt.Errorf("%s: %w", name, err)
	}
	s.ledger.end(p, note)
	fmt.Printf("%s  %-30s %6.1f s  %s\n", time.Now().Format("15:04:05"), name, p.Took.Seconds(), note)
	return err
}

func (s *stage) install(ctx context.Context) (string, error) {
	if err := s.helm.install(ctx, values(s.old, nil)); err != nil {
		return "", err
	}
	if err := errors.Join(s.stands(ctx, 2, s.old), s.hookLeftNothing(ctx, 1)); err != nil {
		return "", err
	}
	err := s.command(ctx, []string{"LEITAI_DSN=" + s.db.dsn("leitai_app", passwords["app"], "leitai")}, "migrate", "status")
	return "roles and schema made by the hook, which left nothing; 2 servers, 1 worker ready", err
}

// fill makes a small province: what is read and who writes.
func (s *stage) fill(ctx context.Context) (*world, string, error) {
	tokens, dsn := filepath.Join(s.folder, "tokens.json"), s.db.dsn("leitai_maint", passwords["maint"], "leitai")
	err := s.command(ctx, []string{"LEITAI_MAINT_DSN=" + dsn, "LEITAI_KEYS=" + filepath.Join(s.folder, "keys")},
		"bench-data", "--out", tokens, "--scale", "0.004", "--rounds", "2", "--items", "20", "--open", "8")
	if err != nil {
		return nil, "", err
	}
	w, err := meet(ctx, tokens, dsn)
	if err != nil {
		return nil, "", err
	}
	return w, fmt.Sprintf("%d townships; %d readers, %d writers from here on", len(w.readers), s.readers, min(s.writers, len(w.writers))), nil
}

func (s *stage) steady(ctx context.Context, _ *balance) (string, error) {
	sleep(ctx, 10*time.Second)
	return "2 servers", ctx.Err()
}

func (s *stage) upgrade(ctx context.Context, _ *balance) (string, error) {
	changed := values(s.fresh, func(v map[string]any) {
		v["server"].(map[string]any)["settings"] = map[string]any{"graceDays": 45} //nolint:forcetypeassert,errcheck // made above
	})
	if err := s.helm.upgrade(ctx, changed); err != nil {
		return "", err
	}
	err := errors.Join(s.stands(ctx, 2, s.fresh), s.hookLeftNothing(ctx, 2), s.setting(ctx, "LEITAI_GRACE_DAYS", "45"))
	sleep(ctx, aWhile)
	return fmt.Sprintf("%s → %s with another setting; hook ran, left nothing", s.old, s.fresh), err
}

func (s *stage) rollback(ctx context.Context, _ *balance) (string, error) {
	if _, err := s.helm.run(ctx, "rollback", release, "1", "--wait", "--timeout", "5m"); err != nil {
		return "", err
	}
	err := errors.Join(s.stands(ctx, 2, s.old), s.setting(ctx, "LEITAI_GRACE_DAYS", ""))
	sleep(ctx, aWhile)
	return s.fresh + " → " + s.old, err
}

// wrong upgrades to servers that cannot reach their database: helm gives up and goes
// back, and nobody who asks has noticed.
func (s *stage) wrong(ctx context.Context, _ *balance) (string, error) {
	broken := values(s.fresh, func(v map[string]any) {
		v["database"].(map[string]any)["keys"] = map[string]any{"app": "wrong"} //nolint:forcetypeassert,errcheck // made above
	})
	err := s.helm.upgrade(ctx, broken, "--atomic", "--timeout", "25s")
	if err == nil {
		return "", errors.New("helm upgraded to servers that cannot start")
	}
	if !strings.Contains(err.Error(), "rolled back") {
		return "", err
	}
	err = errors.Join(s.stands(ctx, 2, s.old), s.hookLeftNothing(ctx, 3))
	sleep(ctx, aWhile)
	return "never ready, so never asked; helm --atomic went back by itself", err
}

// scale changes the number of servers the way an autoscaler does.
func (s *stage) scale(ctx context.Context, b *balance) (string, error) {
	var seen []string
	for _, n := range []int32{1, 3, 1} {
		if err := s.resize(ctx, n); err != nil {
			return "", err
		}
		if err := s.stands(ctx, int(n), s.old); err != nil {
			return "", err
		}
		err := waitFor(ctx, fmt.Sprintf("%d addresses", n), 30*time.Second, func() error {
			if ready := b.count(); ready != int(n) {
				return fmt.Errorf("%d are asked", ready)
			}
			return nil
		})
		if err != nil {
			return "", err
		}
		sleep(ctx, aWhile)
		seen = append(seen, fmt.Sprint(n))
	}
	return "servers: 2, then " + strings.Join(seen, ", "), nil
}

func (s *stage) resize(ctx context.Context, n int32) error {
	scale, err := s.cluster.AppsV1().Deployments(namespace).GetScale(ctx, release, metav1.GetOptions{})
	if err != nil {
		return err
	}
	scale.Spec.Replicas = n
	_, err = s.cluster.AppsV1().Deployments(namespace).UpdateScale(ctx, release, scale, metav1.UpdateOptions{})
	return err
}

// restart replaces the pods of a Deployment one after the other, as kubectl rollout
// restart does.
func (s *stage) restart(ctx context.Context, name string) error {
	patch := fmt.Sprintf(`{"spec":{"template":{"metadata":{"annotations":{"leitai/restarted":%q}}}}}`, time.Now().Format(time.RFC3339Nano))
	_, err := s.cluster.AppsV1().Deployments(namespace).Patch(ctx, name, types.StrategicMergePatchType, []byte(patch), metav1.PatchOptions{})
	return err
}
