package blob

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"path"
	"strings"

	"leitai/internal/evidence"
	"leitai/internal/fault"
)

// parcels are the office documents that are taken, by a file each must hold.
var parcels = []struct{ holds, mediaType, extension string }{
	{"word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"},
	{"xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
	{"OFD.xml", "application/ofd", "ofd"},
}

// office unpacks a document within limits, to nowhere, and keeps it as it is
// when it is one of those taken: without macros, without paths that leave it,
// and not packed to burst (T20, T21).
func (s *Store) office(ctx context.Context, data []byte) (*evidence.Content, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if errors.Is(err, zip.ErrInsecurePath) {
		return nil, fault.New(fault.FileUnsafe, "detail", "..")
	}
	if err != nil {
		return nil, fault.New(fault.FileBroken)
	}
	if len(archive.File) > s.limits.Entries {
		return nil, fault.New(fault.FileUnsafe, "detail", "ZIP")
	}
	held := map[string]bool{}
	left := min(s.limits.Unpacked, int64(len(data))*s.limits.Ratio)
	for _, f := range archive.File {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if name := strings.ReplaceAll(f.Name, `\`, "/"); strings.HasPrefix(name, "/") || strings.Contains(name, ":") || escapes(name) ||
			strings.EqualFold(path.Base(name), "vbaProject.bin") {
			return nil, fault.New(fault.FileUnsafe, "detail", path.Base(name))
		}
		if left, err = unpack(f, left); err != nil {
			return nil, err
		}
		held[f.Name] = true
	}
	for _, p := range parcels {
		if held[p.holds] && (p.extension == "ofd" || held["[Content_Types].xml"]) {
			return &evidence.Content{MediaType: p.mediaType, Extension: p.extension, Body: data}, nil
		}
	}
	return nil, fault.New(fault.FileTypeRefused, "want", taken)
}

func escapes(name string) bool {
	clean := path.Clean(name)
	return clean == ".." || strings.HasPrefix(clean, "../")
}

// unpack counts what a file of an archive really holds, whatever its head
// says, and gives what is left of the budget.
func unpack(f *zip.File, left int64) (int64, error) {
	burst := fault.New(fault.FileUnsafe, "detail", "ZIP")
	if f.UncompressedSize64 > uint64(left) {
		return 0, burst
	}
	r, err := f.Open()
	if err != nil {
		return 0, fault.New(fault.FileBroken)
	}
	defer func() { _ = r.Close() }()
	n, err := io.Copy(io.Discard, io.LimitReader(r, left+1))
	switch {
	case n > left:
		return 0, burst
	case err != nil:
		return 0, fault.New(fault.FileBroken)
	}
	return left - n, nil
}
