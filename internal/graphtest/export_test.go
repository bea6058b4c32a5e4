package graphtest_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/xuri/excelize/v2"

	"leitai/graph"
	"leitai/internal/config"
	"leitai/internal/export"
	"leitai/internal/graphtest"
	"leitai/internal/jobs"
	"leitai/internal/paging"
	"leitai/internal/postgres"
	"leitai/internal/sample"
	"leitai/internal/telemetry"
	"leitai/internal/viewer"
	"leitai/internal/wiring"
)

const (
	exportRequest = `mutation($kind: ExportKind!, $format: ExportFormat!, $filter: ExportFilter) {
		exportRequest(input: {kind: $kind, format: $format, filter: $filter}) { job { id state kind done total error { code message } } userErrors { code field } } }`
	jobRead = `query($id: ID!) { job(id: $id) { id state stopping done total attempt askedAt startedAt finishedAt error { code message }
		result { name mediaType kilobytes rows sha256 keptUntil url expiresAt } } }`
	jobCancel = `mutation($id: ID!) { jobCancel(input: {job: $id}) { job { state stopping } userErrors { code } } }`
)

// exporting is a county of a month with marks, a published result and an issue.
func exporting(t *testing.T) *graphtest.Kit {
	t.Helper()
	k := graphtest.New(t)
	if err := k.World.PlayMonth(t.Context(), firstMonth); err != nil {
		t.Fatal(err)
	}
	k.Must(t, "C1", issueWorth, graphtest.Vars{"c": k.CompetitionID(), "unit": graphtest.VillageCode(1), "title": "垃圾未清运", "base": "1"})
	return k
}

// exported asks for an export and lets a worker do it.
func exported(t *testing.T, k *graphtest.Kit, who, kind, format string, filter graphtest.Vars) string {
	t.Helper()
	id := k.Must(t, who, exportRequest, graphtest.Vars{"kind": kind, "format": format, "filter": filter}).Text(t, "exportRequest", "job", "id")
	if found, err := k.App.Runner.Next(t.Context()); !found || err != nil {
		t.Fatalf("%s: no worker found it: %v", kind, err)
	}
	return id
}

// Every kind in every format is asked for, done and fetched; a reader of the file
// reads as many rows as the job says, and the numbers of the list itself.
// covers T22
func TestExportsOverTheAPI(t *testing.T) {
	t.Parallel()
	k := exporting(t)
	for kind, filter := range map[string]graphtest.Vars{
		"FACTS": nil, "BOARDS": {"competition": k.CompetitionID()}, "ISSUES": {"issueState": "ASSIGNED"},
		"ACCOUNTS": {"competition": k.CompetitionID()}, "MARKS": {"round": k.RoundID(firstMonth)},
	} {
		for _, format := range []string{"CSV", "XLSX", "JSONL"} {
			id := exported(t, k, "C1", kind, format, filter)
			r := k.Must(t, "C1", jobRead, graphtest.Vars{"id": id})
			if state := r.Text(t, "job", "state"); state != "DONE" {
				t.Fatalf("%s as %s: %s", kind, format, r.Body)
			}
			answer := k.Get(t, "", r.Text(t, "job", "result", "url"))
			if answer.Code != http.StatusOK || !strings.HasPrefix(answer.Header().Get("Content-Disposition"), "attachment;") || answer.Header().Get("Cache-Control") != "private, no-store" {
				t.Fatalf("%s as %s: %d %v %s", kind, format, answer.Code, answer.Header(), answer.Body)
			}
			if rows := rowsOf(t, format, answer.Body.Bytes()); rows == 0 && kind != "ACCOUNTS" || rows != r.Int(t, "job", "result", "rows") {
				t.Errorf("%s as %s: %d rows, the job says %s", kind, format, rows, r.Body)
			}
		}
	}
	if n := k.Strings(t, `SELECT count(*)::text FROM audit_entry WHERE action = 'job:end' AND detail ->> 'state' = 'done'`); n[0] != "15" {
		t.Errorf("the audit tells of %s exports", n)
	}
}

