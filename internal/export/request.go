package export

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
)

// Ask checks a request and puts its job into the queue. What the viewer may not
// read, or what is not there, is refused at once: the first page is read as it
// will be read later.
func (s *Service) Ask(ctx context.Context, r Request) (uuid.UUID, error) {
	source, err := s.admit(ctx, r)
	if err != nil {
		return uuid.Nil, err
	}
	if err := r.fits(source); err != nil {
		return uuid.Nil, err
	}
	if _, err := source.Rows(r)(ctx); err != nil {
		return uuid.Nil, err
	}
	var job uuid.UUID
	err = s.c.Write(ctx, func(ctx context.Context) (err error) {
		if job, err = s.c.Enqueue(ctx, JobKind, r); err != nil {
			return err
		}
		return audit.Record(ctx, string(authz.ExportRequest), "job", job, r)
	})
	if err != nil {
		return uuid.Nil, err
	}
	s.c.Wake()
	return job, nil
}

// admit asks for the two permissions of an export: to export at all, and to read
// what is exported.
func (s *Service) admit(ctx context.Context, r Request) (Source, error) {
	if err := s.c.Gate.Anywhere(ctx, authz.ExportRequest); err != nil {
		return Source{}, err
	}
	source, known := s.sources[r.Kind]
	if !known {
		return Source{}, fault.New(fault.NotFound).At("kind")
	}
	return source, s.c.Gate.Anywhere(ctx, source.Permission)
}

// fits checks the conditions of a request against what its kind takes; every
// one that does not fit is listed.
func (r Request) fits(source Source) error {
	var bad fault.List
	set := r.set()
	for _, c := range set {
		if !slices.Contains(source.Takes, c) {
			bad = append(bad, fault.New(fault.ExportFilter, "kind", string(r.Kind), "want", listed(source.Takes)).At("filter.%s", c))
		}
	}
	for _, c := range source.Needs {
		if !slices.Contains(set, c) {
			bad = append(bad, fault.New(fault.ExportFilterLack, "kind", string(r.Kind)).At("filter.%s", c))
		}
	}
	for _, period := range []struct {
		field Condition
		text  string
	}{{From, r.From}, {To, r.To}} {
		if period.text == "" {
			continue
		}
		if _, err := calendar.ParsePeriod(period.text); err != nil {
			bad = append(bad, fault.New(fault.Invalid, "value", period.text, "want", "2023-04").At("filter.%s", period.field))
		}
	}
	return bad.Err()
}

func listed(all []Condition) string {
	names := make([]string, len(all))
	for i, c := range all {
		names[i] = string(c)
	}
	return strings.Join(names, "、")
}
