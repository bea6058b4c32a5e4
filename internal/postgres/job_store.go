package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/jobs"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

var (
	_ jobs.Store = (*Tx)(nil)
	_ jobs.Queue = (*Tx)(nil)
)

// InsertJob implements jobs.Store.
func (tx *Tx) InsertJob(ctx context.Context, id uuid.UUID, kind string, input json.RawMessage) error {
	token := uuid.NullUUID{}
	if cred := tx.Viewer().Credential; cred.Kind == viewer.Token {
		var err error
		if token.UUID, err = uuid.Parse(cred.ID); err != nil {
			return err
		}
		token.Valid = true
	}
	_, err := tx.exec(ctx, `INSERT INTO job (id, tenant_id, region, kind, input, asked_by, token_id, asked_at, due_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, clock_timestamp(), clock_timestamp())`, id, tx.Tenant(), tx.region(), kind, input, tx.Viewer().User, token)
	return err
}

// UnfinishedJobs implements jobs.Store.
func (tx *Tx) UnfinishedJobs(ctx context.Context) (int, error) {
	return queryOne(ctx, tx, value[int], `SELECT count(*) FROM job WHERE tenant_id = $1 AND finished_at IS NULL`, tx.Tenant())
}

const selectJob = `SELECT id, kind, input, asked_by, asked_at, state, stop, done, total, started_at, finished_at, attempt, error, error_args,
	file, file_name, media_type, bytes, rows, sha256, expires_at FROM job WHERE tenant_id = $1 `

func readJob(s scan) (*jobs.Job, error) {
	var j jobs.Job
	var r jobs.Result
	var code string
	var input, args []byte
	var total sql.NullInt64
	var started, finished, until sql.NullTime
	err := s(&j.ID, &j.Kind, &input, &j.AskedBy, &j.AskedAt, &j.State, &j.Stopping, &j.Done, &total, &started, &finished, &j.Attempt, &code, &args,
		&r.Key, &r.Name, &r.MediaType, &r.Bytes, &r.Rows, &r.SHA256, &until)
	if err != nil {
		return nil, err
	}
	j.Input, j.AskedAt = input, j.AskedAt.UTC()
	j.Started, j.Finished = utc(started), utc(finished)
	if total.Valid {
		j.Total = &total.Int64
	}
	if until.Valid {
		r.Until = until.Time.UTC()
		j.Result = &r
	}
	if code != "" {
		j.Fault = &fault.Fault{Code: fault.Code(code)}
		err = json.Unmarshal(args, &j.Fault.Args)
	}
	return &j, err
}

func utc(t sql.NullTime) *time.Time {
	if !t.Valid {
		return nil
	}
	moment := t.Time.UTC()
	return &moment
}

// JobByID implements jobs.Store.
func (tx *Tx) JobByID(ctx context.Context, id uuid.UUID) (*jobs.Job, error) {
	return queryOne(ctx, tx, readJob, selectJob+`AND id = $2`, tx.Tenant(), id)
}

// JobPage implements jobs.Store, newest first: ids are made in the order of time.
func (tx *Tx) JobPage(ctx context.Context, f jobs.Filter, w paging.Window) ([]*jobs.Job, error) {
	after, before, order, err := idWindow(w)
	if err != nil {
		return nil, err
	}
	state := ""
	if f.State != nil {
		state = string(*f.State)
	}
	return queryAll(ctx, tx, readJob, selectJob+`AND asked_by = $2 AND ($3 = '' OR state = $3) AND ($4::uuid IS NULL OR id < $4) AND ($5::uuid IS NULL OR id > $5)
		ORDER BY id `+order+` LIMIT $6`, tx.Tenant(), f.AskedBy, state, after, before, w.Fetch())
}

// StopJob implements jobs.Store.
func (tx *Tx) StopJob(ctx context.Context, id uuid.UUID) (jobs.State, bool, error) {
	state, err := queryOne(ctx, tx, value[sql.NullString], `SELECT job_stop($1)`, id)
	return jobs.State(state.String), state.Valid, err
}

