package overhttp_test

import (
	"io"
	"sync"
)

// locked lets many requests write one log.
type locked struct {
	lock sync.Mutex
	to   io.Writer
}

// Write implements io.Writer.
func (l *locked) Write(p []byte) (int, error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	return l.to.Write(p)
}