func rowsOf(t *testing.T, format string, file []byte) int {
	t.Helper()
	switch format {
	case "CSV":
		all, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file, []byte("\xef\xbb\xbf")))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return len(all) - 1
	case "XLSX":
		book, err := excelize.OpenReader(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = book.Close() }()
		all, err := book.GetRows(book.GetSheetName(0))
		if err != nil {
			t.Fatal(err)
		}
		return len(all) - 1
	}
	lines := bytes.Split(bytes.TrimSuffix(file, []byte("\n")), []byte("\n"))
	for _, line := range lines {
		if !json.Valid(line) && len(file) > 0 {
			t.Errorf("no JSON: %s", line)
		}
	}
	if len(file) == 0 {
		return 0
	}
	return len(lines)
}

// A job is its asker's: nobody else reads, lists, cancels or fetches it, in the
// same tenant or another.
func TestAJobIsItsAskersAlone(t *testing.T) {
	t.Parallel()
	k := exporting(t)
	id := exported(t, k, "C1", "ISSUES", "CSV", nil)
	url := k.Must(t, "C1", jobRead, graphtest.Vars{"id": id}).Text(t, "job", "result", "url")
	for _, who := range []string{sample.Approver, "CN1", "S1"} {
		if r := k.As(t, who, jobRead, graphtest.Vars{"id": id}); !strings.Contains(r.Body, "NOT_FOUND") || strings.Contains(r.Body, "台账") {
			t.Errorf("%s reads it: %s", who, r.Body)
		}
		if r := k.As(t, who, jobCancel, graphtest.Vars{"id": id}); !strings.Contains(r.Body, "NOT_FOUND") {
			t.Errorf("%s cancels it: %s", who, r.Body)
		}
		if r := k.Must(t, who, `{ jobs { nodes { id } } }`, nil); strings.Contains(r.Body, id) {
			t.Errorf("%s lists it: %s", who, r.Body)
		}
		for _, address := range []string{url, "/exports/" + id} {
			if answer := k.Get(t, k.Token(who), address); answer.Code != http.StatusNotFound {
				t.Errorf("%s fetches it: %d %s", who, answer.Code, answer.Body)
			}
		}
	}
	if answer := k.Get(t, k.Token("C1"), "/exports/"+id); answer.Code != http.StatusOK {
		t.Errorf("its asker: %d", answer.Code)
	}
	if answer := k.Get(t, "", "/exports/"+id); answer.Code != http.StatusUnauthorized {
		t.Errorf("nobody: %d", answer.Code)
	}
}

// covers T18
func TestALinkToAnExportEnds(t *testing.T) {
	t.Parallel()
	k, secrets := ownKeys(t, exporting(t))
	id := exported(t, k, "C1", "ISSUES", "CSV", nil)
	_, other := exported(t, k, "C1", "MARKS", "CSV", graphtest.Vars{"round": k.RoundID(firstMonth)}), id
	reader := &viewer.Viewer{Tenant: k.TenantOf(t, sample.TownshipCode), User: k.Key(t, `SELECT id FROM app_user WHERE login = $1`, k.World.Person("C1").Login)}
	job := k.Key(t, `SELECT id FROM job WHERE input ->> 'kind' = 'issues'`)
	for name, c := range map[string]struct {
		age     time.Duration
		secrets [][]byte
		want    int
	}{
		"fresh":                     {0, secrets, http.StatusOK},
		"over":                      {export.LinkLife + time.Second, secrets, http.StatusForbidden},
		"signed with another's key": {0, [][]byte{make([]byte, 32)}, http.StatusForbidden},
	} {
		link, _, err := export.New(export.Config{Clock: func() time.Time { return time.Now().Add(-c.age) }, Links: paging.Codec{Keys: c.secrets}}).Link(viewer.With(t.Context(), reader), job)
		if err != nil {
			t.Fatal(err)
		}
		for who, token := range map[string]string{"nobody": "", "its reader": k.Token("C1")} {
			if got := k.Get(t, token, "/exports/"+other+"?pass="+link); got.Code != c.want {
				t.Errorf("%s, for %s: %d, want %d", name, who, got.Code, c.want)
			}
			if got := k.Get(t, token, "/exports/"+graphtest.ID("Job", uuid.New())+"?pass="+link); got.Code != http.StatusForbidden {
				t.Errorf("%s, of another job, for %s: %d", name, who, got.Code)
			}
			if got := k.Get(t, token, "/exports/"+other+"?pass="+link[:len(link)-1]); got.Code != http.StatusForbidden {
				t.Errorf("%s, cut, for %s: %d", name, who, got.Code)
			}
		}
	}
}

