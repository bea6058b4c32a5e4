// Command image writes the image of leitai without a container engine: an
// archive that docker load, podman load and ctr images import take. The same
// binary, certificates and version give the same bytes.
//
//	go run ./image -binary FILE -arch amd64 -version 1.2.3 -certificates FILE -out FILE
package main

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"time"
)

// nobody is the user and the group of the image: the same as distroless' nonroot.
const nobody = 65532

// image is what is asked for.
type image struct {
	arch, version        string
	binary, certificates []byte
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "image:", err)
		os.Exit(1)
	}
}

func run() error {
	var i image
	binary := flag.String("binary", "", "static binary of the architecture")
	certificates := flag.String("certificates", "/etc/ssl/certs/ca-certificates.crt", "authorities that are trusted (PEM)")
	out := flag.String("out", "", "archive to write")
	flag.StringVar(&i.arch, "arch", "amd64", "amd64 or arm64")
	flag.StringVar(&i.version, "version", "", "version, the image's tag")
	flag.Parse()
	if *binary == "" || *out == "" || i.version == "" || !slices.Contains([]string{"amd64", "arm64"}, i.arch) {
		return errors.New("-binary, -out, -version and -arch (amd64 or arm64) are needed")
	}
	var err error
	if i.binary, err = os.ReadFile(*binary); err != nil {
		return err
	}
	if i.certificates, err = os.ReadFile(*certificates); err != nil {
		return err
	}
	var archive bytes.Buffer
	if err := i.write(&archive); err != nil {
		return err
	}
	return os.WriteFile(*out, archive.Bytes(), 0o644)
}

// file is one entry of a tar archive; a name that ends in / is a folder.
type file struct {
	name string
	mode int64
	text []byte
}

// layer is the whole file system of the image: the program, whom it trusts, and
// a folder for temporary files.
func (i image) layer() ([]byte, error) {
	var b bytes.Buffer
	err := pack(&b, []file{
		{"etc/", 0o755, nil},
		{"etc/passwd", 0o644, fmt.Appendf(nil, "nonroot:x:%d:%d:nonroot:/:/sbin/nologin\n", nobody, nobody)},
		{"etc/group", 0o644, fmt.Appendf(nil, "nonroot:x:%d:\n", nobody)},
		{"etc/ssl/", 0o755, nil},
		{"etc/ssl/certs/", 0o755, nil},
		{"etc/ssl/certs/ca-certificates.crt", 0o644, i.certificates},
		{"tmp/", 0o1777, nil},
		{"usr/", 0o755, nil},
		{"usr/local/", 0o755, nil},
		{"usr/local/bin/", 0o755, nil},
		{"usr/local/bin/leitai", 0o755, i.binary},
	})
	return b.Bytes(), err
}

// config is what an engine is told of the image.
func (i image) config(layer []byte) ([]byte, error) {
	return json.Marshal(map[string]any{
		"architecture": i.arch,
		"os":           "linux",
		"created":      time.Unix(0, 0).UTC(),
		"config": map[string]any{
			"User":       fmt.Sprintf("%d:%d", nobody, nobody),
			"Env":        []string{"PATH=/usr/local/bin", "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"},
			"Entrypoint": []string{"/usr/local/bin/leitai"},
			"Cmd":        []string{"--help"},
			"WorkingDir": "/",
			"Labels":     map[string]string{"org.opencontainers.image.title": "leitai", "org.opencontainers.image.version": i.version},
		},
		"rootfs":  map[string]any{"type": "layers", "diff_ids": []string{"sha256:" + sum(layer)}},
		"history": []map[string]any{{"created": time.Unix(0, 0).UTC(), "created_by": "leitai make bundle"}},
	})
}

// write writes the archive: a manifest, the configuration and the one layer.
func (i image) write(to io.Writer) error {
	layer, err := i.layer()
	if err != nil {
		return err
	}
	config, err := i.config(layer)
	if err != nil {
		return err
	}
	named, packed := sum(config)+".json", sum(layer)+"/layer.tar"
	manifest, err := json.Marshal([]map[string]any{{"Config": named, "RepoTags": []string{"leitai:" + i.version}, "Layers": []string{packed}}})
	if err != nil {
		return err
	}
	return pack(to, []file{
		{"manifest.json", 0o644, manifest},
		{named, 0o644, config},
		{sum(layer) + "/", 0o755, nil},
		{packed, 0o644, layer},
	})
}

// pack writes a tar archive that says nothing of the machine it was made on.
func pack(to io.Writer, files []file) error {
	w := tar.NewWriter(to)
	for _, f := range files {
		header := tar.Header{Typeflag: tar.TypeReg, Name: f.name, Mode: f.mode, Size: int64(len(f.text)), ModTime: time.Unix(0, 0), Format: tar.FormatUSTAR}
		if f.name[len(f.name)-1] == '/' {
			header.Typeflag = tar.TypeDir
		}
		if err := w.WriteHeader(&header); err != nil {
			return err
		}
		if _, err := w.Write(f.text); err != nil {
			return err
		}
	}
	return w.Close()
}

func sum(text []byte) string {
	hash := sha256.Sum256(text)
	return hex.EncodeToString(hash[:])
}
