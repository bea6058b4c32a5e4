package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	corev1 "k8s.io/api/core/v1"

	"leitai/tools/cluster/child"
)

// once runs a container from its start to its end and gives its exit code; not
// ran when the pod ended before it could start.
func (p *pod) once(ctx context.Context, m mounts, c *corev1.Container, s *containerState) (code int, ran bool) {
	cmd, ok := p.command(ctx, m, c, s)
	if !ok {
		return 0, false
	}
	process, err := child.Log(cmd, filepath.Join(p.state, fmt.Sprintf("%s.%s.%d.log", p.object.Name, c.Name, s.restarts())))
	if err != nil {
		log.Printf("%s: %v", p, err)
		return 127, true
	}
	s.running(ctx, c.StartupProbe == nil, c.StartupProbe == nil && c.ReadinessProbe == nil)
	living, stop := context.WithCancel(ctx)
	defer stop()
	unwell := make(chan struct{})
	go p.watch(living, c, s, cmd, unwell)
	select {
	case <-process.Done():
	case <-unwell:
		log.Printf("%s: %s is not alive any more", p, c.Name)
		process.Stop(time.Duration(*p.object.Spec.TerminationGracePeriodSeconds) * time.Second)
	case <-p.ending:
		p.stop(c, cmd, process)
	}
	return process.Code(), true
}

// stop ends a container the way a kubelet does: what it does before it stops
// first, then SIGTERM, then SIGKILL when the time is over.
func (p *pod) stop(c *corev1.Container, cmd *exec.Cmd, process *child.Process) {
	if c.Lifecycle != nil && c.Lifecycle.PreStop != nil {
		before, cancel := context.WithDeadline(context.Background(), p.until)
		defer cancel()
		hook := c.Lifecycle.PreStop
		switch {
		case hook.Sleep != nil:
			select {
			case <-time.After(time.Duration(hook.Sleep.Seconds) * time.Second):
			case <-before.Done():
			case <-process.Done():
			}
		case hook.Exec != nil:
			if err := p.execute(before, cmd, hook.Exec.Command); err != nil {
				log.Printf("%s: before it stops: %v", p, err)
			}
		case hook.HTTPGet != nil:
			if err := p.get(before, c, hook.HTTPGet); err != nil {
				log.Printf("%s: before it stops: %v", p, err)
			}
		}
	}
	process.Stop(max(time.Until(p.until), 2*time.Second))
}

// execute runs a command beside a container, with its settings.
func (p *pod) execute(ctx context.Context, like *exec.Cmd, command []string) error {
	program, err := p.program(like.Path, command[0])
	if err != nil {
		return err
	}
	beside := exec.CommandContext(ctx, program, command[1:]...)
	beside.Env, beside.Dir = like.Env, like.Dir
	return beside.Run()
}

// program finds a program of an image by its base name, whatever folder of the
// image it is said to lie in.
func (p *pod) program(beside, named string) (string, error) {
	at := filepath.Join(filepath.Dir(beside), filepath.Base(named))
	if _, err := os.Stat(at); err != nil {
		return "", fmt.Errorf("the image has no program %s", named)
	}
	return at, nil
}

// image finds the folder of a container's image and the program it starts with,
// which has the image's name.
func (p *pod) image(reference string) (entry string, err error) {
	reference, _, _ = strings.Cut(reference, "@")
	base := filepath.Base(reference)
	name, tag, tagged := strings.Cut(base, ":")
	if !tagged {
		tag = "latest"
	}
	entry = filepath.Join(p.images, name, tag, name)
	if _, err := os.Stat(entry); err != nil {
		return "", fmt.Errorf("no image %s:%s on this node", name, tag)
	}
	return entry, nil
}

// command makes the process of a container: it waits for the image and for the
// secrets and config maps it needs, and is not ok when the pod ends meanwhile.
func (p *pod) command(ctx context.Context, m mounts, c *corev1.Container, s *containerState) (cmd *exec.Cmd, ok bool) {
	for {
		entry, err := p.image(c.Image)
		reason := "ErrImagePull"
		if err == nil {
			reason = "CreateContainerConfigError"
			cmd, err = p.resolve(ctx, m, c, entry)
		}
		if err == nil {
			return cmd, true
		}
		s.waiting(ctx, reason, err.Error())
		select {
		case <-time.After(time.Second):
		case <-p.ending:
			return nil, false
		}
	}
}

// credential is the account a container's process runs as, when this program may
// give it one.
func (p *pod) credential(c *corev1.Container) *syscall.Credential {
	if os.Geteuid() != 0 {
		return nil
	}
	user, group := int64(0), int64(0)
	if s := p.object.Spec.SecurityContext; s != nil {
		user, group = first(s.RunAsUser, user), first(s.RunAsGroup, group)
	}
	if s := c.SecurityContext; s != nil {
		user, group = first(s.RunAsUser, user), first(s.RunAsGroup, group)
	}
	own := &syscall.Credential{Uid: uint32(user), Gid: uint32(group)} //nolint:gosec // ids of accounts
	if s := p.object.Spec.SecurityContext; s != nil && s.FSGroup != nil {
		own.Groups = []uint32{uint32(*s.FSGroup)} //nolint:gosec // ids of accounts
	}
	return own
}

func first(value *int64, otherwise int64) int64 {
	if value != nil {
		return *value
	}
	return otherwise
}
