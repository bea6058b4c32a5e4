package webhook

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/event"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// mostAnswer is how much of an answer is kept, in bytes.
const mostAnswer = 1024

// shipment is a message that is ready to leave.
type shipment struct {
	delivery *Delivery
	endpoint *Endpoint
	address  string
	header   map[string]string
	body     []byte
	withheld bool
	sealed   bool      // no key opens the address or the secret
	begun    time.Time // on the clock of signatures
}

// Attempt tries to deliver what the caller holds: it is read and decided on in
// one transaction, sent while none is open, and noted in another. Once begun it
// is finished, though the process is asked to stop: a call has its own bound.
func (s *Service) Attempt(ctx context.Context, c Claim) error {
	ctx, over := s.c.Traces.Work(context.WithoutCancel(ctx), "webhook", "delivery", c.Delivery)
	outcome := "failed"
	defer func() { over(outcome) }()
	var ready *shipment
	err := s.c.Within(ctx, c.Tenant, func(ctx context.Context) (err error) {
		ready, err = s.prepare(ctx, c)
		return err
	})
	if err != nil {
		return err
	}
	var made *Attempt
	var last Answer
	switch outcome = "sent"; {
	case ready.withheld:
	case ready.sealed: // as an attempt that failed: the operator may find the key again
		made = &Attempt{ID: newID(), Delivery: ready.delivery.ID, At: ready.begun.UTC().Truncate(time.Microsecond), Error: string(fault.WebhookSealed)}
	default:
		made, last = s.send(ctx, ready)
	}
	if made != nil && made.Error != "" {
		outcome = "failed"
	}
	return s.c.Within(ctx, c.Tenant, func(ctx context.Context) error { return s.note(ctx, ready, made, last) })
}

// prepare reads what is to be sent and decides whether it may be.
func (s *Service) prepare(ctx context.Context, c Claim) (*shipment, error) {
	ready := &shipment{begun: s.c.Now()}
	err := s.c.Read(ctx, func(ctx context.Context, st Store) (err error) {
		if ready.delivery, err = st.WebhookDelivery(ctx, c.Delivery); err != nil {
			return err
		}
		if ready.endpoint, err = st.WebhookEndpoint(ctx, ready.delivery.Endpoint); err != nil {
			return err
		}
		var happened *Event
		if ready.delivery.Event != nil {
			if happened, err = st.WebhookEvent(ctx, *ready.delivery.Event); err != nil {
				return err
			}
		}
		may, err := s.ownerMayRead(ctx, st, ready.endpoint, happened)
		if err != nil || !may || !c.OwnerActive {
			ready.withheld = true
			return err
		}
		err = s.write(ctx, ready, happened)
		if ready.sealed = errors.Is(err, errSealed); ready.sealed {
			s.c.Logger.ErrorContext(ctx, "a webhook's address or secret was not opened", "tenant", c.Tenant.String(), "endpoint", ready.endpoint.ID.String(), "error", err)
			return nil
		}
		return err
	})
	return ready, err
}

// ownerMayRead decides with the rights that the owner has at this moment.
func (s *Service) ownerMayRead(ctx context.Context, st Store, e *Endpoint, happened *Event) (bool, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return false, err
	}
	owner := *v
	owner.User = e.Owner
	ctx = viewer.With(ctx, &owner)
	if happened == nil {
		return s.c.Gate.May(ctx, authz.WebhookRead, uuid.Nil), nil
	}
	info, known := event.InfoOf(happened.Kind)
	switch {
	case !known:
		return false, nil
	case info.Personal:
		person, err := st.WebhookPerson(ctx, e.Owner)
		return person != uuid.Nil && slices.Contains(happened.Persons, person), err
	}
	return s.c.Gate.May(ctx, info.Permission, happened.Unit), nil
}

// write makes the message and proves it.
func (s *Service) write(ctx context.Context, ready *shipment, happened *Event) error {
	v, err := viewer.From(ctx)
	if err != nil {
		return err
	}
	if ready.address, err = s.open(ready.endpoint, ofAddress, ready.endpoint.Address); err != nil {
		return err
	}
	secrets, err := s.secretsOf(ready.endpoint)
	if err != nil {
		return err
	}
	if ready.endpoint.Format != Standard {
		return ready.tell(happened, secrets[0])
	}
	if happened == nil {
		ready.body, err = s.pingOf(ready.delivery, v.Tenant)
	} else {
		ready.body, err = s.bodyOf(happened, v.Tenant)
	}
	if err == nil {
		ready.header, err = signed(secrets, ready.delivery.ID.String(), ready.begun, ready.body)
	}
	return err
}

