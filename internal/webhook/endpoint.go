package webhook

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/event"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Format is how a message is written and proved.
type Format string

// The formats: Standard Webhooks, and the group robots of WeCom (企业微信) and
// DingTalk (钉钉), which are told a sentence.
const (
	Standard Format = "standard"
	WeCom    Format = "wecom"
	DingTalk Format = "dingtalk"
)

// Bounds of what a tenant registers.
const (
	mostEndpoints = 20
	mostAddress   = 1000 // bytes
	mostName      = 60   // characters
)

// Endpoint is an address that is told what happens.
type Endpoint struct {
	ID            uuid.UUID
	Name          string
	Format        Format
	Shown         string // the address without its query, which may hold a key
	Address       []byte // all of it, sealed
	Secret        []byte // sealed
	Previous      []byte // sealed: valid beside the secret until PreviousUntil
	PreviousUntil *time.Time
	Kinds         []string // of events, sorted
	Disabled      string   // code of the reason; empty: it is in use
	FailingSince  *time.Time
	Owner         uuid.UUID // the user whose rights decide what is sent
	CreatedAt     time.Time
	Since         int64 // the sequence of the last event before it was registered; the store sets it
	Revision      int
}

// Draft is what is entered for an endpoint.
type Draft struct {
	Name    string
	Address string // empty on a change: as it is
	Format  Format
	Kinds   []string
	Secret  string // of a DingTalk robot, made there; others are made here
}

// Kinds lists the kinds of events an endpoint can be told.
func Kinds() []string {
	var all []string
	for _, k := range event.Kinds() {
		if !slices.Contains(unsent, k) {
			all = append(all, string(k))
		}
	}
	slices.Sort(all)
	return all
}

// unsent are kinds for streams and screens only.
var unsent = []event.Kind{event.JobProgress, event.InboxNew}

// Create registers an endpoint. The secret is answered this once.
func (s *Service) Create(ctx context.Context, in Draft) (*Endpoint, string, error) {
	if err := s.mayChange(ctx); err != nil {
		return nil, "", err
	}
	if err := s.check(ctx, &in); err != nil {
		return nil, "", err
	}
	secret := in.Secret
	if in.Format != DingTalk {
		secret = newSecret()
	}
	var made *Endpoint
	err := s.change(ctx, func(ctx context.Context, v *viewer.Viewer, st Store) error {
		all, err := st.WebhookEndpoints(ctx)
		if err != nil {
			return err
		}
		if len(all) >= mostEndpoints {
			return fault.New(fault.WebhookTooMany)
		}
		in.Secret = secret
		made = &Endpoint{ID: newID(), Name: in.Name, Format: in.Format, Kinds: in.Kinds, Owner: v.User, CreatedAt: s.moment(), Revision: 1}
		if err := s.readdress(made, in); err != nil {
			return err
		}
		if err := st.InsertWebhook(ctx, made); err != nil {
			return err
		}
		return record(ctx, "create", made)
	})
	if err != nil {
		return nil, "", err
	}
	if in.Format != Standard {
		secret = "" // WeCom has none of ours, DingTalk's is known to who entered it
	}
	return made, secret, nil
}

// Change enters an endpoint anew, and switches it on or off. Whoever does is its
// owner from then on. The address and the secret of a robot stay as they are
// when none is entered; the format stays.
func (s *Service) Change(ctx context.Context, id uuid.UUID, revision int, in Draft, on bool) (*Endpoint, error) {
	if err := s.mayChange(ctx); err != nil {
		return nil, err
	}
	var now *Endpoint
	if err := s.look(ctx, func(ctx context.Context, st Store) (err error) {
		now, err = st.WebhookEndpoint(ctx, id)
		return err
	}); err != nil {
		return nil, err
	}
	in.Format = now.Format
	if err := s.checkChange(ctx, &in); err != nil {
		return nil, err
	}
	err := s.change(ctx, func(ctx context.Context, v *viewer.Viewer, st Store) error {
		e, err := st.WebhookEndpoint(ctx, id)
		if err != nil {
			return err
		}
		e.Revision = revision
		e.Name, e.Kinds, e.Owner, now = in.Name, in.Kinds, v.User, e
		if err := s.readdress(e, in); err != nil {
			return err
		}
		switch {
		case on:
			e.Disabled, e.FailingSince = "", nil
		case e.Disabled == "":
			e.Disabled = string(fault.WebhookSwitchedOff)
		}
		if err := st.UpdateWebhook(ctx, e); err != nil {
			return err
		}
		return record(ctx, "change", e)
	})
	return now, err
}

