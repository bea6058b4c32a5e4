package graph

import (
	"context"
	"errors"
	"math"
	"strings"

	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/export"
	"leitai/internal/fault"
	"leitai/internal/jobs"
	"leitai/internal/paging"
)

// job makes a job with a fresh link to its file.
func (r *Resolver) job(ctx context.Context, j *jobs.Job) (*model.Job, error) {
	out := &model.Job{ID: globalID(jobKind, j.ID), Kind: j.Kind, State: model.JobState(strings.ToUpper(string(j.State))), Stopping: j.Stopping && j.Finished == nil,
		Done: int32ed(j.Done), Attempt: j.Attempt, AskedAt: j.AskedAt, StartedAt: j.Started, FinishedAt: j.Finished}
	if j.Total != nil {
		total := int32ed(*j.Total)
		out.Total = &total
	}
	if j.Fault != nil {
		out.Error = &model.JobError{Code: string(j.Fault.Code), Message: j.Fault.Message(languageOf(ctx))}
	}
	if j.Result == nil {
		return out, nil
	}
	out.Result = &model.JobResult{Name: j.Result.Name, MediaType: j.Result.MediaType, Kilobytes: int32ed((j.Result.Bytes + 1023) / 1024), Rows: int32ed(j.Result.Rows),
		Sha256: j.Result.SHA256, KeptUntil: j.Result.Until}
	if j.Result.Key == "" {
		return out, nil
	}
	link, until, err := r.Exports.Link(ctx, j.ID)
	if err != nil {
		return nil, err
	}
	url := "/exports/" + out.ID + "?pass=" + link
	out.Result.URL, out.Result.ExpiresAt = &url, &until
	return out, nil
}

// int32ed is a count as the contract's Int has it.
func int32ed(n int64) int { return int(min(n, math.MaxInt32)) }

func (r *Resolver) jobPage(ctx context.Context, p paging.Page[*jobs.Job]) (*model.JobConnection, error) {
	c := &model.JobConnection{}
	var failed error
	c.Edges, c.Nodes, c.PageInfo = connected(p, func(j *jobs.Job) *model.Job {
		node, err := r.job(ctx, j)
		failed = errors.Join(failed, err)
		return node
	}, func(cursor string, n *model.Job) *model.JobEdge { return &model.JobEdge{Cursor: cursor, Node: *n} })
	return c, failed
}

// jobNode reads a job for the field node.
func (r *Resolver) jobNode(ctx context.Context, key uuid.UUID) (model.Node, error) {
	j, err := r.Jobs.ByID(ctx, key)
	if err != nil {
		return nil, err
	}
	return r.job(ctx, j)
}

// jobPayload runs a mutation that leaves a job.
func (r *Resolver) jobPayload(ctx context.Context, clientID *string, ids reader, do func() (*jobs.Job, error)) (*model.JobPayload, error) {
	payload := &model.JobPayload{ClientMutationID: clientID}
	var err error
	payload.UserErrors, err = answered(ctx, ids, func() (*model.Job, error) {
		j, err := do()
		if err != nil {
			return nil, err
		}
		return r.job(ctx, j)
	}, func(j *model.Job) { payload.Job = j })
	return payload, err
}

// exportRequest reads what is to be exported.
func exportRequest(in model.ExportRequestInput, ids *reader, language fault.Language) export.Request {
	r := export.Request{Kind: export.Kind(strings.ToLower(string(in.Kind))), Format: export.Format(strings.ToLower(string(in.Format))), Language: language}
	if f := in.Filter; f != nil {
		r.Competition, r.Round = ids.optional(competitionKind, f.Competition, "filter.competition"), ids.optional(roundKind, f.Round, "filter.round")
		r.UnitCode, r.From, r.To, r.Since = or(f.UnitCode), or(f.From), or(f.To), or(f.Since)
		if f.IssueState != nil {
			r.State = string(*f.IssueState)
		}
	}
	return r
}
