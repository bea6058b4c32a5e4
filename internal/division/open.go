package division

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"

	"leitai/internal/fault"
)

// Open gives the plain text of a stream that is either plain or gzip, told by
// its first two bytes. A gzip stream with a bad head is a *fault.Fault
// DIVISION_ARCHIVE_UNREADABLE.
func Open(r io.Reader) (io.Reader, error) {
	buffered := bufio.NewReader(r)
	magic, err := buffered.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("division: read: %w", err)
	}
	if string(magic) != "\x1f\x8b" {
		return buffered, nil
	}
	plain, err := gzip.NewReader(buffered)
	if err != nil {
		return nil, readFault(err)
	}
	return plain, nil
}

// readFault tells a damaged archive, which the sender can mend, from a reader
// that failed.
func readFault(err error) error {
	var corrupt flate.CorruptInputError
	if errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &corrupt) {
		return fault.New(fault.DivisionArchiveUnreadable)
	}
	return fmt.Errorf("division: read: %w", err)
}

// nextLine gives a line without its end, and how many bytes it had with it; of
// a line longer than maxLine the text is dropped.
func nextLine(r *bufio.Reader) (line string, size int, err error) {
	part, err := r.ReadSlice('\n')
	if !errors.Is(err, bufio.ErrBufferFull) {
		return strings.TrimSpace(string(part)), len(part), err
	}
	for size = len(part); errors.Is(err, bufio.ErrBufferFull) && size <= maxBytes; size += len(part) {
		part, err = r.ReadSlice('\n')
	}
	if errors.Is(err, bufio.ErrBufferFull) {
		err = nil // the caller refuses a line of maxBytes
	}
	return "", max(size, maxLine+1), err
}
