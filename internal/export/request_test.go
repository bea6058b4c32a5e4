package export

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
)

func TestWhatIsAskedForIsCheckedFirst(t *testing.T) {
	t.Parallel()
	competition, round := uuid.New(), uuid.New()
	source := ledger(3, plain)
	marks := Source{Kind: Marks, Permission: authz.MarkDraftRead, Takes: []Condition{ByRound}, Needs: []Condition{ByRound}, Rows: source.Rows}
	missing := Source{Kind: Boards, Permission: authz.IssueRead, Takes: []Condition{ByRound}, Rows: Paged(func(context.Context, Request, string) (Page, error) {
		return Page{}, fault.New(fault.NotFound).At("filter.round")
	})}
	for name, c := range map[string]struct {
		ask  Request
		want fault.Code
		at   string
	}{
		"all":                     {Request{Kind: Issues, Format: CSV}, "", ""},
		"one competition":         {Request{Kind: Issues, Format: CSV, Competition: &competition, From: "2023-04", To: "2023-12"}, "", ""},
		"a condition it has not":  {Request{Kind: Issues, Format: CSV, Round: &round}, fault.ExportFilter, "filter.round"},
		"no period":               {Request{Kind: Issues, Format: CSV, From: "April"}, fault.Invalid, "filter.from"},
		"a condition it needs":    {Request{Kind: Marks, Format: CSV}, fault.ExportFilterLack, "filter.round"},
		"what is not there":       {Request{Kind: Boards, Format: CSV, Round: &round}, fault.NotFound, "filter.round"},
		"what may not be read":    {Request{Kind: Marks, Format: CSV, Round: &round}, fault.Forbidden, ""},
		"a kind that is unknown":  {Request{Kind: "ballots", Format: CSV}, fault.NotFound, "kind"},
		"without the right to it": {Request{Kind: Issues, Format: CSV}, fault.Forbidden, ""},
	} {
		w := newWorld(source, marks, missing)
		if c.at == "filter.round" {
			w.gate[authz.MarkDraftRead] = true
		}
		if name == "without the right to it" {
			delete(w.gate, authz.ExportRequest)
		}
		_, err := w.Ask(w.as(t, me), c.ask)
		if fault.CodeOf(err) != c.want || c.want != "" && fault.All(err)[0].Field != c.at {
			t.Errorf("%s: %v", name, err)
		}
		if queued := len(w.asked) == 1 && len(w.acts) == 1 && w.acts[0].Action == "export:request"; queued != (c.want == "") {
			t.Errorf("%s: %d jobs, %d acts", name, len(w.asked), len(w.acts))
		}
	}
}
