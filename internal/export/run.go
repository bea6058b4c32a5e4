package export

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
	"io"
	"strconv"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Work is one try of the job of an export.
type Work struct {
	Job, Lease, Tenant uuid.UUID
	Input              json.RawMessage
	As                 func(ctx context.Context, do func(ctx context.Context) error) error // one step as the user who asked
	Progress           func(done int64, total *int64)
}

// File is an export that was written.
type File struct {
	Key, Name, MediaType, SHA256 string
	Bytes, Rows                  int64
}

// MostRows is how many rows a file of a format holds at most.
var MostRows = map[Format]int64{CSV: 20_000_000, JSONL: 20_000_000, XLSX: 1_000_000}

var mediaTypes = map[Format]string{
	CSV:   "text/csv; charset=utf-8",
	XLSX:  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	JSONL: "application/x-ndjson; charset=utf-8",
}

// Run writes an export page by page, each page read in a transaction of its own
// as the user who asked, so that it takes the memory of a page and holds a
// connection only while one is read. Every try writes a file of its own.
func (s *Service) Run(ctx context.Context, w Work) (*File, error) {
	var r Request
	if err := json.Unmarshal(w.Input, &r); err != nil {
		return nil, err
	}
	f := &File{Key: key(w, r.Format), MediaType: mediaTypes[r.Format]}
	err := s.c.Files.Write(ctx, f.Key, f.MediaType, func(out io.Writer) error {
		counted := &counted{out: out, sum: sha256.New()}
		if err := s.copy(ctx, w, r, f, counted); err != nil {
			return err
		}
		f.Bytes, f.SHA256 = counted.bytes, hex.EncodeToString(counted.sum.Sum(nil))
		return nil
	})
	if err != nil {
		return nil, err
	}
	return f, nil
}

// key is made of ids alone. Another try, and another job, has another.
func key(w Work, format Format) string {
	return w.Tenant.String() + "/export/" + w.Job.String() + "-" + w.Lease.String() + "." + string(format)
}

// Discard removes a file that does not count.
func (s *Service) Discard(ctx context.Context, key string) error { return s.c.Files.Delete(ctx, key) }

func (s *Service) copy(ctx context.Context, w Work, r Request, f *File, out io.Writer) error {
	var rows writer
	var read Reader
	most := MostRows[r.Format]
	for more := true; more; {
		var page Page
		var source Source
		err := w.As(ctx, func(ctx context.Context) (err error) {
			if source, err = s.admit(ctx, r); err != nil {
				return err
			}
			if f.Name == "" {
				f.Name, err = s.name(ctx, r)
			}
			if err == nil && read == nil {
				read = source.Rows(r)
			}
			if err == nil {
				page, err = read(ctx)
			}
			return err
		})
		if err != nil {
			return err
		}
		if rows == nil {
			if rows, err = newWriter(out, r, source.Columns); err != nil {
				return err
			}
			defer rows.discard()
		}
		for _, row := range page.Rows {
			if f.Rows++; f.Rows > most {
				return fault.New(fault.ExportTooLong, "most", strconv.FormatInt(most, 10))
			}
			if err := rows.row(row); err != nil {
				return err
			}
		}
		w.Progress(f.Rows, page.Total)
		more = page.Next != ""
	}
	return rows.close()
}

var names = map[Kind]Column{
	Facts:    {Zh: "事实数据", En: "facts"},
	Boards:   {Zh: "成绩榜", En: "boards"},
	Issues:   {Zh: "问题台账", En: "issues"},
	Accounts: {Zh: "加减分台账", En: "accounts"},
	Marks:    {Zh: "评分", En: "marks"},
}

// name is what the file is called when it is downloaded.
func (s *Service) name(ctx context.Context, r Request) (string, error) {
	who, err := viewer.From(ctx)
	if err != nil {
		return "", err
	}
	day, err := who.DateOf(s.c.Clock())
	if err != nil {
		return "", err
	}
	title := names[r.Kind].in(r.Language)
	if who.Demo {
		title += map[bool]string{true: "-demo", false: "（演示数据）"}[r.Language == fault.English]
	}
	return title + "-" + day.String() + "." + string(r.Format), nil
}

func (c Column) in(language fault.Language) string {
	if language == fault.English {
		return c.En
	}
	return c.Zh
}

// counted measures what passes.
type counted struct {
	out   io.Writer
	sum   hash.Hash
	bytes int64
}

// Write implements io.Writer.
func (c *counted) Write(p []byte) (int, error) {
	n, err := c.out.Write(p)
	c.sum.Write(p[:n])
	c.bytes += int64(n)
	return n, err
}
