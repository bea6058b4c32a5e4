package archive

import (
	"archive/zip"
	"compress/flate"
	"context"
	"crypto/sha256"
	"io"
	"time"

	"leitai/internal/contest"
)

// stamp is the time of every entry, so that the same rows give the same bytes.
var stamp = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// Writer writes one archive to a stream and holds no more of it than a page.
type Writer struct {
	zip      *zip.Writer
	manifest *Manifest
}

// NewWriter begins an archive.
func NewWriter(out io.Writer, form Form) *Writer {
	z := zip.NewWriter(out)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	return &Writer{zip: z, manifest: &Manifest{Format: format, Form: form, Parts: []Part{}, Left: []Omission{}}}
}

// Rows writes units, users and rows of a source.
func (w *Writer) Rows(ctx context.Context, from Source) (err error) {
	m := w.manifest
	if m.Tenant, err = from.ArchiveSubject(ctx); err != nil {
		return err
	}
	if m.Schema, err = from.ArchiveSchema(ctx); err != nil {
		return err
	}
	parts, left, err := from.ArchiveParts(ctx, m.Form)
	if err != nil {
		return err
	}
	m.Left = append(m.Left, left...)
	for _, part := range parts {
		part.Path = pathOf(part.Kind, part.Table)
		err := w.entry(part, zip.Deflate, func(p *Part, out io.Writer) error {
			return from.ArchiveLines(ctx, m.Form, *p, func(line []byte) error {
				p.Count++
				_, err := out.Write(append(line, '\n'))
				return err
			})
		})
		if err != nil {
			return err
		}
	}
	if units, held := m.part(KindUnits, "unit"); held {
		m.Units, m.Edition = units.Count, units.SHA256
	}
	return nil
}

// Files writes the stored files of the tenant whose rows were written.
func (w *Writer) Files(ctx context.Context, files Files, now time.Time) error {
	return files.Walk(ctx, w.manifest.Tenant.ID.String()+"/", now.Add(24*time.Hour), func(key string) error {
		body, _, err := files.Open(ctx, key)
		if err != nil {
			return err
		}
		defer func() { _ = body.Close() }() // read to its end, or the error is told
		return w.entry(Part{Path: filesUnder + key, Kind: KindFile, Count: 1}, zip.Store, func(_ *Part, out io.Writer) error {
			_, err := io.Copy(out, body)
			return err
		})
	})
}

// Close writes the signed manifest and ends the archive.
func (w *Writer) Close(signer contest.Signer, now time.Time) (*Manifest, error) {
	w.manifest.Made = now.UTC().Truncate(time.Second)
	body, signature, err := w.manifest.sign(signer)
	if err != nil {
		return nil, err
	}
	for _, e := range []struct {
		name string
		body []byte
	}{{manifestName, body}, {signatureName, signature}} {
		out, err := w.create(e.name, zip.Deflate)
		if err != nil {
			return nil, err
		}
		if _, err := out.Write(e.body); err != nil {
			return nil, err
		}
	}
	return w.manifest, w.zip.Close()
}

// entry writes one part and notes its size and hash.
func (w *Writer) entry(part Part, method uint16, fill func(p *Part, out io.Writer) error) error {
	out, err := w.create(part.Path, method)
	if err != nil {
		return err
	}
	counted := &counter{out: out, sum: sha256.New()}
	if err := fill(&part, counted); err != nil {
		return err
	}
	part.Bytes, part.SHA256 = counted.bytes, hexSum(counted.sum.Sum(nil))
	w.manifest.Parts = append(w.manifest.Parts, part)
	return nil
}

func (w *Writer) create(name string, method uint16) (io.Writer, error) {
	return w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: stamp})
}

// counter counts and hashes what goes through it.
type counter struct {
	out io.Writer
	sum interface {
		io.Writer
		Sum([]byte) []byte
	}
	bytes int64
}

// Write implements io.Writer.
func (c *counter) Write(p []byte) (int, error) {
	n, err := c.out.Write(p)
	c.bytes += int64(n)
	_, _ = c.sum.Write(p[:n]) // a hash never fails
	return n, err
}
