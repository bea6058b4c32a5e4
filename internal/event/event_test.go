package event

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/authz"
)

type list []Event

func (l *list) Happened(e Event) { *l = append(*l, e) }

func TestRecordGoesToTheSink(t *testing.T) {
	t.Parallel()
	var into list
	ctx := Into(context.Background(), &into)
	round, publication := uuid.New(), uuid.New()
	for _, e := range []Event{
		{Kind: RoundOpened, Object: round, ObjectKind: "round", Round: &round},
		{Kind: PublicationPublished, Object: publication, ObjectKind: "publication", Round: &round, Reach: Drafts, Data: map[string]any{"revision": 1}},
		{Kind: InboxNew, Object: round, ObjectKind: "round", Persons: []uuid.UUID{publication}},
	} {
		if err := Record(ctx, e); err != nil {
			t.Fatal(err)
		}
	}
	if len(into) != 3 || into[0].Reach != Tenant || into[0].Data == nil || into[1].Reach != Drafts || into[1].Data["revision"] != 1 || into[2].Reach != Tenant {
		t.Errorf("%+v", into)
	}
}

func TestRecordRefusesWhatNobodyCouldRead(t *testing.T) {
	t.Parallel()
	var into list
	ctx := Into(context.Background(), &into)
	object := uuid.New()
	for name, e := range map[string]Event{
		"no kind":           {Object: object, ObjectKind: "round"},
		"an unknown kind":   {Kind: "round.painted", Object: object, ObjectKind: "round"},
		"no object":         {Kind: RoundOpened, ObjectKind: "round"},
		"no kind of object": {Kind: RoundOpened, Object: object},
		"for nobody":        {Kind: InboxNew, Object: object, ObjectKind: "round"},
		"no JSON":           {Kind: RoundOpened, Object: object, ObjectKind: "round", Data: map[string]any{"x": math.NaN()}},
	} {
		if err := Record(ctx, e); err == nil {
			t.Errorf("%s was recorded", name)
		}
	}
	if err := Record(context.Background(), Event{Kind: RoundOpened, Object: object, ObjectKind: "round"}); err == nil || len(into) != 0 {
		t.Error("an event without a sink was lost in silence")
	}
}

// Every kind says who may be told: holders of a permission of the catalogue, or
// the persons named and nobody else. What is told of unpublished work needs a
// permission on something unpublished.
func TestEveryKindSaysWhoMayBeTold(t *testing.T) {
	t.Parallel()
	for _, k := range Kinds() {
		info, known := InfoOf(k)
		object, deed, _ := strings.Cut(string(k), ".")
		if !known || object == "" || deed == "" {
			t.Errorf("%s: %v", k, known)
		}
		if info.Personal == (info.Permission != "") || info.Permission != "" && !authz.Known(info.Permission) {
			t.Errorf("%s: permission %q, personal %v", k, info.Permission, info.Personal)
		}
		if !slices.Contains([]Reach{Drafts, Tenant, Published}, info.Reach) {
			t.Errorf("%s: reach %q", k, info.Reach)
		}
		if object == "publication" != (info.Reach == Published) {
			t.Errorf("%s reaches %s", k, info.Reach)
		}
	}
	if _, known := InfoOf("x.y"); known {
		t.Error("an unknown kind is known")
	}
	for _, k := range append(OfRound(), OfPublications()...) {
		if _, known := InfoOf(k); !known {
			t.Errorf("%s is followed and unknown", k)
		}
	}
}
