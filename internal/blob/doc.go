// Package blob owns files: the store they are kept in, a local folder or one
// that speaks S3, and what a file must be to get there. A type is known by its
// content and must be on a short list; a picture is drawn anew, so that nothing
// but its pixels is kept, and gets a small twin; an office document is unpacked
// within limits to see that it is one; a video keeps its frames and loses its
// notes on place and camera.
//
// It does not own keys, rows or who may read a file (evidence decides), nor how
// one is sent (httpserver).
package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"
	"gocloud.dev/blob"
	_ "gocloud.dev/blob/fileblob" // file:///folder
	_ "gocloud.dev/blob/memblob"  // mem://, for tests
	_ "gocloud.dev/blob/s3blob"   // s3://bucket?endpoint=…
	"gocloud.dev/gcerrors"

	"leitai/internal/evidence"
	"leitai/internal/fault"
)

// Store is one place for files. It is safe for concurrent use.
type Store struct {
	bucket *blob.Bucket
	limits Limits
	turns  chan struct{} // pictures decoded at once
}

var _ evidence.Files = (*Store)(nil)

// Open opens the place an address names: file:///folder?create_dir=true&metadata=skip,
// s3://bucket?region=…&endpoint=…, or mem:// for tests. Close must follow.
func Open(ctx context.Context, address string, limits Limits) (*Store, error) {
	bucket, err := blob.OpenBucket(ctx, address)
	if err != nil {
		return nil, fmt.Errorf("blob: open the store of files: %w", err)
	}
	limits = limits.withDefaults()
	return &Store{bucket: bucket, limits: limits, turns: make(chan struct{}, limits.AtOnce)}, nil
}

// Close gives the store back.
func (s *Store) Close() error { return s.bucket.Close() }

// keys are made by the program alone; anything else, with dots and slashes that
// climb above all, names nothing.
var keys = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/[0-9]{4}/[0-9a-f]{64}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(-small)?\.[a-z0-9]{3,5}$`)

func check(key string) error {
	if !keys.MatchString(key) && !exportKeys.MatchString(key) {
		return fault.New(fault.NotFound)
	}
	return nil
}

// Put writes a file as a whole: after an error nothing is there.
func (s *Store) Put(ctx context.Context, key, mediaType string, body []byte) error {
	if err := check(key); err != nil {
		return err
	}
	return s.bucket.WriteAll(ctx, key, body, &blob.WriterOptions{ContentType: mediaType})
}

// Open reads a file from an offset on and tells its whole size in bytes;
// NOT_FOUND when there is none.
func (s *Store) Open(ctx context.Context, key string) (io.ReadSeekCloser, int64, error) {
	if err := check(key); err != nil {
		return nil, 0, err
	}
	r, err := s.bucket.NewReader(ctx, key, nil)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return nil, 0, fault.New(fault.NotFound)
	}
	if err != nil {
		return nil, 0, err
	}
	return r, r.Size(), nil
}

// Delete removes a file; one that is not there is gone already.
func (s *Store) Delete(ctx context.Context, key string) error {
	if err := check(key); err != nil {
		return err
	}
	if err := s.bucket.Delete(ctx, key); err != nil && gcerrors.Code(err) != gcerrors.NotFound {
		return err
	}
	return nil
}

// Walk names the files whose keys begin with a prefix and that were written
// before a moment.
func (s *Store) Walk(ctx context.Context, prefix string, before time.Time, do func(key string) error) error {
	list := s.bucket.List(&blob.ListOptions{Prefix: prefix})
	for {
		object, err := list.Next(ctx)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if object.IsDir || !object.ModTime.Before(before) || !walked(prefix, object.Key) {
			continue
		}
		if err := do(object.Key); err != nil {
			return err
		}
	}
}

// Tenants lists whose files the store holds: the first part of every key.
func (s *Store) Tenants(ctx context.Context) ([]uuid.UUID, error) {
	var all []uuid.UUID
	list := s.bucket.List(&blob.ListOptions{Delimiter: "/"})
	for {
		object, err := list.Next(ctx)
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		if id, err := uuid.Parse(strings.TrimSuffix(object.Key, "/")); object.IsDir && err == nil {
			all = append(all, id)
		}
	}
}
