package jobs

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/paging"
)

func service(l *line, g gate) *Service {
	return New(Config{Write: l.work, Read: l.work, Gate: g, Cursors: paging.Codec{Keys: [][]byte{make([]byte, 32)}}})
}

func TestAUserSeesTheOwnJobsOnly(t *testing.T) {
	t.Parallel()
	l := &line{}
	s := service(l, gate{})
	id, err := s.Enqueue(as(t, me), "export", map[string]string{"kind": "issues"})
	if err != nil || string(l.find(id).Input) != `{"kind":"issues"}` {
		t.Fatal(err)
	}
	if j, err := s.ByID(as(t, me), id); err != nil || j.State != Queued {
		t.Error(j, err)
	}
	stranger := as(t, uuid.New())
	if _, err := s.ByID(stranger, id); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("another's job: %v", err)
	}
	if _, err := s.Cancel(stranger, id); fault.CodeOf(err) != fault.NotFound || l.of(id).State != Queued {
		t.Errorf("another's job was cancelled: %v", err)
	}
	if page, err := s.List(stranger, nil, paging.Args{}); err != nil || len(page.Items) != 0 {
		t.Errorf("another's list: %v %v", page.Items, err)
	}
	if j, err := s.Cancel(as(t, me), id); err != nil || j.State != Cancelled || len(l.acts) != 1 {
		t.Errorf("%+v %v %v", j, err, l.acts)
	}
}

func TestWithoutThePermissionNothingIsSeen(t *testing.T) {
	t.Parallel()
	l := &line{}
	id := l.add("export").ID
	s := service(l, gate{shut: true})
	_, one := s.ByID(as(t, me), id)
	_, list := s.List(as(t, me), nil, paging.Args{})
	_, cancel := s.Cancel(as(t, me), id)
	for _, err := range []error{one, list, cancel} {
		if fault.CodeOf(err) != fault.Forbidden {
			t.Error(err)
		}
	}
}

func TestATenantHasSoManyJobsAndNoMore(t *testing.T) {
	t.Parallel()
	l := &line{}
	s := service(l, gate{})
	for range MostUnfinished {
		if _, err := s.Enqueue(as(t, me), "export", nil); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Enqueue(as(t, me), "export", nil); fault.CodeOf(err) != fault.JobsTooMany || len(l.jobs) != MostUnfinished {
		t.Errorf("one more: %v", err)
	}
	l.jobs[0].State = Done
	if _, err := s.Enqueue(as(t, me), "export", nil); err != nil {
		t.Error(err)
	}
}

func TestPagesAreTheWholeList(t *testing.T) {
	t.Parallel()
	l := &line{}
	for range 7 {
		l.add("export")
	}
	l.jobs[3].State = Done
	s := service(l, gate{})
	var all []uuid.UUID
	size, after := 3, (*string)(nil)
	for {
		page, err := s.List(as(t, me), nil, paging.Args{First: &size, After: after})
		if err != nil {
			t.Fatal(err)
		}
		for _, j := range page.Items {
			all = append(all, j.ID)
		}
		if !page.HasNext {
			break
		}
		end := page.End()
		after = &end
	}
	want := make([]uuid.UUID, 7)
	for i, j := range l.jobs {
		want[6-i] = j.ID
	}
	if !slices.Equal(all, want) {
		t.Errorf("%v, want %v", all, want)
	}
	state := Done
	if page, err := s.List(as(t, me), &state, paging.Args{}); err != nil || len(page.Items) != 1 {
		t.Errorf("%v %v", page.Items, err)
	}
	if _, err := s.List(as(t, me), &state, paging.Args{After: after}); fault.CodeOf(err) != fault.InvalidCursor {
		t.Errorf("a cursor of another filter: %v", err)
	}
}

type shelf map[string]time.Time

func (s shelf) Delete(_ context.Context, key string) error { delete(s, key); return nil }

func (s shelf) Walk(_ context.Context, prefix string, before time.Time, do func(string) error) error {
	for key, at := range s {
		if strings.HasPrefix(key, prefix) && at.Before(before) {
			if err := do(key); err != nil {
				return err
			}
		}
	}
	return nil
}

// What is over goes, what was left behind goes, and everything else stays: a
// file that is being written, and another tenant's.
func TestSweeping(t *testing.T) {
	t.Parallel()
	l, now := &line{}, time.Now()
	files := shelf{"other/export/x": now.AddDate(0, 0, -30)}
	for i, until := range []time.Time{now.Add(-time.Hour), now.Add(time.Hour)} {
		j := l.add("export")
		j.State, j.Result = Done, &Result{Key: home.String() + "/export/" + strconv.Itoa(i), Until: until}
		files[j.Result.Key] = now.AddDate(0, 0, -7)
	}
	files[home.String()+"/export/left"] = now.AddDate(0, 0, -2)
	files[home.String()+"/export/under-way"] = now
	removed, err := service(l, gate{}).Sweep(as(t, me), files, now)
	if err != nil || removed != 2 || len(files) != 3 || l.jobs[0].Result.Key != "" || l.jobs[1].Result.Key == "" {
		t.Errorf("%v: %d removed, left %v", err, removed, files)
	}
	if removed, err := service(l, gate{}).Sweep(as(t, me), files, now); err != nil || removed != 0 {
		t.Errorf("again: %d, %v", removed, err)
	}
}
