package crew

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"leitai/bench/faults/history"
	"leitai/bench/faults/world"
)

const lookAtJobs = `{ jobs(first: 20) { nodes { id } } }`

// read asks a query until there is an answer, and puts what it finds where a
// mutation tells it.
func (t *clients) read(ctx context.Context, r request) (*answer, error) {
	a, err := t.insist(ctx, r, func(error) {})
	if err != nil {
		return nil, err
	}
	var whole struct {
		Data struct{ Round json.RawMessage }
	}
	if err := json.Unmarshal(a.body, &whole); err != nil {
		return nil, err
	}
	return a, json.Unmarshal(whole.Data.Round, &a.payload.Round)
}

// export asks for a file of a month's marks. A request that is carried out
// twice would leave two jobs.
func (t *clients) export(ctx context.Context, round world.Round) error {
	r, err := compose(t.town.Approver, uuid.NewString(), requestFile, vars{"input": vars{"kind": "MARKS", "format": "CSV", "filter": vars{"round": round.Global}}})
	if err != nil {
		return err
	}
	_, err = t.do(ctx, history.Act{Kind: history.Export}, r, t.newJob)
	return err
}

// newJob finds the one export that no answer told of yet.
func (t *clients) newJob(ctx context.Context) (*answer, error) {
	look, err := compose(t.town.Approver, "", lookAtJobs, nil)
	if err != nil {
		return nil, err
	}
	a, err := t.insist(ctx, look, func(error) {})
	if err != nil {
		return nil, err
	}
	var whole struct {
		Data struct {
			Jobs struct{ Nodes []struct{ ID string } }
		}
	}
	if err := json.Unmarshal(a.body, &whole); err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, act := range t.crew.Log.Acts() {
		known[act.Job] = true
	}
	for _, job := range whole.Data.Jobs.Nodes {
		if !known[job.ID] {
			a.payload.Job = &struct{ ID string }{job.ID}
			return a, nil
		}
	}
	return nil, fmt.Errorf("an export that was carried out is not among the jobs: %.300s", a.body)
}
