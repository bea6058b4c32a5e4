package main

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
)

func unpack(t *testing.T, archive []byte) map[string]tar.Header {
	t.Helper()
	headers, _ := unpackAll(t, archive)
	return headers
}

func unpackAll(t *testing.T, archive []byte) (map[string]tar.Header, map[string][]byte) {
	t.Helper()
	headers, texts := map[string]tar.Header{}, map[string][]byte{}
	r := tar.NewReader(bytes.NewReader(archive))
	for {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return headers, texts
		}
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		headers[h.Name], texts[h.Name] = *h, text
	}
}

// The archive is what engines load: a manifest that names a configuration and a
// layer, which are there and are what their names and hashes say.
func TestArchive(t *testing.T) {
	t.Parallel()
	i := image{arch: "arm64", version: "1.2.3", binary: []byte("program"), certificates: []byte("authorities")}
	var b, again bytes.Buffer
	if err := errors.Join(i.write(&b), i.write(&again)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("the same image came out differently")
	}
	_, texts := unpackAll(t, b.Bytes())
	var manifest []struct {
		Config           string
		RepoTags, Layers []string
	}
	if err := json.Unmarshal(texts["manifest.json"], &manifest); err != nil || len(manifest) != 1 || len(manifest[0].Layers) != 1 {
		t.Fatalf("manifest %s: %v", texts["manifest.json"], err)
	}
	m := manifest[0]
	if m.RepoTags[0] != "leitai:1.2.3" {
		t.Errorf("the image is called %v", m.RepoTags)
	}
	config, layer := texts[m.Config], texts[m.Layers[0]]
	if m.Config != sum(config)+".json" {
		t.Error("the configuration is not what its name says")
	}
	var c struct {
		Architecture string
		Config       struct {
			User       string
			Entrypoint []string
		}
		Rootfs struct {
			DiffIDs []string `json:"diff_ids"`
		}
	}
	if err := json.Unmarshal(config, &c); err != nil {
		t.Fatal(err)
	}
	if c.Architecture != "arm64" || c.Config.User != "65532:65532" || c.Config.Entrypoint[0] != "/usr/local/bin/leitai" {
		t.Errorf("configuration %s", config)
	}
	if c.Rootfs.DiffIDs[0] != "sha256:"+sum(layer) {
		t.Error("the layer is not what the configuration says")
	}
	checkLayer(t, unpack(t, layer))
}

func checkLayer(t *testing.T, files map[string]tar.Header) {
	t.Helper()
	if h := files["usr/local/bin/leitai"]; h.Mode != 0o755 || h.Size != int64(len("program")) {
		t.Errorf("the program: mode %o, %d bytes", h.Mode, h.Size)
	}
	if h := files["tmp/"]; h.Mode != 0o1777 || h.Typeflag != tar.TypeDir {
		t.Errorf("the folder for temporary files: mode %o", h.Mode)
	}
	if h := files["etc/ssl/certs/ca-certificates.crt"]; h.Size != int64(len("authorities")) {
		t.Error("no authorities")
	}
	for name, h := range files {
		if h.Mode&0o6000 != 0 || strings.Contains(name, "bin/sh") || h.Uid != 0 {
			t.Errorf("%s: mode %o, user %d", name, h.Mode, h.Uid)
		}
	}
}
