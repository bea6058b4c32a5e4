package config

import (
	"bytes"
	"context"
	"os"
	"slices"
	"sync/atomic"
	"time"
)

// Live are the keys of a running server: read again when the folder changed or
// the time of a new key has come. It is safe for concurrent use.
type Live struct {
	folder string
	now    func() time.Time
	keys   atomic.Pointer[Keys]
}

// Fixed are keys that never change.
func Fixed(k Keys) *Live {
	l := &Live{}
	l.keys.Store(&k)
	return l
}

// WatchKeys reads the folder; Reload and Keep read it again.
func WatchKeys(folder string, now func() time.Time) (*Live, error) {
	l := &Live{folder: folder, now: now}
	_, err := l.Reload()
	return l, err
}

// Keys gives the keys as they were last read.
func (l *Live) Keys() Keys { return *l.keys.Load() }

// Cursors gives the ring of cursors and links of files.
func (l *Live) Cursors() [][]byte { return l.keys.Load().Cursors }

// Secrets gives the ring that encrypts.
func (l *Live) Secrets() Ring { return l.keys.Load().Secrets }

// Reload reads the folder again and tells whether anything changed. With an
// error the keys stay as they were: a file that is half written stops nobody.
func (l *Live) Reload() (changed bool, err error) {
	if l.folder == "" {
		return false, nil
	}
	fresh, err := loadKeys(l.folder, l.now())
	if err != nil {
		return false, err
	}
	before := l.keys.Swap(&fresh)
	return before == nil || !before.equal(fresh), nil
}

func (k Keys) equal(o Keys) bool {
	same := func(a, b [][]byte) bool { return slices.EqualFunc(a, b, bytes.Equal) }
	return k.Signing.Equal(o.Signing) && same(k.Cursors, o.Cursors) && same(k.Secrets, o.Secrets)
}

// Rereading is how often Keep reads the folder by itself. A new key should take
// over later than that after it was put there.
const Rereading = 30 * time.Second

// Keep reads the folder again and again, and at once when now says so, until the
// context ends; told hears of every change and every failure.
func (l *Live) Keep(ctx context.Context, now <-chan os.Signal, told func(changed bool, err error)) {
	ticker := time.NewTicker(Rereading)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		case <-now:
		}
		if changed, err := l.Reload(); changed || err != nil {
			told(changed, err)
		}
	}
}
