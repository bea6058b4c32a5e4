package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	corev1 "k8s.io/api/core/v1"
	policyv1 "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

func quantity(text string) resource.Quantity { return resource.MustParse(text) }

// stands waits until so many servers and one worker are ready, and each says itself
// that it is of this version.
func (s *stage) stands(ctx context.Context, servers int, tag string) error {
	if err := errors.Join(s.cluster.ready(ctx, "server", servers, tag), s.cluster.ready(ctx, "worker", 1, tag)); err != nil {
		return err
	}
	for _, component := range []string{"server", "worker"} {
		pods, err := s.cluster.pods(ctx, component)
		if err != nil {
			return err
		}
		for i := range pods {
			if err := says(ctx, &pods[i], fmt.Sprintf(`version=%q`, tag)); err != nil {
				return err
			}
		}
	}
	return nil
}

// says asks a pod's page of metrics what it was built from.
func says(ctx context.Context, pod *corev1.Pod, version string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+here(pod.Status.PodIP)+":9090/metrics", nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }() // it was read
	page, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(page)) {
		if strings.HasPrefix(line, "leitai_build_info{") && strings.Contains(line, version) {
			return nil
		}
	}
	return fmt.Errorf("%s does not say %s", pod.Name, version)
}

// setting looks whether every server has a setting; empty: none has it.
func (s *stage) setting(ctx context.Context, name, want string) error {
	pods, err := s.cluster.pods(ctx, "server")
	if err != nil {
		return err
	}
	for _, p := range pods {
		got := ""
		for _, e := range p.Spec.Containers[0].Env {
			if e.Name == name {
				got = e.Value
			}
		}
		if got != want {
			return fmt.Errorf("%s has %s=%q, want %q", p.Name, name, got, want)
		}
	}
	return nil
}

// evict empties a server's place the way a node is drained.
func (s *stage) evict(ctx context.Context, _ *balance) (string, error) {
	pods, err := s.cluster.pods(ctx, "server")
	if err != nil {
		return "", err
	}
	for i := range pods {
		err := waitFor(ctx, "the eviction to be allowed", time.Minute, func() error {
			return s.cluster.PolicyV1().Evictions(namespace).Evict(ctx, &policyv1.Eviction{ObjectMeta: metav1.ObjectMeta{Name: pods[i].Name, Namespace: namespace}})
		})
		if err != nil {
			return "", err
		}
	}
	err = waitFor(ctx, "the evicted servers to go", 2*time.Minute, func() error {
		now, err := s.cluster.pods(ctx, "server")
		if err != nil {
			return err
		}
		for _, p := range now {
			for i := range pods {
				if p.UID == pods[i].UID {
					return fmt.Errorf("%s is there", p.Name)
				}
			}
		}
		return nil
	})
	if err == nil {
		err = s.stands(ctx, 2, s.old)
	}
	sleep(ctx, aWhile)
	return "both, one after the other: the disruption budget let the second go once another was ready", err
}

// workers restarts them in turn, then kills one, which its node starts anew.
func (s *stage) workers(ctx context.Context, _ *balance) (string, error) {
	before, err := s.cluster.pods(ctx, "worker")
	if err != nil {
		return "", err
	}
	if err := s.restart(ctx, release+"-worker"); err != nil {
		return "", err
	}
	err = waitFor(ctx, "another worker", 2*time.Minute, func() error {
		now, err := s.cluster.pods(ctx, "worker")
		if err == nil && (len(now) != 1 || now[0].UID == before[0].UID || !isReady(&now[0])) {
			err = fmt.Errorf("%d workers, the first is %s", len(now), now[0].Name)
		}
		return err
	})
	if err != nil {
		return "", err
	}
	killed := 0
	for _, pid := range s.processes("work") {
		if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
			return "", err
		}
		killed++
	}
	if killed != 1 {
		return "", fmt.Errorf("%d workers were killed", killed)
	}
	err = waitFor(ctx, "the worker to be started anew", 2*time.Minute, func() error {
		now, err := s.cluster.pods(ctx, "worker")
		if err == nil && (len(now) != 1 || now[0].Status.ContainerStatuses[0].RestartCount != 1 || !isReady(&now[0])) {
			err = errors.New("it is not yet")
		}
		return err
	})
	sleep(ctx, aWhile)
	return "replaced one by one; SIGKILL: started anew in its pod", err
}

// processes are those that run a program of the images, with this argument.
func (s *stage) processes(argument string) []int {
	var all []int
	places, _ := filepath.Glob("/proc/[0-9]*") // the pattern is a good one
	for _, place := range places {
		program, err := os.Readlink(filepath.Join(place, "exe"))
		if err != nil || !strings.HasPrefix(program, s.placed) {
			continue
		}
		line, err := os.ReadFile(filepath.Join(place, "cmdline"))
		if err != nil || (argument != "" && !strings.Contains(string(line)+"\x00", "\x00"+argument+"\x00")) {
			continue
		}
		if pid, err := strconv.Atoi(filepath.Base(place)); err == nil {
			all = append(all, pid)
		}
	}
	return all
}

// check holds what the database has against what was answered.
func (s *stage) check(ctx context.Context) error {
	return s.phase("marks counted", func() (string, error) {
		there, err := stored(ctx, s.db.dsn("leitai_maint", passwords["maint"], "leitai"))
		if err != nil {
			return "", err
		}
		lost, twice, strange := s.ledger.reconcile(there)
		if len(lost)+len(twice)+len(strange) > 0 {
			return "", fmt.Errorf("%d acknowledged marks lost, %d there twice, %d never sent: %v %v %v", len(lost), len(twice), len(strange), lost, twice, strange)
		}
		if failed := s.ledger.failures(); len(failed) > 0 {
			return "", fmt.Errorf("%d requests failed, the first of them:\n%s", len(failed), strings.Join(failed[:min(len(failed), 20)], "\n"))
		}
		if err := s.command(ctx, []string{"LEITAI_MAINT_DSN=" + s.db.dsn("leitai_maint", passwords["maint"], "leitai")}, "audit", "verify"); err != nil {
			return "", err
		}
		return fmt.Sprintf("%d acknowledged, each there once, nothing else; every tenant's audit holds", len(s.ledger.acknowledged)), nil
	})
}

func (s *stage) uninstall(ctx context.Context) (string, error) {
	if _, err := s.helm.run(ctx, "uninstall", release, "--wait", "--timeout", "3m"); err != nil {
		return "", err
	}
	if err := s.cluster.nothingLeft(ctx, s.before); err != nil {
		return "", err
	}
	if still := s.processes(""); len(still) > 0 {
		return "", fmt.Errorf("processes are left: %v", still)
	}
	return fmt.Sprintf("nothing left of %d kinds of objects, no process", s.cluster.kinds), nil
}
