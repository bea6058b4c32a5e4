package tenancy

import (
	"context"
	"fmt"
	"strconv"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// SetDay enters a day that the tenant works or rests beside the national table,
// or with workday nil clears it. Rounds that are dated already keep their day.
func (s *Service) SetDay(ctx context.Context, day calendar.Date, workday *bool, name string) ([]CalendarDay, error) {
	if day.IsZero() {
		return nil, fault.New(fault.Required, "want", "2023-04-30").At("day")
	}
	title := ""
	if name != "" {
		trimmed, ok := clean(name, 50)
		if !ok {
			return nil, fault.New(fault.NameInvalid, "value", name, "most", "50").At("name")
		}
		title = trimmed
	}
	var days []CalendarDay
	err := s.change(ctx, authz.CalendarWrite, func(ctx context.Context, _ *viewer.Viewer, st Store) (err error) {
		if workday == nil {
			err = st.DropOwnDay(ctx, day)
		} else {
			err = st.PutOwnDay(ctx, CalendarDay{Day: day, Workday: *workday, Name: title})
		}
		if err != nil {
			return err
		}
		if days, err = ownYear(ctx, st, day.Year()); err != nil {
			return err
		}
		return audit.Record(ctx, "calendar:write", "calendar-day", newID(), map[string]any{"day": day.String(), "workday": workday, "name": title})
	})
	return days, err
}

// Days lists the tenant's own days of a year, by date.
func (s *Service) Days(ctx context.Context, year int) ([]CalendarDay, error) {
	if year < 1900 || year > 2999 {
		return nil, fault.New(fault.Invalid, "value", strconv.Itoa(year), "want", "1900–2999").At("year")
	}
	var days []CalendarDay
	err := s.look(ctx, authz.CalendarRead, func(ctx context.Context, st Store) (err error) {
		days, err = ownYear(ctx, st, year)
		return err
	})
	return days, err
}

func ownYear(ctx context.Context, st Store, year int) ([]CalendarDay, error) {
	first, err := calendar.ParseDate(fmt.Sprintf("%04d-01-01", year))
	if err != nil {
		return nil, err
	}
	last, err := calendar.ParseDate(fmt.Sprintf("%04d-12-31", year))
	if err != nil {
		return nil, err
	}
	return st.OwnDays(ctx, first, last)
}
