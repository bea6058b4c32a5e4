package httpserver

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/idempotency"
)

const (
	keyHeader      = "Idempotency-Key"
	replayedHeader = "Idempotent-Replayed"
	// keeping is how long storing an answer may take, also when the client has gone.
	keeping = 5 * time.Second
)

// Idempotency holds the keys of mutations; every call is part of a request.
type Idempotency interface {
	Begin(ctx context.Context, key string, request [32]byte) (*idempotency.Attempt, []byte, error)
	Keep(ctx context.Context, a *idempotency.Attempt, answer []byte) error
	Release(ctx context.Context, a *idempotency.Attempt) error
}

// idempotencyKey reads the key of a mutation from the header, with or without
// quotes, or from the directive. Empty: it has none.
func idempotencyKey(r *http.Request, operation *graphql.OperationContext) (string, error) {
	if operation.Operation.Operation != ast.Mutation {
		return "", nil
	}
	sent := r.Header.Values(keyHeader)
	directive := operation.Operation.Directives.ForName("idempotent")
	if len(sent) == 0 && directive == nil {
		return "", nil
	}
	var keys []string
	for _, key := range sent {
		if bare := strings.TrimSpace(key); len(bare) > 1 && bare[0] == '"' && bare[len(bare)-1] == '"' {
			key = bare[1 : len(bare)-1]
		}
		keys = append(keys, key)
	}
	if directive != nil {
		key, _ := directive.ArgumentMap(operation.Variables)["key"].(string)
		keys = append(keys, key)
	}
	for _, key := range keys {
		if key != keys[0] || !idempotency.ValidKey(key) {
			return "", fault.New(fault.IdempotencyKeyInvalid)
		}
	}
	return keys[0], nil
}

// requestHash tells one request from another: text, operation and variables.
// Extensions and headers do not change what is done.
func requestHash(operation *graphql.OperationContext) ([32]byte, error) {
	body, err := json.Marshal([]any{operation.RawQuery, operation.OperationName, operation.Variables})
	return sha256.Sum256(body), err
}

// runOnce executes a mutation that has a key, or gives the first answer again.
func (s *Server) runOnce(w http.ResponseWriter, r *http.Request, exec *running, read *operation, key string) {
	ctx := graphql.StartOperationTrace(r.Context())
	attempt, first, err := s.begin(ctx, read, key)
	s.deps.Metrics.Idempotent(begun(first, err))
	switch {
	case err != nil:
		s.refuseGraphQL(w, r, read.media, err)
		return
	case attempt == nil:
		w.Header().Set(replayedHeader, "true")
		s.sendGraphQL(w, r, read.media, http.StatusOK, first)
		return
	}
	finished := false
	defer func() { // also when a panic passes
		if !finished {
			s.settle(ctx, attempt, nil)
		}
	}()
	response := s.execute(idempotency.Into(ctx, attempt), exec, read)
	var kept []byte
	if worthKeeping(response) {
		kept, err = encoded(response)
	}
	if err == nil {
		finished = true
		s.settle(ctx, attempt, kept)
	}
	s.writeGraphQL(w, r, read, http.StatusOK, response)
}

// begin claims the key. A first answer is given again to those only who still
// hold the permissions its mutations ask for.
func (s *Server) begin(ctx context.Context, read *operation, key string) (*idempotency.Attempt, []byte, error) {
	request, err := requestHash(read.context)
	if err != nil {
		return nil, nil, err
	}
	for _, permission := range permissionsOf(read.context.Operation) {
		if err := s.deps.Anywhere(ctx, permission); err != nil {
			return nil, nil, err
		}
	}
	return s.deps.Idempotency.Begin(ctx, key, request)
}

// permissionsOf lists what the root fields of an operation ask for.
func permissionsOf(operation *ast.OperationDefinition) []authz.Permission {
	var all []authz.Permission
	var collect func(set ast.SelectionSet)
	collect = func(set ast.SelectionSet) {
		for _, selection := range set {
			switch s := selection.(type) {
			case *ast.Field:
				if can := s.Definition.Directives.ForName("can"); can != nil {
					all = append(all, authz.Permission(can.Arguments.ForName("permission").Value.Raw))
				}
			case *ast.InlineFragment:
				collect(s.SelectionSet)
			case *ast.FragmentSpread:
				collect(s.Definition.SelectionSet)
			}
		}
	}
	collect(operation.SelectionSet)
	return all
}

// begun names what became of a claim, for the metric.
func begun(first []byte, err error) string {
	switch code := fault.CodeOf(err); {
	case code == fault.IdempotencyBusy:
		return "busy"
	case code == fault.IdempotencyKeyReused:
		return "reused"
	case code == fault.IdempotencyAnswerNotKept:
		return "lost"
	case err != nil:
		return "refused"
	case first != nil:
		return "replayed"
	}
	return "claimed"
}

// worthKeeping says whether an answer is the one that is given again: a payload,
// also one that tells why nothing was done. What failed in the program or in
// time, and what was not permitted, may be tried anew.
func worthKeeping(response *graphql.Response) bool {
	if len(response.Data) == 0 || string(response.Data) == "null" {
		return false
	}
	for _, e := range response.Errors {
		switch code, _ := e.Extensions["code"].(string); fault.Code(code) {
		case fault.Internal, fault.RequestTimeout, fault.Throttled:
			return false
		}
	}
	return true
}

// settle ends an attempt, whether the client waits for it or not.
func (s *Server) settle(ctx context.Context, attempt *idempotency.Attempt, kept []byte) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keeping)
	defer cancel()
	var err error
	if kept == nil {
		err = s.deps.Idempotency.Release(ctx, attempt)
	} else {
		err = s.deps.Idempotency.Keep(ctx, attempt, kept)
	}
	if err != nil {
		s.deps.Logger.WarnContext(ctx, "the answer of a mutation with a key was not kept", slog.Any("error", err))
	}
}
