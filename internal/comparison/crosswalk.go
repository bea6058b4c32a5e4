package comparison

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/compare"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// crosswalk is a county's mappings by township, oldest first.
type crosswalk map[uuid.UUID][]Mapping

func walksOf(all []Mapping) crosswalk {
	out := crosswalk{}
	for _, m := range all {
		out[m.Township] = append(out[m.Township], m)
	}
	return out
}

// of gives the mapping of a township's template on a day: the one that counts
// from the latest day, and of those from one day the newest.
func (c crosswalk) of(township uuid.UUID, key string, on calendar.Date) func(source string) string {
	mappings := c[township]
	return func(source string) string {
		var found *Mapping
		for i := range mappings {
			m := &mappings[i]
			if m.Source != source || m.Template != "" && m.Template != key || m.From.After(on) {
				continue
			}
			if found == nil || !m.From.Before(found.From) {
				found = m
			}
		}
		if found == nil {
			return ""
		}
		return found.Dimension
	}
}

// MapSource says which dimension of the dictionary a source of a township's scores
// belongs to from a period on, with the reason; an empty dimension ends it. What
// the template itself names after the dictionary is not mapped (CROSSWALK_NAMED).
func (s *Service) MapSource(ctx context.Context, m Mapping, from string) (*Mapping, error) {
	err := s.writing(ctx, func(ctx context.Context, st Store, who *viewer.Viewer) error {
		frame, err := st.ComparisonFrame(ctx)
		if err != nil {
			return err
		}
		m.ID, m.MappedBy, m.MappedAt = newID(), who.Person, s.now()
		m.Source, m.Dimension, m.Reason, m.Template = strings.TrimSpace(m.Source), strings.TrimSpace(m.Dimension), strings.TrimSpace(m.Reason), strings.TrimSpace(m.Template)
		if err := m.check(frame, from).Err(); err != nil {
			return err
		}
		if err := st.InsertMapping(ctx, &m); err != nil {
			return err
		}
		return audit.Record(ctx, string(authz.ComparisonWrite), "crosswalk", m.ID, map[string]any{
			"township": m.Township, "template": m.Template, "source": m.Source, "dimension": m.Dimension, "from": from, "reason": m.Reason,
		})
	})
	if err != nil {
		return nil, err
	}
	return &m, nil
}

func (m *Mapping) check(frame *Frame, from string) fault.List {
	var bad fault.List
	known := false
	for _, below := range frame.Members {
		known = known || below.Tenant == m.Township
	}
	if !known {
		bad = append(bad, fault.New(fault.CrosswalkTownship).At("township"))
	}
	keys := dictionaryOf(frame)
	if named, ok := compare.DimensionOf(m.Source); ok && slices.Contains(keys, named) {
		bad = append(bad, fault.New(fault.CrosswalkNamed, "value", named).At("source"))
	} else if !compare.KnownSource(m.Source) {
		bad = append(bad, fault.New(fault.CrosswalkSource, "value", m.Source).At("source"))
	}
	if m.Dimension != "" && !slices.Contains(keys, m.Dimension) {
		bad = append(bad, fault.New(fault.DimensionUnknown, "value", m.Dimension, "want", strings.Join(keys, ", ")).At("dimension"))
	}
	if m.Reason == "" {
		bad = append(bad, fault.New(fault.Required, "want", "理由 / a reason").At("reason"))
	}
	period, err := calendar.ParsePeriod(from)
	if err != nil {
		bad = append(bad, fault.All(err)...)
	} else {
		m.From = period.First()
	}
	return bad
}

// dictionaryOf lists the keys of the dictionary.
func dictionaryOf(frame *Frame) []string {
	var keys []string
	for _, d := range template.Dimensions() {
		keys = append(keys, d.Key)
	}
	for _, d := range frame.Dimensions {
		keys = append(keys, d.Key)
	}
	return keys
}

// Crosswalk lists the mappings: all of the viewer's county or prefecture, or
// those that the one above made of the viewer's own tenant; oldest first.
func (s *Service) Crosswalk(ctx context.Context) (all []Mapping, err error) {
	if err := s.gate.Require(ctx, authz.TemplateRead, uuid.Nil); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		all, err = st.Mappings(ctx)
		return err
	})
	return all, err
}

// writing runs one change of a county or prefecture by a person of it.
func (s *Service) writing(ctx context.Context, do func(ctx context.Context, st Store, who *viewer.Viewer) error) error {
	if err := s.gate.Require(ctx, authz.ComparisonWrite, uuid.Nil); err != nil {
		return err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return err
	}
	if who.TenantKind != county && who.TenantKind != prefecture {
		return fault.New(fault.ComparisonOwner)
	}
	return s.write(ctx, func(ctx context.Context, st Store) error {
		if err := s.gate.Require(ctx, authz.ComparisonWrite, uuid.Nil); err != nil { // a role may have been taken away since
			return err
		}
		return do(ctx, st, who)
	})
}
