package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// release is the name of the chart's release.
const release = "leitai"

// helm runs the real helm on the chart.
type helm struct {
	program, chart, kubeconfig, folder string
	drain                              int // seconds; negative: as the chart has it
}

// run runs helm with the arguments; an error tells what it wrote.
func (h helm) run(ctx context.Context, arguments ...string) (string, error) {
	cmd := exec.CommandContext(ctx, h.program, append(arguments, "--namespace", namespace)...)
	cmd.Env = append(os.Environ(), "KUBECONFIG="+h.kubeconfig, "HELM_CACHE_HOME="+filepath.Join(h.folder, "cache"),
		"HELM_CONFIG_HOME="+filepath.Join(h.folder, "config"), "HELM_DATA_HOME="+filepath.Join(h.folder, "data"))
	out, err := cmd.CombinedOutput()
	if err != nil {
		return string(out), fmt.Errorf("helm %s: %w: %s", strings.Join(arguments, " "), err, out)
	}
	return string(out), nil
}

// with writes values to a file for helm.
func (h helm) with(values map[string]any) (string, error) {
	if server, ok := values["server"].(map[string]any); ok && h.drain >= 0 {
		server["drainSeconds"] = h.drain
	}
	text, err := json.MarshalIndent(values, "", " ") // JSON is YAML
	if err != nil {
		return "", err
	}
	file := filepath.Join(h.folder, "values.json")
	return file, os.WriteFile(file, text, 0o600)
}

func (h helm) install(ctx context.Context, values map[string]any) error {
	file, err := h.with(values)
	if err == nil {
		_, err = h.run(ctx, "install", release, h.chart, "-f", file, "--wait", "--timeout", "5m")
	}
	return err
}

func (h helm) upgrade(ctx context.Context, values map[string]any, more ...string) error {
	file, err := h.with(values)
	if err == nil {
		_, err = h.run(ctx, append([]string{"upgrade", release, h.chart, "-f", file, "--wait", "--timeout", "5m"}, more...)...)
	}
	return err
}

// values of the release: an image by its tag, and what is changed from the rest.
func values(tag string, change func(map[string]any)) map[string]any {
	all := map[string]any{
		"image":    map[string]any{"repository": "leitai", "tag": tag},
		"database": map[string]any{"secret": "leitai-database", "keys": map[string]any{}},
		"keys":     map[string]any{"secret": "leitai-keys"},
		"files":    map[string]any{"volume": map[string]any{"keep": false}},
		"server":   map[string]any{"replicas": 2, "settings": map[string]any{}, "resources": small()},
		"worker":   map[string]any{"resources": small()},
		"migration": map[string]any{"roles": map[string]any{"enabled": true, "secret": "leitai-roles"},
			"resources": small()},
		"ingress":       map[string]any{"enabled": true, "className": "proof", "hosts": []string{"leitai.example"}, "tlsElsewhere": true},
		"networkPolicy": map[string]any{"enabled": true, "ingressFrom": []any{map[string]any{"namespaceSelector": map[string]any{}}}, "databaseTo": []any{map[string]any{"ipBlock": map[string]any{"cidr": "127.0.0.1/32"}}}},
	}
	if change != nil {
		change(all)
	}
	return all
}

func small() map[string]any {
	return map[string]any{"requests": map[string]any{"cpu": "100m", "memory": "128Mi"}, "limits": map[string]any{"memory": "1536Mi"}}
}
