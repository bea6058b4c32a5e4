package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"regexp"
	"slices"
)

// The move of a tenant adds to its audit, and stamps its grants with the moment at
// which the other database learned of them.
const audit, grants = "rows/audit_entry.jsonl", "rows/role_grant.jsonl"

var stamp = regexp.MustCompile(`"epoch":\d+`)

// sameParts compares two archives by what their manifests say of every part.
func sameParts(first, second string) (alike int, differing []string, err error) {
	a, err := archived(first)
	if err != nil {
		return 0, nil, err
	}
	b, err := archived(second)
	if err != nil {
		return 0, nil, err
	}
	names := maps.Clone(a)
	maps.Copy(names, b)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		switch {
		case a[name] == b[name]:
			alike++
		case name != audit:
			differing = append(differing, name)
		}
	}
	if alike == 0 {
		err = errors.New("the archives have no part in common")
	}
	return alike, differing, err
}

// archived reads the hashes of an archive's parts; of the grants their rows
// without the stamp.
func archived(path string) (map[string]string, error) {
	file, err := zip.OpenReader(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // read only
	text, err := readPart(file, "manifest.json")
	if err != nil {
		return nil, err
	}
	var m struct {
		Parts []struct{ Path, SHA256 string }
	}
	if err := json.NewDecoder(bytes.NewReader(text)).Decode(&m); err != nil {
		return nil, err
	}
	all := map[string]string{}
	for _, p := range m.Parts {
		all[p.Path] = p.SHA256
	}
	rows, err := readPart(file, grants)
	all[grants] = stamp.ReplaceAllString(string(rows), "")
	return all, err
}

func readPart(file *zip.ReadCloser, name string) ([]byte, error) {
	part, err := file.Open(name)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(part)
	return text, errors.Join(err, part.Close())
}
