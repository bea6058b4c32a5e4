package hosting

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Usage is what the viewer's tenant uses of its plan this month, with a warning
// for each limit of which 80 % are used up.
func (s *Service) Usage(ctx context.Context) (*Usage, error) {
	used := &Usage{}
	err := s.look(ctx, authz.UsageRead, func(ctx context.Context, _ *viewer.Viewer, st Store) error {
		month := monthOf(s.now())
		standing, err := st.Standing(ctx, month)
		if err != nil {
			return err
		}
		used.Standing, used.Warnings = *standing, standing.warnings(s.now())
		used.Days, err = st.UsageDays(ctx, month, month.AddDate(0, 1, 0))
		return err
	})
	return used, err
}

// measure is one limit of a plan and what is used of it.
type measure struct {
	zh, en     string
	have, most int64
	shown      func(int64) string
}

// measures lists the limits that the plan has.
func (s *Standing) measures() []measure {
	if s.Plan == nil {
		return nil
	}
	var all []measure
	for _, m := range []struct {
		zh, en string
		have   int64
		most   *int64
		shown  func(int64) string
	}{
		{"村（社区）数", "villages", s.Villages, wide(s.Plan.Villages), count},
		{"存储空间", "storage", s.Bytes, s.Plan.Bytes, megabytes},
		{"本月接口请求", "API requests this month", s.Tokens, s.Plan.Requests, count},
	} {
		if m.most != nil {
			all = append(all, measure{m.zh, m.en, m.have, *m.most, m.shown})
		}
	}
	return all
}

func count(n int64) string     { return strconv.FormatInt(n, 10) }
func megabytes(n int64) string { return strconv.FormatInt((n+1<<20-1)>>20, 10) + " MB" }

// told makes a fault of a measure.
func (m measure) told(code fault.Code, plan *Plan) *fault.Fault {
	return fault.New(code, "plan", plan.Key, "what", m.en, "have", m.shown(m.have), "most", m.shown(m.most)).
		Call("what", m.zh, m.en).Call("plan", plan.Zh, named(plan))
}

func named(p *Plan) string {
	if p.En == "" {
		return p.Zh
	}
	return p.En
}

// endingSoon is how long before its end a plan is warned of.
const endingSoon = 14 * 24 * time.Hour

// warnings lists what is used up to four fifths, and a plan that ends.
func (s *Standing) warnings(now time.Time) fault.List {
	var all fault.List
	for _, m := range s.measures() {
		if m.have*5 >= m.most*4 {
			all = append(all, m.told(fault.PlanNear, s.Plan))
		}
	}
	if s.Plan != nil && s.Until != nil && now.Add(endingSoon).After(*s.Until) {
		code := fault.PlanEnding
		if !now.Before(*s.Until) {
			code = fault.PlanEnded
		}
		all = append(all, fault.New(code, "plan", s.Plan.Key, "date", s.Until.In(zone).Format(time.DateOnly)).Call("plan", s.Plan.Zh, named(s.Plan)))
	}
	return all
}

// Statement is a month's use (month as 2023-04): of the viewer's own tenant, of
// those adopted (counts only), or, for the platform, of all. UsageRead, and
// PlatformRead for all.
func (s *Service) Statement(ctx context.Context, month string, scope Scope) ([]Line, error) {
	p, err := calendar.ParsePeriod(month)
	if err != nil || p.Cadence() != calendar.Month {
		return nil, fault.New(fault.MonthInvalid, "value", clipped(month)).At("month")
	}
	permission := authz.UsageRead
	if scope == All {
		permission = authz.PlatformRead
	}
	from, err := time.Parse(time.DateOnly, p.First().String())
	if err != nil {
		return nil, fmt.Errorf("hosting: %w", err)
	}
	var lines []Line
	err = s.look(ctx, permission, func(ctx context.Context, _ *viewer.Viewer, st Store) (err error) {
		lines, err = st.UsageLines(ctx, from, from.AddDate(0, 1, 0), scope)
		return err
	})
	return lines, err
}
