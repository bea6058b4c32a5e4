package graph

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"leitai/internal/fault"
	"leitai/internal/round"
	"leitai/internal/telemetry"
	"leitai/internal/viewer"
)

// present shows an error and gives what was logged and counted.
func present(ctx context.Context, err error) (shown *gqlerror.Error, logged string, counted []string) {
	var log bytes.Buffer
	show := Presenter(telemetry.NewLogger(&log, slog.LevelDebug), func(code string) { counted = append(counted, code) })
	return show(ctx, err), log.String(), counted
}

func TestFaultsSpeakTheCallersLanguage(t *testing.T) {
	t.Parallel()
	refused := fmt.Errorf("deep inside: %w", fault.New(fault.SubjectUnknown, "value", "V99").At("marks[3].unitCode").About("b", "a"))
	for _, c := range []struct {
		ctx  context.Context
		want string
	}{
		{context.Background(), "“V99”不在本轮参评名单内"},
		{viewer.With(context.Background(), &viewer.Viewer{Language: fault.English}), "V99 is not on the roster of this round"},
		{viewer.With(context.Background(), &viewer.Viewer{Language: fault.Chinese}), "“V99”不在本轮参评名单内"},
	} {
		shown, logged, counted := present(telemetry.WithRequestID(c.ctx, "r-7"), refused)
		if shown.Message != c.want || logged != "" || strings.Join(counted, "") != "SUBJECT_UNKNOWN" {
			t.Errorf("%q, logged %q, counted %v", shown.Message, logged, counted)
		}
		e := shown.Extensions
		if e["code"] != "SUBJECT_UNKNOWN" || e["field"] != "marks[3].unitCode" || fmt.Sprint(e["subjects"]) != "[a b]" || e["requestId"] != "r-7" {
			t.Errorf("extensions %v", e)
		}
	}
}

func TestSeveralFaultsAreAllShown(t *testing.T) {
	t.Parallel()
	shown, _, _ := present(context.Background(), fault.List{fault.New(fault.NotAnnounced), fault.New(fault.MarksUnconfirmed, "count", "3")})
	all, _ := shown.Extensions["faults"].([]map[string]any)
	if len(all) != 2 || all[1]["code"] != "MARKS_UNCONFIRMED" || shown.Extensions["code"] != "NOT_ANNOUNCED" {
		t.Errorf("%v", shown.Extensions)
	}
}

// What is no fault says nothing to the caller but the request's id; the log has
// the rest.
//
// covers T9
func TestAnythingElseIsInternal(t *testing.T) {
	t.Parallel()
	ctx := telemetry.WithRequestID(context.Background(), "r-8")
	for _, err := range []error{
		errors.New(`pq: duplicate key value violates unique constraint "person_pkey"`),
		&gqlerror.Error{Message: "open /srv/leitai/keys: permission denied", Err: errors.New("open /srv/leitai/keys: permission denied")},
		fmt.Errorf("wrapped: %w", errors.New("SELECT * FROM mark")),
	} {
		shown, logged, _ := present(ctx, err)
		if text := fmt.Sprint(shown.Message, shown.Extensions); strings.Contains(text, "pq") || strings.Contains(text, "/srv") || strings.Contains(text, "SELECT") {
			t.Errorf("shown: %s", text)
		}
		if shown.Extensions["code"] != "INTERNAL" || shown.Extensions["requestId"] != "r-8" || !strings.Contains(logged, `"request_id":"r-8"`) {
			t.Errorf("%v, logged %s", shown.Extensions, logged)
		}
	}
	shown, logged, _ := present(ctx, fmt.Errorf("query: %w", context.DeadlineExceeded))
	if shown.Extensions["code"] != "REQUEST_TIMEOUT" || logged != "" {
		t.Errorf("a timeout: %v, logged %s", shown.Extensions, logged)
	}
}

func TestAPanicIsLoggedAndInternal(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	ctx := telemetry.WithRequestID(context.Background(), "r-9")
	err := Recover(telemetry.NewLogger(&log, slog.LevelInfo))(ctx, "the roof")
	if shown, _, _ := present(ctx, err); shown.Extensions["code"] != "INTERNAL" || strings.Contains(shown.Message, "roof") {
		t.Errorf("%v", shown)
	}
	if !strings.Contains(log.String(), "the roof") || !strings.Contains(log.String(), "present_test.go") {
		t.Errorf("the log has neither cause nor place: %s", log.String())
	}
}

// What a person can put right stands in the payload; who may not, who is not
// known and what broke does not.
func TestWhatAMutationsPayloadHolds(t *testing.T) {
	t.Parallel()
	ctx := viewer.With(context.Background(), &viewer.Viewer{Language: fault.English})
	for _, top := range []error{fault.New(fault.Unauthenticated), fault.New(fault.Forbidden, "permission", "round:open"), errors.New("broken"),
		fault.List{fault.New(fault.NotAnnounced), fault.New(fault.Forbidden, "permission", "x")}} {
		if list, err := settled(ctx, top); list != nil || err == nil || err.Error() != top.Error() {
			t.Errorf("%v: %v, %v", top, list, err)
		}
	}
	if list, err := settled(ctx, nil); list != nil || err != nil {
		t.Errorf("done: %v, %v", list, err)
	}
	list, err := settled(ctx, fault.List{fault.New(fault.Required, "want", "a name").At("rows[2].name").In(3, "name").About("V3")})
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	got := *list[0]
	if got.Code != "REQUIRED" || got.Field != "rows[2].name" || *got.Row != 3 || *got.Column != "name" || got.Subjects[0] != "V3" || got.Message != "this is required: a name" {
		t.Errorf("%+v", got)
	}
}

func TestBlockersAreThoseOfATransition(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	list := fault.List{fault.New(fault.NotComputed), fault.New(fault.MarksUnconfirmed, "count", "2").About("V1")}
	if got := blockersOf(ctx, fmt.Errorf("x: %w", &round.Blocked{Blockers: list})); len(got) != 2 || got[1].Code != "MARKS_UNCONFIRMED" || got[1].Subjects[0] != "V1" {
		t.Errorf("%v", got)
	}
	if got := blockersOf(ctx, list); got != nil {
		t.Errorf("another refusal has blockers: %v", got)
	}
}
