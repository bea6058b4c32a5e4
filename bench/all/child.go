package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"time"

	"leitai/bench/load"
)

// child is a contestant's process.
type child struct {
	name, address string
	process       *exec.Cmd
	ended         chan error
	ready         time.Duration // from its start to its first good answer
}

// longestStart is how long a contestant may take to be ready.
const longestStart = 3 * time.Minute

// start runs a program on a free port and waits until probe gives an answer. The
// arguments and environment may name the address by ADDRESS and the port by PORT.
func start(ctx context.Context, name string, probe func(address string) (*http.Request, error), environment func(address, port string) []string, program string, args ...string) (*child, error) {
	address, port, err := freeAddress(ctx)
	if err != nil {
		return nil, err
	}
	for i := range args {
		args[i] = os.Expand(args[i], func(key string) string { return map[string]string{"ADDRESS": address, "PORT": port}[key] })
	}
	c := &child{name: name, address: address, process: exec.CommandContext(ctx, program, args...), ended: make(chan error, 1)} //nolint:gosec // a contestant of ours
	c.process.Env = append(os.Environ(), environment(address, port)...)
	c.process.Stderr = os.Stderr
	begun := time.Now()
	if err := c.process.Start(); err != nil {
		return nil, err
	}
	go func() { c.ended <- c.process.Wait() }()
	if err := c.await(ctx, begun, probe); err != nil {
		c.stop()
		return nil, fmt.Errorf("%s does not start: %w", name, err)
	}
	return c, nil
}

// await asks again and again until there is a good answer.
func (c *child) await(ctx context.Context, begun time.Time, probe func(address string) (*http.Request, error)) error {
	for {
		r, err := probe(c.address)
		if err != nil {
			return err
		}
		_, err = load.Once(r)
		if err == nil {
			c.ready = time.Since(begun)
			return nil
		}
		if time.Since(begun) > longestStart {
			return err
		}
		select {
		case err := <-c.ended:
			c.ended <- err
			return errors.Join(errors.New("it ended"), err)
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(2 * time.Millisecond):
		}
	}
}

func (c *child) stop() {
	_ = c.process.Process.Kill() // it is ours and has nothing to save
	err := <-c.ended
	c.ended <- err
}

func (c *child) pid() int { return c.process.Process.Pid }

// freeAddress finds a port that nothing listens on.
func freeAddress(ctx context.Context) (address, port string, err error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", "", err
	}
	address = listener.Addr().String()
	if err := listener.Close(); err != nil {
		return "", "", err
	}
	_, port, err = net.SplitHostPort(address)
	return address, port, err
}