// secretsOf are those that are valid: the newest first.
func (s *Service) secretsOf(e *Endpoint) ([]string, error) {
	secret, err := s.open(e, ofSecret, e.Secret)
	if err != nil || len(e.Previous) == 0 || e.PreviousUntil == nil || !s.c.Now().Before(*e.PreviousUntil) {
		return []string{secret}, err
	}
	before, err := s.open(e, ofSecret, e.Previous)
	if errors.Is(err, errSealed) {
		return []string{secret}, nil // the new one proves the message alone
	}
	return []string{secret, before}, err
}

// send calls the endpoint once.
func (s *Service) send(ctx context.Context, ready *shipment) (*Attempt, Answer) {
	begun := s.c.Now()
	answer, err := s.c.Sender.Post(ctx, ready.address, ready.header, ready.body)
	made := &Attempt{ID: newID(), Delivery: ready.delivery.ID, At: begun.UTC().Truncate(time.Microsecond), Status: answer.Status,
		Millis: int(s.c.Now().Sub(begun).Milliseconds()), Answer: shortened(answer.Body)}
	var f *fault.Fault
	switch {
	case errors.As(err, &f):
		made.Error = string(f.Code)
	case err != nil:
		made.Error = string(fault.WebhookUnreachable)
	case answer.Status < 200 || answer.Status > 299, !accepted(ready.endpoint.Format, answer.Body):
		made.Error = string(fault.WebhookRefused)
	}
	return made, answer
}

// note writes what became of an attempt. A delivery that others settled meanwhile,
// because the hold on it had run out, stays as it is: the log gets the attempt.
func (s *Service) note(ctx context.Context, ready *shipment, made *Attempt, last Answer) error {
	ended := ""
	err := s.c.Write(ctx, func(ctx context.Context, st Store) error {
		d, err := st.WebhookDelivery(ctx, ready.delivery.ID)
		if err != nil {
			return gone(err)
		}
		e, err := st.WebhookEndpoint(ctx, d.Endpoint)
		if err != nil {
			return gone(err)
		}
		off := false
		if ended = "lost"; d.State == Waiting {
			off = s.settle(d, e, made, last)
			ended = outcome(d)
		}
		if made != nil && made.Error == "" {
			if err := s.reseal(e); err != nil {
				return err
			}
		}
		if err := st.NoteWebhook(ctx, d, made, e); err != nil {
			return err
		}
		if !off {
			return nil
		}
		if err := record(ctx, "disable", e); err != nil {
			return err
		}
		return s.c.Notice(ctx, e.ID)
	})
	if err == nil && ended != "" {
		s.c.Measure.WebhookTried(ended, s.c.Now().Sub(ready.begun))
	}
	return err
}

// settle says what follows from an attempt, and whether the endpoint is switched
// off by it.
func (s *Service) settle(d *Delivery, e *Endpoint, made *Attempt, last Answer) (off bool) {
	now := s.moment()
	if made == nil {
		d.State, d.SettledAt = Withheld, &now
		return false
	}
	d.Attempts++
	if made.Error == "" {
		d.State, d.SettledAt, e.FailingSince = Delivered, &now, nil
		return false
	}
	if e.FailingSince == nil {
		e.FailingSince = &now
	}
	if wait, again := next(d.Attempts, last.RetryAfter); again && last.Status != statusGone {
		d.Due = now.Add(wait)
		return false
	}
	d.State, d.SettledAt = Failed, &now
	if e.Disabled == "" && (last.Status == statusGone || now.Sub(*e.FailingSince) >= patience) {
		e.Disabled = made.Error
		return true
	}
	return false
}

// statusGone is with what a receiver says that it wants no more.
const statusGone = 410

// gone forgives that an endpoint was removed while it was being called.
func gone(err error) error {
	if errors.Is(err, fault.New(fault.NotFound)) {
		return nil
	}
	return err
}

// shortened is the beginning of an answer, as text that can be kept.
func shortened(body []byte) string {
	body = body[:min(len(body), mostAnswer)]
	text := strings.ToValidUTF8(string(body), "")
	text = strings.ReplaceAll(text, "\x00", "")
	for len(text) > mostAnswer || !utf8.ValidString(text) {
		text = text[:len(text)-1]
	}
	return text
}