// EndJob implements jobs.Store.
func (tx *Tx) EndJob(ctx context.Context, id, lease uuid.UUID, end jobs.End) (bool, error) {
	var code fault.Code
	args := map[string]string{}
	if end.Fault != nil {
		code = end.Fault.Code
		for name, text := range end.Fault.Args {
			args[name] = text
		}
	}
	told, err := json.Marshal(args)
	if err != nil {
		return false, err
	}
	var r jobs.Result
	if end.Result != nil {
		r = *end.Result
	}
	held, err := queryOne(ctx, tx, value[sql.NullBool], `SELECT job_end($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		id, lease, string(end.State), string(code), json.RawMessage(told), r.Key, r.Name, r.MediaType, r.Bytes, r.Rows, r.SHA256, end.Days)
	return held.Bool, err
}

// KeptResults implements jobs.Store.
func (tx *Tx) KeptResults(ctx context.Context, all bool) ([]jobs.Kept, error) {
	return queryAll(ctx, tx, func(s scan) (jobs.Kept, error) {
		var k jobs.Kept
		return k, s(&k.Job, &k.Key)
	}, `SELECT id, file FROM job WHERE tenant_id = $1 AND file <> '' AND ($2 OR expires_at <= clock_timestamp()) ORDER BY id`, tx.Tenant(), all)
}

// ForgetJobs implements jobs.Store.
func (tx *Tx) ForgetJobs(ctx context.Context, gone []uuid.UUID, days int) error {
	_, err := tx.exec(ctx, `SELECT job_swept($1, $2)`, array(gone), days)
	return err
}

// TakeJob implements jobs.Queue.
func (tx *Tx) TakeJob(ctx context.Context, kinds []string, lease uuid.UUID, lasting time.Duration) (*jobs.Taken, error) {
	all, err := queryAll(ctx, tx, func(s scan) (*jobs.Taken, error) {
		t := &jobs.Taken{Lease: lease}
		var input []byte
		var person uuid.NullUUID
		var waited int64
		err := s(&t.ID, &t.Tenant, &t.Kind, &input, &t.AskedBy, &person, &t.Attempt, &waited)
		t.Input, t.Person, t.Waited = input, person.UUID, time.Duration(waited)*time.Millisecond
		return t, err
	}, `SELECT job_id, tenant_id, kind, input, asked_by, person_id, attempt, waited FROM job_take($1, $2, $3)`, array(kinds), lease, lasting.Milliseconds())
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all[0], nil
}

// BeatJob implements jobs.Queue.
func (tx *Tx) BeatJob(ctx context.Context, job, lease uuid.UUID, lasting time.Duration, done int64, total *int64) (jobs.Word, error) {
	in := sql.NullInt64{}
	if total != nil {
		in = sql.NullInt64{Int64: *total, Valid: true}
	}
	word, err := queryOne(ctx, tx, value[sql.NullString], `SELECT job_beat($1, $2, $3, $4, $5)`, job, lease, lasting.Milliseconds(), done, in)
	return jobs.Word(word.String), err
}

// ReturnJob implements jobs.Queue.
func (tx *Tx) ReturnJob(ctx context.Context, job, lease uuid.UUID, after time.Duration, counts bool) (bool, error) {
	held, err := queryOne(ctx, tx, value[sql.NullBool], `SELECT job_return($1, $2, $3, $4)`, job, lease, after.Milliseconds(), counts)
	return held.Bool, err
}

// CountJobs implements jobs.Queue.
func (tx *Tx) CountJobs(ctx context.Context) ([]jobs.Count, error) {
	return queryAll(ctx, tx, func(s scan) (jobs.Count, error) {
		var c jobs.Count
		return c, s(&c.Kind, &c.Queued, &c.Running)
	}, `SELECT kind, queued, running FROM job_counts()`)
}
