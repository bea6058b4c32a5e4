package archive

import (
	"archive/zip"
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"math"
	"regexp"
	"strings"

	"leitai/internal/fault"
)

// filesUnder is where stored files lie in an archive.
const filesUnder = "files/"

// names are the only ones an entry may have: none of them leaves the archive,
// whatever it is unpacked with (T21).
var names = regexp.MustCompile(`^((units|users|rows)/[a-z][a-z0-9_]{0,62}\.jsonl|` +
	`files/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/[0-9]{4}/[0-9a-f]{64}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(-small)?\.[a-z0-9]{3,5}|` +
	`manifest\.json|manifest\.sig\.json)$`)

func pathOf(kind, table string) string { return kind + "/" + table + ".jsonl" }

// Limits bound what an archive may cost (T20); the zero value of each is a
// working default.
type Limits struct {
	Entries  int   // 0 means 500,000
	Unpacked int64 // bytes of everything; 0 means 64 GB
	Part     int64 // bytes of one part; 0 means 1 GB
	Line     int   // bytes of one row; 0 means 64 MB
	Ratio    int64 // how much smaller than its content an entry of more than 16 MB may be; 0 means 400
}

func (l Limits) withDefaults() Limits {
	l.Entries = cmp.Or(l.Entries, 500_000)
	l.Unpacked = cmp.Or(l.Unpacked, 64<<30)
	l.Part = cmp.Or(l.Part, 1<<30)
	l.Line = cmp.Or(l.Line, 64<<20)
	l.Ratio = cmp.Or(l.Ratio, 400)
	return l
}

// smallEntry is below what a ratio says anything about.
const smallEntry = 16 << 20

// Archive is an opened file whose manifest and hashes hold.
type Archive struct {
	Manifest *Manifest
	entries  map[string]*zip.File
	limits   Limits
}

// Open reads an archive made by one of the trusted keys (their fingerprints),
// and checks every name, bound, count and hash before anything of it is used.
func Open(ctx context.Context, file io.ReaderAt, size int64, trusted []string, limits Limits) (*Archive, error) {
	a := &Archive{entries: map[string]*zip.File{}, limits: limits.withDefaults()}
	z, err := zip.NewReader(file, size)
	if errors.Is(err, zip.ErrInsecurePath) {
		return nil, unsafe("..")
	}
	if err != nil {
		return nil, broken("ZIP")
	}
	if err := a.admit(z.File); err != nil {
		return nil, err
	}
	body, err := a.whole(manifestName)
	if err != nil {
		return nil, err
	}
	signature, err := a.whole(signatureName)
	if err != nil {
		return nil, err
	}
	if a.Manifest, err = opened(body, signature, trusted); err != nil {
		return nil, err
	}
	return a, a.check(ctx)
}

func unsafe(detail string) *fault.Fault { return fault.New(fault.ArchiveUnsafe, "detail", detail) }

// admit takes entries by name, each once, within the bounds their heads claim;
// what they really hold is counted when they are read.
func (a *Archive) admit(files []*zip.File) error {
	if len(files) > a.limits.Entries {
		return unsafe("entries")
	}
	var all uint64
	for _, f := range files {
		if !names.MatchString(f.Name) || a.entries[f.Name] != nil || !f.Mode().IsRegular() {
			return unsafe(shortName(f.Name))
		}
		if f.UncompressedSize64 > uint64(a.limits.Part) || f.UncompressedSize64 > smallEntry && f.UncompressedSize64/uint64(a.limits.Ratio) > f.CompressedSize64 {
			return unsafe(shortName(f.Name))
		}
		if all += f.UncompressedSize64; all > uint64(a.limits.Unpacked) {
			return unsafe("size")
		}
		a.entries[f.Name] = f
	}
	return nil
}

// shortName is what a refusal says of a name that may be anything.
func shortName(name string) string {
	name = strings.ToValidUTF8(name, "?")
	if r := []rune(name); len(r) > 60 {
		name = string(r[:60]) + "…"
	}
	return name
}

// reader unpacks an entry and breaks off behind the size its head claims.
func (a *Archive) reader(name string) (io.ReadCloser, *bound, error) {
	f := a.entries[name]
	if f == nil {
		return nil, nil, broken(shortName(name))
	}
	if f.UncompressedSize64 > math.MaxInt64 {
		return nil, nil, unsafe(shortName(name))
	}
	r, err := f.Open()
	if err != nil {
		return nil, nil, broken(shortName(name))
	}
	return r, &bound{r: r, left: int64(f.UncompressedSize64)}, nil
}

// bound reads no more than was claimed.
type bound struct {
	r    io.Reader
	left int64
}

// Read implements io.Reader.
func (b *bound) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, unsafe("size")
	}
	return n, err
}

// whole reads an entry that is small by its nature.
func (a *Archive) whole(name string) ([]byte, error) {
	closer, r, err := a.reader(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = closer.Close() }()
	body, err := io.ReadAll(r)
	if err != nil {
		return nil, told(err, name)
	}
	return body, nil
}

// told keeps a refusal and turns a mistake of the packing into one.
func told(err error, name string) error {
	if fault.CodeOf(err) != "" || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return broken(shortName(name))
}

// check compares entries with the manifest: the same names, sizes, counts and
// hashes, and nothing beside them.
func (a *Archive) check(ctx context.Context) error {
	m := a.Manifest
	if len(a.entries) != len(m.Parts)+2 {
		return broken(manifestName)
	}
	own := filesUnder + m.Tenant.ID.String() + "/"
	for _, p := range m.Parts {
		if p.Kind == KindFile && !strings.HasPrefix(p.Path, own) {
			return unsafe(shortName(p.Path))
		}
		if p.Kind != KindFile && p.Path != pathOf(p.Kind, p.Table) {
			return broken(shortName(p.Path))
		}
		if err := a.checkPart(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

func (a *Archive) checkPart(ctx context.Context, p Part) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	closer, r, err := a.reader(p.Path)
	if err != nil {
		return err
	}
	defer func() { _ = closer.Close() }()
	lines := &lineCounter{}
	sum := &counter{out: lines, sum: sha256.New()}
	if _, err := io.Copy(sum, r); err != nil {
		return told(err, p.Path)
	}
	count := lines.n
	if p.Kind == KindFile {
		count = 1
	}
	if sum.bytes != p.Bytes || hexSum(sum.sum.Sum(nil)) != p.SHA256 || count != p.Count {
		return broken(shortName(p.Path))
	}
	return nil
}

type lineCounter struct{ n int }

// Write implements io.Writer.
func (c *lineCounter) Write(p []byte) (int, error) {
	c.n += bytes.Count(p, []byte{'\n'})
	return len(p), nil
}

// Lines gives the rows of a part with their numbers from 1.
func (a *Archive) Lines(p Part, each func(n int, line []byte) error) error {
	closer, r, err := a.reader(p.Path)
	if err != nil {
		return err
	}
	defer func() { _ = closer.Close() }()
	scanner := bufio.NewScanner(r)
	scanner.Buffer(make([]byte, 64<<10), a.limits.Line)
	n := 0
	for scanner.Scan() {
		n++
		if err := each(n, scanner.Bytes()); err != nil {
			return err
		}
	}
	if err := scanner.Err(); err != nil {
		return told(err, p.Path)
	}
	return nil
}

// File reads a stored file by its key.
func (a *Archive) File(p Part) (key string, body []byte, err error) {
	body, err = a.whole(p.Path)
	return strings.TrimPrefix(p.Path, filesUnder), body, err
}
