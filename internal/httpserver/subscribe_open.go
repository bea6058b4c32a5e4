package httpserver

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/google/uuid"

	"leitai/internal/budget"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// streams counts what is open, so that nobody holds more than their share.
type streams struct {
	limits StreamLimits

	mu      sync.Mutex
	users   map[uuid.UUID]int
	tenants map[uuid.UUID]int
	total   int
	open    sync.WaitGroup
}

func newStreams(limits StreamLimits) *streams {
	return &streams{limits: limits, users: map[uuid.UUID]int{}, tenants: map[uuid.UUID]int{}}
}

// fullFor is how long to stay away from a full house.
const fullFor = "30"

// enter takes a place for a stream of a user in a tenant; leave gives it back.
// uuid.Nil stands for somebody who did not say who they are yet.
func (s *streams) enter(user, tenant uuid.UUID) (leave func(), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.total >= s.limits.Total || user != uuid.Nil && (s.users[user] >= s.limits.PerUser || s.tenants[tenant] >= s.limits.PerTenant) {
		return nil, fault.New(fault.StreamsTooMany, "seconds", fullFor)
	}
	s.total++
	s.add(user, tenant, 1)
	s.open.Add(1)
	var once sync.Once
	return func() {
		once.Do(func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.total--
			s.add(user, tenant, -1)
			s.open.Done()
		})
	}, nil
}

// add counts a user's and a tenant's streams; who has none is forgotten.
func (s *streams) add(user, tenant uuid.UUID, n int) {
	if user == uuid.Nil {
		return
	}
	for id, counts := range map[uuid.UUID]map[uuid.UUID]int{user: s.users, tenant: s.tenants} {
		if counts[id] += n; counts[id] == 0 {
			delete(counts, id)
		}
	}
}

// held is how many are open.
func (s *streams) held() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.total
}

// wait returns when all have left, or when the context ends.
func (s *streams) wait(ctx context.Context) {
	gone := make(chan struct{})
	go func() { s.open.Wait(); close(gone) }()
	select {
	case <-gone:
	case <-ctx.Done():
	}
}

// drainStreams asks every stream to end and waits for them: they are told that
// the server goes away, so that their clients connect to another one.
func (s *Server) drainStreams(ctx context.Context) {
	if s.deps.Streams == nil {
		return
	}
	s.deps.Streams.Drain()
	ctx, cancel := context.WithTimeout(ctx, s.options.StopTimeout/2)
	defer cancel()
	s.streams.wait(ctx)
	if n := s.streams.held(); n > 0 {
		s.deps.Logger.WarnContext(ctx, "streams were still open when the time to stop was over", slog.Int("streams", n))
	}
}

// introduced proves a credential once for a stream, as every other request does,
// and takes the stream's place.
func (s *Server) introduced(ctx context.Context, credential viewer.Credential) (who *viewer.Viewer, leave func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, s.options.RequestTimeout)
	defer cancel()
	opened, end, err := s.deps.Opener.OpenRequest(ctx, credential)
	if err != nil {
		return nil, nil, err
	}
	defer end()
	if who, err = viewer.From(opened); err != nil {
		return nil, nil, err
	}
	if err := s.deps.Meter.Admit(opened, false); err != nil {
		return nil, nil, err
	}
	leave, err = s.streams.enter(who.User, who.Tenant)
	return who, leave, err
}

// askerOf is whose budget a stream is charged to.
func askerOf(credential viewer.Credential, who *viewer.Viewer) budget.Asker {
	return budget.Asker{Credential: credential.Hash, Tenant: who.Tenant, Program: credential.Kind == viewer.Token}
}

// unhurried says whether a request may take longer than others do: it opens a
// stream, which bounds itself.
func unhurried(r *http.Request) bool {
	return r.URL.Path == "/graphql" && (opensSocket(r) || wantsEvents(r))
}

// unbounded takes the server's deadlines from a connection that streams; each
// write has its own.
func unbounded(w http.ResponseWriter) {
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Time{}) // recorders of tests have no connection
	_ = control.SetWriteDeadline(time.Time{})
}
