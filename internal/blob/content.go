package blob

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"strconv"

	"leitai/internal/evidence"
	"leitai/internal/fault"
)

// Limits bound what one file may cost; the zero value of each is a working
// default.
type Limits struct {
	Bytes  int64 // of a file as it is sent; 0 means 32 MB
	Pixels int   // of a picture; 0 means 40 million
	Memory int64 // bytes of a picture's pixels while it is drawn anew; 0 means 256 MB
	AtOnce int   // pictures drawn at once; 0 means 2
	// Unpacked bounds the bytes inside an office document, Entries its files and
	// Ratio how much smaller than its content it may be.
	Unpacked int64 // 0 means 128 MB
	Entries  int   // 0 means 4000
	Ratio    int64 // 0 means 200
}

func (l Limits) withDefaults() Limits {
	l.Bytes = cmp.Or(l.Bytes, 32<<20)
	l.Pixels = cmp.Or(l.Pixels, 40_000_000)
	l.Memory = cmp.Or(l.Memory, 256<<20)
	l.AtOnce = cmp.Or(l.AtOnce, 2)
	l.Unpacked = cmp.Or(l.Unpacked, 128<<20)
	l.Entries = cmp.Or(l.Entries, 4000)
	l.Ratio = cmp.Or(l.Ratio, 200)
	return l
}

// taken names the types for whoever sent another.
const taken = "JPEG、PNG、WebP、MP4、PDF、DOCX、XLSX、OFD"

// Inspect reads a file and gives what of it is kept. Its type is what its
// content says, never its name or what the sender called it (T19); whatever is
// too large, broken, of another type or packed to burst is refused (T20).
func (s *Store) Inspect(ctx context.Context, body io.Reader) (*evidence.Content, error) {
	data, err := io.ReadAll(io.LimitReader(body, s.limits.Bytes+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > s.limits.Bytes {
		return nil, fault.New(fault.FileTooLarge, "want", strconv.FormatInt(s.limits.Bytes>>20, 10)).At("file")
	}
	for _, t := range types {
		if !t.is(data) {
			continue
		}
		content, err := t.keep(s, ctx, data)
		for _, f := range fault.All(err) {
			f.At("file")
		}
		return content, err
	}
	return nil, fault.New(fault.FileTypeRefused, "want", taken).At("file")
}

// kind is a type of content: how it is known, and what is kept of it.
type kind struct {
	is   func([]byte) bool
	keep func(s *Store, ctx context.Context, data []byte) (*evidence.Content, error)
}

var types = []kind{
	{begins("\xff\xd8\xff"), (*Store).jpeg},
	{begins("\x89PNG\r\n\x1a\n"), (*Store).png},
	{func(d []byte) bool { return begins("RIFF")(d) && len(d) > 12 && string(d[8:12]) == "WEBP" }, (*Store).webp},
	{func(d []byte) bool { return len(d) > 12 && string(d[4:8]) == "ftyp" }, (*Store).video},
	{begins("%PDF-"), (*Store).pdf},
	{begins("PK\x03\x04"), (*Store).office},
}

func begins(magic string) func([]byte) bool {
	return func(data []byte) bool { return bytes.HasPrefix(data, []byte(magic)) }
}

// pdf is kept as it is and only ever sent as a download. Its end must be there.
func (s *Store) pdf(_ context.Context, data []byte) (*evidence.Content, error) {
	if !bytes.Contains(data[max(0, len(data)-2048):], []byte("%%EOF")) {
		return nil, fault.New(fault.FileBroken)
	}
	return &evidence.Content{MediaType: "application/pdf", Extension: "pdf", Body: data}, nil
}
