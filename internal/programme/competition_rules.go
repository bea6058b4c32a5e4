package programme

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// ruling reads the active template version that is to rule from a period on, and
// that period.
func ruling(ctx context.Context, st Store, who *viewer.Viewer, id uuid.UUID, from string) (v *RuleVersion, start calendar.Period, err error) {
	active, err := st.TemplateVersionByID(ctx, id)
	if err != nil {
		return nil, start, fault.NotFoundAt(err, "template")
	}
	if active.Tenant != who.Tenant {
		return nil, start, fault.New(fault.TemplateNotOwn, "value", active.NameZh).At("template")
	}
	if active.State != TemplateActive {
		return nil, start, fault.New(fault.TemplateNotActive, "value", active.NameZh).At("template")
	}
	doc, err := active.Document()
	if err != nil {
		return nil, start, err
	}
	if start, err = periodOf(doc, from, "fromPeriod"); err != nil {
		return nil, start, err
	}
	return &RuleVersion{TemplateVersion: id, Key: active.Key, Version: active.Version, FromPeriod: from}, start, nil
}

// periodOf reads a period of a template's cadence.
func periodOf(doc *template.Document, text, field string) (calendar.Period, error) {
	p, err := calendar.ParsePeriod(text)
	if err != nil {
		for _, f := range fault.All(err) {
			f.At("%s", field)
		}
		return p, err
	}
	if doc.Calendar.Every != "" && string(p.Cadence()) != doc.Calendar.Every {
		want := map[string]string{"month": "2023-04", "quarter": "2023-Q2", "half-year": "2023-H1", "year": "2023"}[doc.Calendar.Every]
		return p, fault.New(fault.PeriodCadence, "value", text, "want", want).At("%s", field)
	}
	return p, nil
}

// AddVersion lets another active template version rule from a period on (B18).
// Rounds that were not opened yet stand under it at once; a period whose round
// was opened keeps its version for ever.
func (s *Service) AddVersion(ctx context.Context, competition, templateVersion uuid.UUID, from string) (*Competition, error) {
	return s.changing(ctx, competition, nil, func(ctx context.Context, st Store, c *Competition) error {
		who, err := viewer.Actor(ctx)
		if err != nil {
			return err
		}
		v, start, err := ruling(ctx, st, who, templateVersion, from)
		if err != nil {
			return err
		}
		rounds, err := st.PlannedRounds(ctx, c.ID)
		if err != nil {
			return err
		}
		var moved []RoundRow
		for _, r := range rounds {
			p, err := calendar.ParsePeriod(r.Period)
			if err != nil {
				return err
			}
			if p.Compare(start) < 0 {
				continue
			}
			if r.Opened {
				return fault.New(fault.PeriodAlreadyOpened, "value", r.Period).At("fromPeriod")
			}
			r.TemplateVersion = v.TemplateVersion
			moved = append(moved, r)
		}
		if slices.ContainsFunc(c.Versions, func(have RuleVersion) bool { return have.FromPeriod == from }) {
			return fault.New(fault.AlreadyExists, "value", from).At("fromPeriod")
		}
		if err := st.AddCompetitionVersion(ctx, c.ID, *v); err != nil {
			return err
		}
		c.Versions = append(c.Versions, *v)
		slices.SortFunc(c.Versions, func(a, b RuleVersion) int { return comparePeriods(a.FromPeriod, b.FromPeriod) })
		return st.SavePlannedRounds(ctx, moved)
	})
}

func comparePeriods(a, b string) int {
	x, errX := calendar.ParsePeriod(a)
	y, errY := calendar.ParsePeriod(b)
	if errX != nil || errY != nil {
		return strings.Compare(a, b)
	}
	return x.Compare(y)
}