// A right that is taken away before the worker comes ends the job with its code;
// after it, the link opens nothing any more.
func TestAnExportIsWorthTheRightsOfNow(t *testing.T) {
	t.Parallel()
	k := exporting(t)
	done := exported(t, k, "C1", "MARKS", "CSV", graphtest.Vars{"round": k.RoundID(firstMonth)})
	url := k.Must(t, "C1", jobRead, graphtest.Vars{"id": done}).Text(t, "job", "result", "url")
	waiting := k.Must(t, "C1", exportRequest, graphtest.Vars{"kind": "MARKS", "format": "CSV", "filter": graphtest.Vars{"round": k.RoundID(firstMonth)}}).Text(t, "exportRequest", "job", "id")
	user := k.Key(t, `SELECT id FROM app_user WHERE login = $1`, k.World.Person("C1").Login)
	for _, grant := range k.Strings(t, `SELECT id::text FROM role_grant WHERE user_id = $1 AND revoked_at IS NULL`, user) {
		k.Must(t, sample.Approver, takeRole, graphtest.Vars{"id": graphtest.ID("Grant", uuid.MustParse(grant))})
	}
	if found, err := k.App.Runner.Next(t.Context()); !found || err != nil {
		t.Fatal(found, err)
	}
	if got := k.Strings(t, `SELECT state || ' ' || error || ' ' || file FROM job WHERE id = $1`, keyOf(t, waiting)); got[0] != "failed FORBIDDEN " {
		t.Errorf("the job that waited: %v", got)
	}
	if answer := k.Get(t, "", url); answer.Code != http.StatusForbidden {
		t.Errorf("the link of before: %d %s", answer.Code, answer.Body)
	}
	k.Put(t, `UPDATE app_user SET status = 'disabled' WHERE id = $1`, user)
	if answer := k.Get(t, "", url); answer.Code != http.StatusForbidden {
		t.Errorf("the link of a disabled user: %d %s", answer.Code, answer.Body)
	}
}

func keyOf(t *testing.T, id string) uuid.UUID {
	t.Helper()
	_, key, ok := graph.OpenID(id)
	if !ok {
		t.Fatalf("%s is no id", id)
	}
	return key
}

// A worker that ends in the middle leaves nothing that anybody sees; the next one
// begins anew, and there is one result and one file.
func TestAWorkerThatEndsInTheMiddle(t *testing.T) {
	t.Parallel()
	k := exporting(t)
	id := k.Must(t, "C1", exportRequest, graphtest.Vars{"kind": "MARKS", "format": "CSV", "filter": graphtest.Vars{"round": k.RoundID(firstMonth)}}).Text(t, "exportRequest", "job", "id")
	ctx, kill := context.WithCancel(t.Context())
	pages := 0
	broken := jobs.NewRunner(jobs.RunnerConfig{Queue: postgres.Outside[jobs.Queue](k.App.DB), As: postgres.AsJob(k.App.DB), Write: postgres.Write[jobs.Store](k.App.DB),
		For: func(context.Context, *jobs.Taken, func(context.Context) error) error {
			return errors.New("it ended before")
		}, Logger: slog.New(slog.DiscardHandler), Clock: time.Now,
		Kinds: []jobs.Kind{{Name: export.JobKind, Run: func(ctx context.Context, r *jobs.Run) (*jobs.Result, error) {
			_, err := k.App.Exports.Run(ctx, export.Work{Job: r.ID, Lease: r.Lease, Tenant: r.Tenant, Input: r.Input, Progress: r.Progress,
				As: func(ctx context.Context, do func(context.Context) error) error {
					if pages++; pages == 2 {
						kill()
					}
					return r.As(ctx, do)
				}})
			return nil, err
		}}}})
	if found, err := broken.Next(ctx); !found || err != nil || pages != 2 {
		t.Fatalf("%v %v after %d pages", found, err, pages)
	}
	if got := k.Strings(t, `SELECT state || ' ' || file FROM job`); got[0] != "queued " {
		t.Fatalf("after the end: %v", got)
	}
	if n := files(t, k); n != 0 {
		t.Errorf("%d files are left", n)
	}
	if r := k.Must(t, "C1", jobRead, graphtest.Vars{"id": id}); !strings.Contains(r.Body, `"result":null`) {
		t.Errorf("a result is seen: %s", r.Body)
	}
	if found, err := k.App.Runner.Next(t.Context()); !found || err != nil {
		t.Fatal(found, err)
	}
	if got := k.Strings(t, `SELECT state || ' ' || attempt FROM job`); got[0] != "done 1" || files(t, k) != 1 {
		t.Errorf("%v, %d files", got, files(t, k))
	}
}

