package httpserver

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"

	"leitai/internal/budget"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Costs of a request, in units of a budget. A cheap question is one; an
// operation adds a unit for every hundred of its complexity.
const (
	complexityPerUnit = 100
	costOfFile        = 1  // a file is streamed
	costOfPaper       = 20 // a document is drawn, a spreadsheet read, a picture drawn anew
)

// Sharing are the settings by which the edge is shared.
type Sharing struct {
	Operations string      // host:port of /metrics, for operators; empty: none
	Budgets    budget.Plan // of requests, of every token, session and tenant
	Heavy      int         // documents, spreadsheets and uploads worked on at a time
	Kept       int64       // bytes of answers made of published data alone that are held in memory; 0: none
}

// rates is what the edge holds against noisy neighbours.
type rates struct {
	meter *budget.Meter
	heavy *budget.Shares

	readers *budget.Meter // of public pages, by their network
	known   func(viewer.Credential) (uuid.UUID, bool)
	pause   func(ctx context.Context, d time.Duration) error
}

func newRates(deps Deps, options Options) rates {
	r := rates{known: deps.Known, pause: pauseFor}
	now := deps.Clock
	if now == nil {
		now = time.Now
	}
	if r.known == nil {
		r.known = func(viewer.Credential) (uuid.UUID, bool) { return uuid.Nil, true }
	}
	r.meter, r.readers = budget.NewMeter(options.Budgets, now), budget.NewMeter(publicPlan, now)
	r.heavy = budget.NewShares(budget.ShareOptions{Capacity: options.Heavy, Patience: options.RequestTimeout / 2, Now: now,
		Waited: deps.Metrics.Waited("heavy")})
	return r
}

func pauseFor(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// asker tells whose budget a request is charged to. A credential that was not
// seen before proves itself first, so that nobody unknown makes work here.
func (s *Server) asker(ctx context.Context, c viewer.Credential) (budget.Asker, error) {
	tenant, ok := s.rates.known(c)
	if !ok {
		_, end, err := s.deps.Opener.OpenRequest(ctx, c)
		if err != nil {
			return budget.Asker{}, err
		}
		end()
		tenant, _ = s.rates.known(c)
	}
	return budget.Asker{Credential: c.Hash, Tenant: tenant, Program: c.Kind == viewer.Token}, nil
}

// charge takes the cost of a request from its budgets before anything is opened
// for it. What people at work write is slowed when they are over, never
// refused; everything else is refused THROTTLED.
func (s *Server) charge(w http.ResponseWriter, r *http.Request, who budget.Asker, cost int64, writes bool) (budget.Verdict, error) {
	by := s.rates.meter.Ask
	if writes && !who.Program {
		by = s.rates.meter.Work
	}
	v := by(who, cost)
	if v.Policy != "" {
		h := w.Header()
		h.Set("RateLimit-Policy", quota(v.Policy, "q", v.Limit.Burst, "w", time.Duration(v.Limit.Burst)*v.Limit.Every))
		h.Set("RateLimit", quota(v.Policy, "r", v.Remaining, "t", v.Reset))
	}
	switch {
	case !v.Allowed:
		s.deps.Metrics.Throttled(v.Policy, "refused")
		return v, budget.Throttled(v.Wait)
	case v.Wait > 0:
		s.deps.Metrics.Throttled(v.Policy, "slowed")
		return v, s.rates.pause(r.Context(), v.Wait)
	}
	return v, nil
}

// quota writes a header of a budget: its name, a number and a time in seconds.
func quota(policy, number string, n int64, within string, d time.Duration) string {
	return strconv.Quote(policy) + ";" + number + "=" + strconv.FormatInt(n, 10) + ";" + within + "=" + strconv.FormatInt(seconds(d), 10)
}

// seconds rounds up.
func seconds(d time.Duration) int64 { return int64((d + time.Second - 1) / time.Second) }

// charged charges a route that is no GraphQL. One without a credential goes on,
// to be refused by what comes next.
func (s *Server) charged(cost int64, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, ok := s.chargeRoute(w, r, cost); ok {
			next.ServeHTTP(w, r)
		}
	})
}

func (s *Server) chargeRoute(w http.ResponseWriter, r *http.Request, cost int64) (of uuid.UUID, ok bool) {
	c, err := s.credential(r)
	if err != nil {
		return budget.Strangers, true
	}
	who, err := s.asker(r.Context(), c)
	if fault.CodeOf(err) == fault.Unauthenticated {
		return budget.Strangers, true
	}
	if err == nil {
		_, err = s.charge(w, r, who, cost, r.Method != http.MethodGet)
	}
	if err != nil {
		s.refuse(w, r, err)
		return uuid.Nil, false
	}
	return who.Tenant, true
}

// heavy charges a route that takes much memory or time and lets it through a
// gate of its own, in which no tenant has more than half of the places; the
// database is asked only behind it.
func (s *Server) heavy(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		of, ok := s.chargeRoute(w, r, costOfPaper)
		if !ok {
			return
		}
		place, err := s.rates.heavy.Enter(r.Context(), of, false)
		if err != nil {
			s.refuse(w, r, err)
			return
		}
		defer place.Leave()
		next.ServeHTTP(w, r)
	})
}

// costOf tells what an operation that was read costs, and whether it writes. One
// that was refused while it was read costs as much as reading it.
func costOf(operation *graphql.OperationContext) (cost int64, writes bool) {
	if operation == nil || operation.Operation == nil {
		return 1, false
	}
	cost = 1
	if w, weighed := operation.Stats.GetExtension(burdenExtension).(*burden); weighed {
		cost += int64(w.complexity) / complexityPerUnit
	}
	return cost, operation.Operation.Operation == ast.Mutation
}
