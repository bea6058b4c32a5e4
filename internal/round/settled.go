package round

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/contest"
	"leitai/internal/fault"
)

// unsettledInputs lists what of a round beside its marks keeps a result from
// being announced, each with the subjects concerned: figures without their second
// person, figures, ballots and parts that are missing and undecided, grades that
// wait for a committee, places not visited, photographs and steps not there.
func (c *computed) unsettledInputs(ctx context.Context, st Store) (fault.List, error) {
	figures, err := st.FiguresOf(ctx, c.round.ID)
	if err != nil {
		return nil, err
	}
	all := c.unconfirmed(figures)
	all = append(all, c.missingInputs()...)
	all = append(all, c.undecidedGrades()...)
	seen, err := c.observed(ctx, st)
	if err != nil {
		return nil, err
	}
	stages, err := c.stages(ctx, st)
	return slices.Concat(all, seen, stages), err
}

// unconfirmed counts the figures that no second person confirmed.
func (d *desk) unconfirmed(figures []*Figure) fault.List {
	count := 0
	var names []string
	for _, f := range figures {
		if e := d.entryOf(f.Subject); f.State != MarkConfirmed && e != nil && !e.Absent {
			count++
			names = append(names, e.Name)
		}
	}
	if count == 0 {
		return nil
	}
	slices.Sort(names)
	return fault.List{fault.New(fault.FiguresUnreviewed, "count", itoa(count)).About(slices.Compact(names)...)}
}

// missingInputs turns the gaps of a result that are no missing marks into
// blockers: one a metric, exam, ballot or part.
func (c *computed) missingInputs() fault.List {
	var all fault.List
	at := map[contest.Gap]*fault.Fault{}
	for _, g := range c.result.Gaps {
		e, err := c.entry(SubjectRef{Code: g.Subject})
		if g.Channel != "" || err != nil {
			continue
		}
		key := contest.Gap{Item: g.Item, Part: g.Part, Metric: g.Metric, Ballot: g.Ballot}
		f := at[key]
		if f == nil {
			switch {
			case g.Ballot != "":
				f = fault.New(fault.BallotMissing, "ballot", g.Ballot)
			case g.Part != "":
				f = fault.New(fault.PartMissing, "part", g.Part)
			case g.Metric != "":
				f = fault.New(fault.MetricMissing, "item", g.Item, "metric", g.Metric)
			default:
				f = fault.New(fault.ExamMissing, "item", g.Item)
			}
			at[key], all = f, append(all, f)
		}
		f.Subjects = append(f.Subjects, e.Name)
	}
	return all
}

// undecidedGrades names the subjects tied for seats which a committee has to give
// (Q17), and those about whom it decided what cannot stand. A seat may stay empty,
// so that an unused one blocks nothing.
func (c *computed) undecidedGrades() fault.List {
	var all fault.List
	for _, g := range c.result.Grades {
		var names []string
		for _, seats := range g.Steps {
			for _, subject := range seats.Tied {
				if e, err := c.entry(SubjectRef{Code: subject}); err == nil {
					names = append(names, e.Name)
				}
			}
		}
		for _, refused := range g.Refused {
			if e, err := c.entry(SubjectRef{Code: refused.Subject}); err == nil {
				names = append(names, e.Name)
			}
		}
		if names != nil {
			all = append(all, fault.New(fault.GradeUndecided, "scale", g.Scale).About(names...))
		}
	}
	return all
}

// observed names whose place was not visited, where the template wants all of
// them seen (B01), and who was visited but has fewer photographs than it wants
// (B06); the absent are left aside.
func (d *desk) observed(ctx context.Context, st Store) (fault.List, error) {
	if d.doc.Coverage == nil && d.doc.Evidence == nil {
		return nil, nil
	}
	period, err := calendar.ParsePeriod(d.round.Period)
	if err != nil {
		return nil, err
	}
	dates, err := st.VisitedBy(ctx, d.round.ID)
	if err != nil {
		return nil, err
	}
	counts, err := st.PhotosOf(ctx, d.round.ID)
	if err != nil {
		return nil, err
	}
	var names []string
	visited, photos := map[string]bool{}, map[string]int{}
	for _, e := range d.roster {
		if e.Absent {
			continue
		}
		names = append(names, e.Name)
		_, visited[e.Name] = dates[e.Unit]
		photos[e.Name] = counts[e.Subject][""]
	}
	return contest.Coverage(d.doc, period, names, visited, photos), nil
}

// stages names the steps of the template that nobody recorded; one that was left
// out was recorded with the reason and blocks nothing (C07).
func (d *desk) stages(ctx context.Context, st Store) (fault.List, error) {
	if len(d.doc.Stages) == 0 {
		return nil, nil
	}
	records, err := st.StepsTaken(ctx, d.round.ID)
	if err != nil {
		return nil, err
	}
	taken := func(stage string, subject uuid.UUID) bool {
		return slices.ContainsFunc(records, func(r StageRecord) bool { return r.Stage == stage && (r.Subject == uuid.Nil || r.Subject == subject) })
	}
	var all fault.List
	for _, stage := range d.doc.Stages {
		var names []string
		for _, e := range d.roster {
			if !e.Absent && !taken(stage, e.Subject) {
				names = append(names, e.Name)
			}
		}
		if names != nil {
			all = append(all, fault.New(fault.StageMissing, "stage", stage).About(names...))
		}
	}
	return all, nil
}

// skipped tells of steps that were left out, so that it is seen by whoever
// announces and publishes (C07).
func (d *desk) skipped(ctx context.Context, st Store) (fault.List, error) {
	if len(d.doc.Stages) == 0 {
		return nil, nil
	}
	records, err := st.StepsTaken(ctx, d.round.ID)
	if err != nil {
		return nil, err
	}
	var all fault.List
	for _, r := range records {
		if !r.Skipped {
			continue
		}
		f := fault.New(fault.StageSkipped, "stage", r.Stage, "reason", strings.TrimSpace(r.Note))
		if e := d.entryOf(r.Subject); e != nil {
			f = f.About(e.Name)
		}
		all = append(all, f)
	}
	return all, nil
}