// files counts the exports in the store.
func files(t *testing.T, k *graphtest.Kit) (n int) {
	t.Helper()
	prefix := k.TenantOf(t, sample.TownshipCode).String() + "/" + jobs.Folder + "/"
	err := k.App.Files.Walk(t.Context(), prefix, time.Now().Add(time.Hour), func(string) error { n++; return nil })
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// What waits is cancelled at once; a file is swept when its days are over, and
// is told to be gone.
func TestCancellingAndSweeping(t *testing.T) {
	t.Parallel()
	k := exporting(t)
	id := k.Must(t, "C1", exportRequest, graphtest.Vars{"kind": "ISSUES", "format": "CSV"}).Text(t, "exportRequest", "job", "id")
	if r := k.Must(t, "C1", jobCancel, graphtest.Vars{"id": id}); r.Text(t, "jobCancel", "job", "state") != "CANCELLED" {
		t.Errorf("%s", r.Body)
	}
	if r := k.As(t, "C1", jobCancel, graphtest.Vars{"id": id}); !strings.Contains(r.Body, "JOB_OVER") {
		t.Errorf("%s", r.Body)
	}
	if found, err := k.App.Runner.Next(t.Context()); found || err != nil {
		t.Errorf("it was done all the same: %v", err)
	}
	id = exported(t, k, "C1", "ISSUES", "CSV", nil)
	link := k.Must(t, "C1", jobRead, graphtest.Vars{"id": id}).Text(t, "job", "result", "url")
	if removed, err := k.App.SweepFiles(t.Context()); err != nil || removed != 0 {
		t.Fatalf("%d files were swept before their time, %v", removed, err)
	}
	k.Put(t, `SET ROLE leitai_maint; UPDATE job SET expires_at = now() - interval '1 second' WHERE file <> ''; RESET ROLE`)
	if removed, err := k.App.SweepFiles(t.Context()); err != nil || removed != 1 || files(t, k) != 0 {
		t.Fatalf("%d files were swept, %v", removed, err)
	}
	if r := k.Must(t, "C1", jobRead, graphtest.Vars{"id": id}); !strings.Contains(r.Body, `"url":null`) {
		t.Errorf("%s", r.Body)
	}
	if answer := k.Get(t, "", link); answer.Code != http.StatusForbidden {
		t.Errorf("its link: %d", answer.Code)
	}
}

// The role of background work does what leitai work asks of it: it opens, takes,
// reads as the asker, writes the end, and sweeps what is over.
func TestTheJobRoleWorks(t *testing.T) {
	t.Parallel()
	k := exporting(t)
	id := k.Must(t, "C1", exportRequest, graphtest.Vars{"kind": "ISSUES", "format": "CSV"}).Text(t, "exportRequest", "job", "id")
	folder := t.TempDir()
	if err := config.MakeKeys(folder); err != nil {
		t.Fatal(err)
	}
	keys, err := config.LoadKeys(folder)
	if err != nil {
		t.Fatal(err)
	}
	worker, err := wiring.New(t.Context(), wiring.Options{DSN: k.DB.JobDSN, Keys: keys, Now: k.Clock.Now, Logger: slog.New(slog.DiscardHandler), Metrics: telemetry.NewMetrics("work")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = worker.Close() })
	if found, err := worker.Runner.Next(t.Context()); !found || err != nil {
		t.Fatal(found, err)
	}
	if r := k.Must(t, "C1", jobRead, graphtest.Vars{"id": id}); r.Text(t, "job", "state") != "DONE" {
		t.Errorf("%s", r.Body)
	}
	k.Put(t, `SET ROLE leitai_maint; UPDATE job SET expires_at = now() - interval '1 second', finished_at = now() - interval '181 days' WHERE file <> ''; RESET ROLE`)
	if removed, err := worker.SweepFiles(t.Context()); err != nil || removed != 1 {
		t.Errorf("%d files were swept, %v", removed, err)
	}
	if left := k.Strings(t, `SELECT id FROM job`); len(left) != 0 {
		t.Errorf("%d rows of jobs outlive their time", len(left))
	}
}
