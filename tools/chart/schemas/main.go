// Command schemas writes the JSON schemas by which kubeconform checks what the
// chart makes: of Kubernetes' own OpenAPI document the kinds that the chart uses,
// with everything they refer to, closed to unknown fields, without descriptions.
//
//	go run ./schemas SWAGGER FOLDER
//
// SWAGGER is api/openapi-spec/swagger.json of the Go module k8s.io/kubernetes of
// the version in kubernetes.sh. Schemas of custom resources (crds/) are written
// by hand from their public definitions: the fields that the chart sets.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// kinds are what the chart makes.
var kinds = []string{
	"ConfigMap", "CronJob", "Deployment", "HorizontalPodAutoscaler", "Ingress", "Job", "NetworkPolicy",
	"PersistentVolumeClaim", "PodDisruptionBudget", "Service", "ServiceAccount",
}

type object = map[string]any

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "schemas:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return errors.New("two arguments are needed: swagger.json and the folder to write to")
	}
	text, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	var document struct {
		Definitions map[string]object `json:"definitions"`
	}
	if err := json.Unmarshal(text, &document); err != nil {
		return err
	}
	needed := map[string]any{}
	for name, definition := range document.Definitions {
		file := fileOf(definition)
		if file == "" {
			continue
		}
		if err := write(args[1], file, object{"$ref": refer(name)}); err != nil {
			return err
		}
		take(document.Definitions, needed, name)
	}
	return write(args[1], "definitions.json", object{"definitions": needed})
}

// fileOf is the name by which kubeconform asks for a definition, empty for one
// that is no kind of the chart.
func fileOf(definition object) string {
	all, _ := definition["x-kubernetes-group-version-kind"].([]any)
	if len(all) != 1 {
		return ""
	}
	of, _ := all[0].(object)
	kind, _ := of["kind"].(string)
	group, _ := of["group"].(string)
	version, _ := of["version"].(string)
	if !slices.Contains(kinds, kind) {
		return ""
	}
	parts := []string{strings.ToLower(kind)}
	if group != "" {
		parts = append(parts, strings.Split(group, ".")[0])
	}
	return strings.Join(append(parts, version), "-") + ".json"
}

func refer(name string) string { return "definitions.json#/definitions/" + name }

// take puts a definition, and what it refers to, among those that are needed.
func take(all map[string]object, needed map[string]any, name string) {
	if _, there := needed[name]; there {
		return
	}
	needed[name] = nil // being taken: definitions may refer to each other
	needed[name] = convert(all[name], func(other string) { take(all, needed, other) })
}

// convert makes a part of an OpenAPI document a strict JSON schema and tells
// what it refers to.
func convert(part any, refers func(name string)) any {
	switch part := part.(type) {
	case []any:
		list := make([]any, len(part))
		for i, item := range part {
			list[i] = convert(item, refers)
		}
		return list
	case object:
		return convertObject(part, refers)
	default:
		return part
	}
}

func convertObject(part object, refers func(name string)) any {
	if ref, is := part["$ref"].(string); is {
		name := ref[strings.LastIndex(ref, "/")+1:]
		switch {
		case strings.HasSuffix(name, ".IntOrString"):
			return object{"type": []string{"string", "integer"}}
		case strings.HasSuffix(name, ".Quantity"):
			return object{"type": []string{"string", "number"}}
		}
		refers(name)
		return object{"$ref": "#/definitions/" + name}
	}
	made := object{}
	for key, value := range maps.All(part) {
		_, words := value.(string)
		if strings.HasPrefix(key, "x-kubernetes-") || key == "description" && words || key == "default" {
			continue
		}
		if key == "format" {
			continue
		}
		made[key] = convert(value, refers)
	}
	_, properties := made["properties"].(object)
	if _, said := made["additionalProperties"]; properties && !said {
		made["additionalProperties"] = false
	}
	return made
}

func write(folder, name string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, name), append(text, '\n'), 0o644)
}