// readdress seals what was entered of address and secret.
func (s *Service) readdress(e *Endpoint, in Draft) (err error) {
	if in.Address != "" {
		e.Shown = shown(in.Address)
		if e.Address, err = s.seal(e, ofAddress, in.Address); err != nil {
			return err
		}
	}
	if in.Secret != "" {
		e.Secret, err = s.seal(e, ofSecret, in.Secret)
	}
	return err
}

// Rotate gives an endpoint a new secret; messages are signed with both for so
// many hours, so that the receiver can change without missing any.
func (s *Service) Rotate(ctx context.Context, id uuid.UUID, revision, hours int) (*Endpoint, string, error) {
	if hours < 0 || hours > 7*24 {
		return nil, "", fault.New(fault.Invalid, "value", strconv.Itoa(hours), "want", "0–168").At("keepHours")
	}
	secret := newSecret()
	var now *Endpoint
	err := s.change(ctx, func(ctx context.Context, _ *viewer.Viewer, st Store) error {
		e, err := st.WebhookEndpoint(ctx, id)
		if err != nil {
			return err
		}
		if e.Format != Standard {
			return fault.New(fault.WebhookNoSecret)
		}
		e.Revision, e.Previous, e.PreviousUntil = revision, nil, nil
		if hours > 0 {
			until := s.moment().Add(time.Duration(hours) * time.Hour)
			e.Previous, e.PreviousUntil = e.Secret, &until
		}
		if e.Secret, err = s.seal(e, ofSecret, secret); err != nil {
			return err
		}
		now = e
		if err := st.UpdateWebhook(ctx, e); err != nil {
			return err
		}
		return record(ctx, "rotate", e)
	})
	if err != nil {
		return nil, "", err
	}
	return now, secret, nil
}

// Remove ends an endpoint with its log; what waits is not sent any more.
func (s *Service) Remove(ctx context.Context, id uuid.UUID) error {
	return s.change(ctx, func(ctx context.Context, _ *viewer.Viewer, st Store) error {
		e, err := st.WebhookEndpoint(ctx, id)
		if err != nil {
			return err
		}
		if err := st.RemoveWebhook(ctx, id); err != nil {
			return err
		}
		return record(ctx, "remove", e)
	})
}

// List lists the tenant's endpoints, oldest first.
func (s *Service) List(ctx context.Context) (all []*Endpoint, err error) {
	err = s.look(ctx, func(ctx context.Context, st Store) (err error) {
		all, err = st.WebhookEndpoints(ctx)
		return err
	})
	return all, err
}

// ByID reads one endpoint.
func (s *Service) ByID(ctx context.Context, id uuid.UUID) (e *Endpoint, err error) {
	err = s.look(ctx, func(ctx context.Context, st Store) (err error) {
		e, err = st.WebhookEndpoint(ctx, id)
		return err
	})
	return e, err
}

func record(ctx context.Context, what string, e *Endpoint) error {
	return audit.Record(ctx, "webhook:"+what, "webhook", e.ID, map[string]any{"address": e.Shown, "kinds": e.Kinds, "off": e.Disabled})
}

// shown is an address without what may be secret in it.
func shown(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	u.User, u.RawQuery, u.Fragment = nil, "", ""
	return strings.ToLower(u.Scheme) + "://" + u.Host + u.EscapedPath()
}
