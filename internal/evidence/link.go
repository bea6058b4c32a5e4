package evidence

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// LinkLife is how long a signed link opens its file.
const LinkLife = 60 * time.Second

// Stream is a file on its way to a reader; Body must be closed.
type Stream struct {
	Body      io.ReadSeekCloser
	MediaType string
	Name      string // for a download
	Bytes     int64
}

// Open reads a file, or its small picture, for the viewer: one of a piece that
// the viewer may read, one that the viewer sent, or one of a shared highlight.
// Every other is as if it were not there (T18).
func (s *Service) Open(ctx context.Context, id uuid.UUID, small bool) (*Stream, error) {
	f, err := s.File(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.stream(ctx, f, small)
}

// File reads the row of a file by the same rule as Open.
func (s *Service) File(ctx context.Context, id uuid.UUID) (*File, error) {
	who, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	var found *File
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		found = nil
		f, units, err := st.FileByID(ctx, id)
		if err != nil && fault.CodeOf(err) != fault.NotFound {
			return err
		}
		if err == nil {
			mine, err := s.mayRead(ctx, st, f, units)
			if err != nil {
				return err
			}
			if mine || f.Tenant == who.Tenant && slices.Contains(f.Senders, who.User) {
				found = f
				return nil
			}
		}
		if s.gate.Anywhere(ctx, authz.HighlightRead) != nil {
			return fault.New(fault.NotFound)
		}
		if sight := s.gate.Sight(ctx, authz.HighlightRead); !sight.All {
			if known, err := st.SharedAs(ctx, id, sight.Dimensions); err != nil || !known {
				return errors.Join(err, fault.New(fault.NotFound))
			}
		}
		found, err = st.SharedFile(ctx, id)
		return err
	})
	return found, err
}

func (s *Service) stream(ctx context.Context, f *File, small bool) (*Stream, error) {
	key, mediaType := f.Key, f.MediaType
	if small {
		if f.Thumbnail == "" {
			return nil, fault.New(fault.NotFound)
		}
		key, mediaType = f.Thumbnail, "image/jpeg"
	}
	body, size, err := s.files.Open(ctx, key)
	if err != nil {
		return nil, err
	}
	return &Stream{Body: body, MediaType: mediaType, Name: f.Name, Bytes: size}, nil
}

// Pass is what a signed link says: which file, for whom, until when.
type Pass struct {
	File      uuid.UUID `json:"f"`
	Small     bool      `json:"s,omitempty"`
	User      uuid.UUID `json:"u"`
	Tenant    uuid.UUID `json:"t"`
	Until     int64     `json:"e"` // seconds since 1970
	Key       string    `json:"k"`
	MediaType string    `json:"m"`
	Name      string    `json:"n,omitempty"`
}

// Link makes a signed link part for a file that the viewer has just read.
func (s *Service) Link(ctx context.Context, f *File, small bool) (string, error) {
	who, err := viewer.From(ctx)
	if err != nil {
		return "", err
	}
	p := Pass{File: f.ID, Small: small, User: who.User, Tenant: who.Tenant, Until: s.clock().Add(LinkLife).Unix(),
		Key: f.Key, MediaType: f.MediaType, Name: f.Name}
	if small {
		p.Key, p.MediaType = f.Thumbnail, "image/jpeg"
	}
	return s.links.sign(p)
}

// OpenLink reads the file of a signed link that was asked for under an id; a
// link that is over, altered, or of another file is LINK_INVALID. The caller
// compares a session that came along with the pass.
func (s *Service) OpenLink(ctx context.Context, link string, id uuid.UUID, small bool) (*Stream, *Pass, error) {
	p, ok := s.links.read(link)
	if !ok || p.File != id || p.Small != small || s.clock().Unix() >= p.Until {
		return nil, nil, fault.New(fault.LinkInvalid)
	}
	body, size, err := s.files.Open(ctx, p.Key)
	if err != nil {
		return nil, nil, err
	}
	return &Stream{Body: body, MediaType: p.MediaType, Name: p.Name, Bytes: size}, p, nil
}

// signer signs passes; the first secret signs, all verify.
type signer struct{ secrets func() [][]byte }

var linkText = base64.RawURLEncoding.Strict()

func (s signer) sign(p Pass) (string, error) {
	body, err := json.Marshal(p)
	if err != nil {
		return "", err
	}
	return linkText.EncodeToString(append(mac(s.secrets()[0], body), body...)), nil
}

func (s signer) read(link string) (*Pass, bool) {
	data, err := linkText.DecodeString(link)
	if err != nil || len(data) <= sha256.Size || len(link) > 4096 {
		return nil, false
	}
	sum, body := data[:sha256.Size], data[sha256.Size:]
	for _, secret := range s.secrets() {
		if hmac.Equal(sum, mac(secret, body)) {
			var p Pass
			return &p, json.Unmarshal(body, &p) == nil
		}
	}
	return nil, false
}

// mac is bound to its purpose, because the secret serves others, too.
func mac(secret, body []byte) []byte {
	h := hmac.New(sha256.New, secret)
	h.Write([]byte("leitai file link\n"))
	h.Write(body)
	return h.Sum(nil)
}
