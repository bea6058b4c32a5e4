package export

import (
	"context"
	"encoding/json"
	"io"
	"strconv"
	"time"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

// LinkLife is how long a link opens its file.
const LinkLife = 5 * time.Minute

// Pass is what a link says: which export, for whom, until when. It opens the
// file for whoever has it, as far as that user may still read what is in it.
type Pass struct {
	Job, User, Tenant uuid.UUID
	Until             time.Time
}

// purpose keeps a link apart from everything else the same key signs.
var purpose = paging.Scope("a link to an export")

// Link makes a link part for an export of the viewer's, and says until when it
// opens. Whether the export is done is seen when it is opened.
func (s *Service) Link(ctx context.Context, job uuid.UUID) (link string, until time.Time, err error) {
	who, err := viewer.From(ctx)
	if err != nil {
		return "", time.Time{}, err
	}
	until = s.c.Clock().Add(LinkLife).UTC().Truncate(time.Second)
	return s.c.Links.Encode(purpose, paging.Text(job.String()), paging.Text(who.User.String()), paging.Text(who.Tenant.String()),
		paging.Text(strconv.FormatInt(until.Unix(), 10))), until, nil
}

// ReadLink checks a link that was asked for under an id: one that is over,
// altered, or of another export is LINK_INVALID.
func (s *Service) ReadLink(link string, job uuid.UUID) (*Pass, error) {
	values, err := s.c.Links.Decode(purpose, link)
	if err != nil || len(values) != 4 {
		return nil, fault.New(fault.LinkInvalid)
	}
	var ids [3]uuid.UUID
	for i := range ids {
		if ids[i], err = uuid.Parse(values[i].Text); err != nil {
			return nil, fault.New(fault.LinkInvalid)
		}
	}
	seconds, err := strconv.ParseInt(values[3].Text, 10, 64)
	p := &Pass{Job: ids[0], User: ids[1], Tenant: ids[2], Until: time.Unix(seconds, 0).UTC()}
	if err != nil || p.Job != job || !s.c.Clock().Before(p.Until) {
		return nil, fault.New(fault.LinkInvalid)
	}
	return p, nil
}

// Stream is a file on its way to a reader; Body must be closed.
type Stream struct {
	Body            io.ReadSeekCloser
	MediaType, Name string
	Bytes           int64
}

// Open reads the file of an export that the viewer asked for and may still read:
// both permissions are asked again.
func (s *Service) Open(ctx context.Context, job uuid.UUID) (*Stream, error) {
	made, err := s.c.Find(ctx, job)
	if err != nil {
		return nil, err
	}
	var r Request
	if err := json.Unmarshal(made.Input, &r); err != nil {
		return nil, err
	}
	if _, err := s.admit(ctx, r); err != nil {
		return nil, err
	}
	if made.Key == "" || !s.c.Clock().Before(made.Until) {
		return nil, fault.New(fault.ExportGone)
	}
	body, size, err := s.c.Files.Open(ctx, made.Key)
	if err != nil {
		return nil, err
	}
	return &Stream{Body: body, MediaType: made.MediaType, Name: made.Name, Bytes: size}, nil
}

// OpenLink is Open for whoever has a pass: as its user, by the rights of now. A
// user who may nothing any more is LINK_INVALID.
func (s *Service) OpenLink(ctx context.Context, p *Pass) (*Stream, error) {
	var stream *Stream
	err := s.c.AsAsker(ctx, p.Job, p.Tenant, func(ctx context.Context) error {
		who, err := viewer.From(ctx)
		if err != nil {
			return err
		}
		if who.User != p.User {
			return fault.New(fault.LinkInvalid)
		}
		stream, err = s.Open(ctx, p.Job)
		return err
	})
	switch fault.CodeOf(err) {
	case fault.Unauthenticated, fault.Forbidden, fault.NotFound:
		return nil, fault.New(fault.LinkInvalid)
	}
	if err != nil && stream != nil {
		_ = stream.Body.Close()
		return nil, err
	}
	return stream, err
}
