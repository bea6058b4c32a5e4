package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"strconv"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// watch probes a container until its context ends: whether it has started, then
// whether it is ready and alive. It closes unwell once it should be started anew.
func (p *pod) watch(ctx context.Context, c *corev1.Container, s *containerState, cmd *exec.Cmd, unwell chan<- struct{}) {
	ask := func(ctx context.Context, probe *corev1.Probe) error { return p.ask(ctx, c, cmd, probe) }
	if c.StartupProbe != nil {
		if !until(ctx, c.StartupProbe, ask) {
			if ctx.Err() == nil && !p.isEnding() {
				close(unwell)
			}
			return
		}
		s.started(ctx, c.ReadinessProbe == nil)
	}
	if c.LivenessProbe != nil {
		go func() {
			tally := newTally(c.LivenessProbe, true)
			for tally.wait(ctx) && !p.isEnding() { // who is told to end is not restarted
				if !tally.count(ask(ctx, c.LivenessProbe)) && ctx.Err() == nil {
					close(unwell)
					return
				}
			}
		}()
	}
	if c.ReadinessProbe != nil {
		tally := newTally(c.ReadinessProbe, false)
		for tally.wait(ctx) {
			err := ask(ctx, c.ReadinessProbe)
			if ctx.Err() == nil {
				s.ready(ctx, tally.count(err))
			}
		}
	}
}

// until asks a startup probe until it succeeds; it did not when the probe may fail
// no more.
func until(ctx context.Context, probe *corev1.Probe, ask func(context.Context, *corev1.Probe) error) bool {
	tally := newTally(probe, true)
	for tally.wait(ctx) {
		err := ask(ctx, probe)
		if err == nil {
			return true
		}
		if !tally.count(err) {
			return false
		}
	}
	return false
}

// tally is what the answers to a probe amount to.
type tally struct {
	delay, period  time.Duration
	failure, good  int
	failed, worked int
	well           bool
}

func newTally(probe *corev1.Probe, well bool) *tally {
	seconds := func(n, otherwise int32) time.Duration {
		if n <= 0 {
			n = otherwise
		}
		return time.Duration(n) * time.Second
	}
	t := &tally{delay: time.Duration(probe.InitialDelaySeconds) * time.Second, period: seconds(probe.PeriodSeconds, 10), failure: int(probe.FailureThreshold), good: int(probe.SuccessThreshold), well: well}
	t.failure, t.good = max(t.failure, 1), max(t.good, 1)
	return t
}

// wait waits for the next time to ask: at once the first time, after the delay.
func (t *tally) wait(ctx context.Context) bool {
	pause := t.period
	if t.delay >= 0 {
		pause, t.delay = t.delay, -1
	}
	select {
	case <-time.After(pause):
		return true
	case <-ctx.Done():
		return false
	}
}

// count takes an answer in and says how things stand: they change after as many
// equal answers as the probe asks for.
func (t *tally) count(err error) bool {
	if err == nil {
		t.failed, t.worked = 0, t.worked+1
		t.well = t.well || t.worked >= t.good
		return t.well
	}
	t.failed, t.worked = t.failed+1, 0
	t.well = t.well && t.failed < t.failure
	return t.well
}

// ask asks once, and takes no longer than the probe allows.
func (p *pod) ask(ctx context.Context, c *corev1.Container, cmd *exec.Cmd, probe *corev1.Probe) error {
	ctx, cancel := context.WithTimeout(ctx, time.Duration(max(probe.TimeoutSeconds, 1))*time.Second)
	defer cancel()
	switch {
	case probe.HTTPGet != nil:
		return p.get(ctx, c, probe.HTTPGet)
	case probe.TCPSocket != nil:
		port, err := portOf(c, probe.TCPSocket.Port)
		if err != nil {
			return err
		}
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", net.JoinHostPort(local(p.number), port))
		if err == nil {
			err = conn.Close()
		}
		return err
	case probe.Exec != nil:
		return p.execute(ctx, cmd, probe.Exec.Command)
	}
	return fmt.Errorf("this node has no probes of this kind")
}

// prober asks on connections of its own, as a kubelet does.
var prober = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

func (p *pod) get(ctx context.Context, c *corev1.Container, what *corev1.HTTPGetAction) error {
	port, err := portOf(c, what.Port)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(local(p.number), port)+what.Path, nil)
	if err != nil {
		return err
	}
	for _, h := range what.HTTPHeaders {
		r.Header.Set(h.Name, h.Value)
		if h.Name == "Host" {
			r.Host = h.Value
		}
	}
	answer, err := prober.Do(r)
	if err != nil {
		return err
	}
	_ = answer.Body.Close() // only the status is asked for
	if answer.StatusCode >= 400 {
		return fmt.Errorf("status %d", answer.StatusCode)
	}
	return nil
}

// portOf is a port by its number or by the name the container gives it.
func portOf(c *corev1.Container, port intstr.IntOrString) (string, error) {
	if port.Type == intstr.Int {
		return strconv.Itoa(port.IntValue()), nil
	}
	for _, known := range c.Ports {
		if known.Name == port.StrVal {
			return strconv.Itoa(int(known.ContainerPort)), nil
		}
	}
	return "", fmt.Errorf("the container names no port %s", port.StrVal)
}
