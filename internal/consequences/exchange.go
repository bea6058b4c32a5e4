package consequences

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/outcome"
	"leitai/internal/viewer"
)

// Exchange is one line of a pair's log; it is never changed, only taken back.
type Exchange struct {
	ID         uuid.UUID
	Pair       uuid.UUID
	HeldOn     calendar.Date
	Place      string
	Content    string
	Offline    bool
	Voids      *uuid.UUID // the line it takes back
	Voided     bool       // another line took it back
	RecordedBy uuid.UUID
	RecordedAt time.Time
}

// ExchangeInput is a line of a pair's log. With Void it takes a line back, for
// the reason in Content.
type ExchangeInput struct {
	HeldOn  calendar.Date
	Place   string
	Content string
	Offline bool
	Void    *uuid.UUID
}

// LogExchange adds a line to a pair's log, as the office or one of the two
// villages (C15). No exchange is logged ahead of its day.
func (s *Service) LogExchange(ctx context.Context, pair uuid.UUID, in ExchangeInput) (*Exchange, error) {
	if err := s.gate.Anywhere(ctx, authz.PairingWrite); err != nil {
		return nil, err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return nil, err
	}
	today, err := s.today(who)
	if err != nil {
		return nil, err
	}
	line := &Exchange{ID: newID(), Pair: pair, HeldOn: in.HeldOn, Place: strings.TrimSpace(in.Place), Content: strings.TrimSpace(in.Content),
		Offline: in.Offline, Voids: in.Void, RecordedBy: who.Person, RecordedAt: s.now()}
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		p, err := st.PairByID(ctx, pair)
		if err == nil && !s.gate.May(ctx, authz.PairingWrite, p.LeadUnit) && !s.gate.May(ctx, authz.PairingWrite, p.FollowUnit) {
			err = fault.New(fault.NotFound)
		}
		if err != nil {
			return err
		}
		if err := line.check(ctx, st, p, today); err != nil {
			return err
		}
		if err := st.InsertExchange(ctx, line); err != nil {
			return err
		}
		return audit.Record(ctx, string(authz.PairingWrite), "exchange", line.ID, map[string]any{"pair": pair, "on": line.HeldOn, "voids": line.Voids})
	})
	if err != nil {
		return nil, err
	}
	return line, nil
}

func (e *Exchange) check(ctx context.Context, st Store, p *Pair, today calendar.Date) error {
	if e.Voids != nil {
		log, err := st.ExchangesOf(ctx, p.ID)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(log, func(l *Exchange) bool { return l.ID == *e.Voids && l.Voids == nil && !l.Voided })
		if i < 0 {
			return fault.New(fault.NotFound).At("void")
		}
		e.HeldOn, e.Offline = log[i].HeldOn, log[i].Offline
	}
	var bad fault.List
	if e.Content == "" {
		bad = append(bad, fault.New(fault.ExchangeEmpty).At("content"))
	}
	if n := max(utf8.RuneCountInString(e.Content), utf8.RuneCountInString(e.Place)); n > longestText {
		bad = append(bad, tooLong(n, longestText).At("content"))
	}
	if e.HeldOn.IsZero() || e.HeldOn.After(today) || e.HeldOn.Before(p.From) || !p.Until.IsZero() && !e.HeldOn.Before(p.Until) {
		bad = append(bad, fault.New(fault.ExchangeDay, "from", p.From.String(), "to", today.String()).At("heldOn"))
	}
	return bad.Err()
}

// Exchanges is a pair's log by date.
func (s *Service) Exchanges(ctx context.Context, pair uuid.UUID) ([]*Exchange, error) {
	if _, err := s.Pair(ctx, pair); err != nil {
		return nil, err
	}
	var log []*Exchange
	err := s.read(ctx, func(ctx context.Context, st Store) (err error) {
		log, err = st.ExchangesOf(ctx, pair)
		return err
	})
	return log, err
}

// Short is a pair that met less often than it had to in a month.
type Short struct {
	Pair         *Pair
	Month        string
	Count, Least int
}

// Shortfalls lists the pairs of a competition that met less often than they had
// to in a month (C15).
func (s *Service) Shortfalls(ctx context.Context, competition uuid.UUID, month string) ([]Short, error) {
	period, err := calendar.ParsePeriod(month)
	if err != nil || period.Cadence() != calendar.Month {
		return nil, fault.New(fault.Invalid, "value", month, "want", "2023-04").At("month")
	}
	pairs, err := s.Pairs(ctx, competition)
	if err != nil {
		return nil, err
	}
	var paired []outcome.Paired
	var met []outcome.Exchange
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		for _, p := range pairs {
			paired = append(paired, outcome.Paired{ID: p.ID.String(), Lead: p.LeadName, Follow: p.FollowName, PerMonth: p.PerMonth, From: p.From, Until: p.Until})
		}
		log, err := st.ExchangesIn(ctx, competition, period.First(), period.Last())
		for _, e := range log {
			if e.Voids == nil && !e.Voided {
				met = append(met, outcome.Exchange{Pair: e.Pair.String(), Date: e.HeldOn, Offline: e.Offline})
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	var short []Short
	for _, f := range outcome.Shortfalls(paired, met, period) {
		i := slices.IndexFunc(pairs, func(p *Pair) bool { return p.ID.String() == f.Pair.ID })
		short = append(short, Short{Pair: pairs[i], Month: month, Count: f.Count, Least: f.Least})
	}
	return short, nil
}
