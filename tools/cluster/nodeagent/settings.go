package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"syscall"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// resolve makes the process of a container from its command, arguments and
// settings; an error says what it refers to that is not there.
func (p *pod) resolve(ctx context.Context, m mounts, c *corev1.Container, entry string) (*exec.Cmd, error) {
	settings, err := p.settings(ctx, c)
	if err != nil {
		return nil, err
	}
	program, arguments := entry, c.Args
	if len(c.Command) > 0 {
		if program, err = p.program(entry, c.Command[0]); err != nil {
			return nil, err
		}
		arguments = append(append([]string{}, c.Command[1:]...), c.Args...)
	}
	here := m.translator(c, p.number)
	cmd := exec.Command(program)
	for _, a := range arguments {
		cmd.Args = append(cmd.Args, here(expand(a, settings)))
	}
	for name, value := range settings {
		cmd.Env = append(cmd.Env, name+"="+here(value))
	}
	if tmp, mounted := m.at(c, "/tmp"); mounted {
		cmd.Env = append(cmd.Env, "TMPDIR="+tmp)
	}
	sort.Strings(cmd.Env)
	cmd.Dir = filepath.Join(p.folder, "work")
	if err := os.MkdirAll(cmd.Dir, 0o755); err != nil { //nolint:gosec // the account of the container has to enter it
		return nil, err
	}
	if own := p.credential(c); own != nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: own}
	}
	return cmd, nil
}

// settings are a container's environment variables, with what they refer to.
func (p *pod) settings(ctx context.Context, c *corev1.Container) (map[string]string, error) {
	all := map[string]string{"PATH": "/usr/bin:/bin", "HOSTNAME": p.object.Name}
	for _, from := range c.EnvFrom {
		values, err := p.valuesFrom(ctx, from)
		if err != nil {
			return nil, err
		}
		for name, value := range values {
			all[from.Prefix+name] = value
		}
	}
	for _, e := range c.Env {
		if e.ValueFrom == nil {
			all[e.Name] = expand(e.Value, all)
			continue
		}
		value, given, err := p.valueFrom(ctx, c, e.ValueFrom)
		if err != nil {
			return nil, fmt.Errorf("setting %s: %w", e.Name, err)
		}
		if given {
			all[e.Name] = value
		}
	}
	return all, nil
}

func (p *pod) valuesFrom(ctx context.Context, from corev1.EnvFromSource) (map[string]string, error) {
	if r := from.SecretRef; r != nil {
		return p.secret(ctx, r.Name, optional(r.Optional))
	}
	if r := from.ConfigMapRef; r != nil {
		return p.configMap(ctx, r.Name, optional(r.Optional))
	}
	return nil, nil
}

// valueFrom gives what one variable refers to; not given is an optional one that
// is not there.
func (p *pod) valueFrom(ctx context.Context, c *corev1.Container, from *corev1.EnvVarSource) (value string, given bool, err error) {
	var all map[string]string
	var key string
	var may bool
	switch {
	case from.SecretKeyRef != nil:
		key, may = from.SecretKeyRef.Key, optional(from.SecretKeyRef.Optional)
		all, err = p.secret(ctx, from.SecretKeyRef.Name, may)
	case from.ConfigMapKeyRef != nil:
		key, may = from.ConfigMapKeyRef.Key, optional(from.ConfigMapKeyRef.Optional)
		all, err = p.configMap(ctx, from.ConfigMapKeyRef.Name, may)
	case from.FieldRef != nil:
		value, err = p.field(from.FieldRef.FieldPath)
		return value, err == nil, err
	case from.ResourceFieldRef != nil:
		value, err = p.resource(c, from.ResourceFieldRef)
		return value, err == nil, err
	default:
		return "", false, fmt.Errorf("this node knows no such source")
	}
	if err != nil {
		return "", false, err
	}
	value, given = all[key]
	if !given && !may {
		return "", false, fmt.Errorf("there is no key %s", key)
	}
	return value, given, nil
}

// field is a field of the pod itself.
func (p *pod) field(path string) (string, error) {
	switch path {
	case "metadata.name":
		return p.object.Name, nil
	case "metadata.namespace":
		return p.object.Namespace, nil
	case "metadata.uid":
		return string(p.object.UID), nil
	case "spec.nodeName":
		return nodeName, nil
	case "spec.serviceAccountName":
		return p.object.Spec.ServiceAccountName, nil
	case "status.podIP", "status.podIPs":
		return address(p.number), nil
	case "status.hostIP":
		return "127.0.0.1", nil
	}
	for prefix, of := range map[string]map[string]string{"metadata.labels['": p.object.Labels, "metadata.annotations['": p.object.Annotations} {
		if key, ok := strings.CutPrefix(path, prefix); ok {
			return of[strings.TrimSuffix(key, "']")], nil
		}
	}
	return "", fmt.Errorf("this node knows no field %s", path)
}

// resource is a limit or a request of the container in the unit asked for; without
// a limit it is what the node has, which nobody here relies on.
func (p *pod) resource(c *corev1.Container, from *corev1.ResourceFieldSelector) (string, error) {
	kind, name, _ := strings.Cut(from.Resource, ".")
	list := map[string]corev1.ResourceList{"limits": c.Resources.Limits, "requests": c.Resources.Requests}[kind]
	quantity, given := list[corev1.ResourceName(name)]
	if !given {
		return "", fmt.Errorf("the container has no %s", from.Resource)
	}
	unit := max(from.Divisor.MilliValue(), 1000)
	if name == "cpu" && from.Divisor.MilliValue() > 0 {
		unit = from.Divisor.MilliValue()
	}
	return fmt.Sprint((quantity.MilliValue() + unit - 1) / unit), nil
}

func (p *pod) secret(ctx context.Context, name string, may bool) (map[string]string, error) {
	s, err := p.client.CoreV1().Secrets(p.object.Namespace).Get(ctx, name, metav1.GetOptions{})
	if err != nil {
		return nil, missing(err, may)
	}
	all := map[string]string{}
	for key, value := range s.Data {
		all[key] = string(value)
	}
	return all, nil
}

func (p *pod) configMap(ctx context.Context, name string, may bool) (map[string]string, error) {
	m, err := p.client.CoreV1().ConfigMaps(p.object.Namespace).Get(ctx, name, metav1.GetOptions{})
	if err != nil {
		return nil, missing(err, may)
	}
	all := map[string]string{}
	for key, value := range m.Data {
		all[key] = value
	}
	for key, value := range m.BinaryData {
		all[key] = string(value)
	}
	return all, nil
}

func optional(o *bool) bool { return o != nil && *o }

var reference = regexp.MustCompile(`\$\$|\$\(([A-Za-z_][A-Za-z0-9_.-]*)\)`)

// expand puts settings where $(NAME) stands; what is not known stays, and $$ is $.
func expand(text string, settings map[string]string) string {
	return reference.ReplaceAllStringFunc(text, func(found string) string {
		if found == "$$" {
			return "$"
		}
		if value, ok := settings[found[2:len(found)-1]]; ok {
			return value
		}
		return found
	})
}
