package blob

import (
	"context"
	"io"
	"regexp"
	"strings"

	"gocloud.dev/blob"
)

// exportKeys name files that the program itself wrote and that go again after
// some days: <tenant>/export/<job>-<lease>.<format>. They are no evidence: what
// walks over a tenant's files does not meet them unless it asks for their folder.
var exportKeys = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/export/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[a-z]{3,5}$`)

// walked says whether a walk below a prefix names a key.
func walked(prefix, key string) bool {
	if strings.HasSuffix(prefix, "/export/") {
		return exportKeys.MatchString(key)
	}
	return keys.MatchString(key)
}

// Write writes a file as it is produced, in pieces. It is there, whole, when
// write and the store have ended without an error, and not before: after an
// error, a cancelled context or the end of the process nothing is there.
func (s *Store) Write(ctx context.Context, key, mediaType string, write func(io.Writer) error) error {
	if err := check(key); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	w, err := s.bucket.NewWriter(ctx, key, &blob.WriterOptions{ContentType: mediaType})
	if err != nil {
		return err
	}
	if err := write(w); err != nil {
		cancel()      // the store drops what it has
		_ = w.Close() // says that it was cancelled
		return err
	}
	return w.Close()
}
