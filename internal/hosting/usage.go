package hosting

import (
	"cmp"
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

// measure is something that a plan may limit, and what is used of it.
type measure struct {
	zh, en string
	have   int64
	most   *int64 // nil: no limit
	shown  func(int64) string
}

const requestsZh, requestsEn = "本月接口请求", "API requests this month"

func (s *Standing) villages() measure {
	return measure{"村（社区）数", "villages", s.Villages, wide(s.plan().Villages), count}
}

func (s *Standing) storage() measure {
	return measure{"存储空间", "storage", s.Bytes, s.plan().Bytes, megabytes}
}

func (s *Standing) requests() measure {
	return measure{requestsZh, requestsEn, s.Tokens, s.plan().Requests, count}
}

// plan is the tenant's, or one without limits.
func (s *Standing) plan() Plan {
	if s.Plan == nil {
		return Plan{}
	}
	return *s.Plan
}

func count(n int64) string     { return strconv.FormatInt(n, 10) }
func megabytes(n int64) string { return strconv.FormatInt((n+1<<20-1)>>20, 10) + " MB" }

// exceeded says whether there is no room for so many more.
func (m measure) exceeded(more int64) bool { return m.most != nil && m.have+more > *m.most }

// told makes a fault of a measure that has a limit.
func (m measure) told(code fault.Code, plan Plan) *fault.Fault {
	return fault.New(code, "plan", plan.Key, "what", m.en, "have", m.shown(m.have), "most", m.shown(*m.most)).
		Call("what", m.zh, m.en).Call("plan", plan.Zh, named(plan))
}

func named(p Plan) string { return cmp.Or(p.En, p.Zh) }

// endingSoon is how long before its end a plan is warned of.
const endingSoon = 14 * 24 * time.Hour

// warnings lists what is used up to four fifths, and a plan that ends.
func (s *Standing) warnings(now time.Time) fault.List {
	var all fault.List
	for _, m := range []measure{s.villages(), s.storage(), s.requests()} {
		if m.most != nil && m.have*5 >= *m.most*4 {
			all = append(all, m.told(fault.PlanNear, s.plan()))
		}
	}
	if s.Plan != nil && s.Until != nil && now.Add(endingSoon).After(*s.Until) {
		code := fault.PlanEnding
		if !now.Before(*s.Until) {
			code = fault.PlanEnded
		}
		all = append(all, fault.New(code, "plan", s.Plan.Key, "date", s.Until.In(zone).Format(time.DateOnly)).Call("plan", s.Plan.Zh, named(*s.Plan)))
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
