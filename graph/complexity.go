package graph

import (
	"leitai/graph/exec"
	"leitai/graph/model"
	"leitai/internal/calendar"
	"leitai/internal/paging"
)

// What a field costs before anything is resolved: 1 for itself and, for a list,
// what its members cost times how many there may be. A page counts with the
// size asked for, a whole list with a usual size, a computation with what it
// takes beyond reading.
const (
	few       = 5   // members of a group, revisions, warnings
	listed    = 25  // villages of a township and what there is one of for each
	many      = 60  // accounts, people with a role
	yearly    = 36  // rounds of a year
	computing = 300 // a computation of a round
)

// sized is the cost of a page of a connection.
func sized(child int, first, last *int) int {
	n := paging.DefaultSize
	for _, asked := range []*int{first, last} {
		if asked != nil {
			n = min(max(*asked, 1), paging.MaxSize)
		}
	}
	return 1 + n*child
}

// times makes the cost of a whole list.
func times(n int) func(int) int { return func(child int) int { return 1 + n*child } }

func complexity() exec.ComplexityRoot {
	var c exec.ComplexityRoot
	connections(&c)
	lists(&c)
	loading(&c)
	postingLists(&c)
	longWork(&c)
	computations(&c)
	observing(&c)
	preparing(&c)
	comparing(&c)
	telling(&c)
	overlooking(&c)
	return c
}

// page is the cost of a connection without a filter.
func page(child int, first *int, _ *string, last *int, _ *string) int {
	return sized(child, first, last)
}

func connections(c *exec.ComplexityRoot) {
	c.Query.People, c.Query.Competitions = page, page
	c.Competition.Rounds, c.Round.Marks, c.Unit.Children, c.Query.Invitations = page, page, page, page
	c.Query.Users = func(child int, _ *string, first *int, _ *string, last *int, _ *string) int {
		return sized(child, first, last)
	}
	c.Query.Templates = func(child int, _ *string, first *int, _ *string, last *int, _ *string) int {
		return sized(child, first, last)
	}
	c.Query.Rounds = func(child int, _ *model.RoundState, first *int, _ *string, last *int, _ *string) int {
		return sized(child, first, last)
	}
	c.Query.Outcomes = func(child int, _ *string, _ *model.OutcomeState, first *int, _ *string, last *int, _ *string) int {
		return sized(child, first, last)
	}
	c.Query.Units = func(child int, _ *string, _ *model.UnitLevel, _ *string, first *int, _ *string, last *int, _ *string) int {
		return sized(child, first, last)
	}
}

// longWork gives the costs of jobs.
func longWork(c *exec.ComplexityRoot) {
	c.Query.Jobs = func(child int, _ *model.JobState, first *int, _ *string, last *int, _ *string) int {
		return sized(child, first, last)
	}
}

func postingLists(c *exec.ComplexityRoot) {
	c.Query.Postings = func(child int, _ *string, _ *model.PostingStage, first *int, _ *string, last *int, _ *string) int {
		return sized(child, first, last)
	}
	c.Query.PostingDemands = func(child int, _ string) int { return 1 + many*child }
	c.Query.OutstandingCadres = func(child int, _ string) int { return 1 + many*child }
	c.PostingRecord.Checks, c.PostingRecord.Steps, c.PostingRecord.Leaves, c.PostingRecord.Inspections = times(few), times(few), times(few), times(few)
	c.PostingRecord.Months, c.PostingRecord.Targets, c.PostingRecord.Duties = times(listed), times(listed), times(listed)
	c.PostingRecord.Events, c.PostingRecord.Supports, c.PostingRecord.Grades = times(listed), times(few), times(few)
}

func lists(c *exec.ComplexityRoot) {
	followed(c)
	c.Board.Rows, c.Rollup.Rows, c.Rollup.Outcomes = times(listed), times(listed), times(listed)
	c.Round.Roster, c.Round.Receptions, c.Round.Decisions = times(listed), times(listed), times(few)
	c.Round.Rubric, c.Round.Panels, c.Round.Publications = times(listed), times(few), times(few)
	c.Panel.Members, c.Panel.Units, c.Entry.Links = times(few), times(listed), times(few)
	c.Explanation.Lines, c.Explanation.Lost, c.TraceLine.Channels = times(listed), times(listed), times(few)
	c.Account.Entries, c.Issue.Events, c.Person.Posts = times(listed), times(few), times(few)
	c.Competition.RollupKinds, c.Competition.BallotKinds, c.RollupKind.Parts = times(few), times(few), times(few)
	c.Competition.Versions, c.Viewer.Roles, c.Query.Tenants = times(few), times(few), times(listed)
	c.Query.Adoptions, c.Query.Grants = times(listed), times(many)
	c.Poll.Subjects, c.Poll.Groups, c.Poll.Options, c.Poll.Results, c.Poll.Lights = times(listed), times(few), times(few), times(listed), times(few)
	c.Query.Polls = func(child int, _ string, _ *string) int { return 1 + few*child }
	c.Query.Tokens = func(child int, _ *bool) int { return 1 + few*child }
	c.Query.Accounts = func(child int, _ string, _, _ *string) int { return 1 + many*child }
	c.Query.Rollups = func(child int, _ string) int { return 1 + few*child }
	c.Query.Calendar = func(child, _ int) int { return 1 + yearly*child }
	c.Query.CalendarDays = func(child, _ int) int { return 1 + yearly*child }
}

// followed are the lists of what follows from results and of units.
func followed(c *exec.ComplexityRoot) {
	c.Query.Tasks = func(child int, _ *model.TaskState, _ *calendar.Date, first *int, _ *string, last *int, _ *string) int {
		return sized(child, first, last)
	}
	c.Task.Executors, c.Pair.Exchanges, c.Handover.Items, c.RollupRow.Parts = times(few), times(few), times(few), times(few)
	c.Query.GroupSets, c.GroupSet.Classes, c.UnitProposal.Units, c.Unit.Successions = times(few), times(few), times(few), times(few)
	c.Query.UnitProposals, c.Query.Handovers, c.Submission.Parts = times(listed), times(listed), times(few)
	c.Query.ClassedUnits = func(child int, _ string, _ *calendar.Date) int { return 1 + many*child }
	c.Query.Findings = func(child int, _ string) int { return 1 + listed*child }
	c.Query.Pairs = func(child int, _ string) int { return 1 + listed*child }
	c.Query.PairsSuggested = func(child int, _ string) int { return 1 + few*child }
	c.Query.PairShortfalls = func(child int, _, _ string) int { return 1 + few*child }
	c.Query.OpenWork = func(child int, _ string) int { return 1 + listed*child }
	c.Query.AskedDocuments = func(child int, _ string, _ int) int { return 1 + many*child }
	c.Query.ItemStandings = func(child int, _ string, _ int) int { return computing + many*child }
	c.Query.YearEnd = func(child int, _ string, _ int) int { return computing + listed*child }
	c.Query.PreferredPersons = func(child, _ int) int { return 1 + listed*child }
}

func computations(c *exec.ComplexityRoot) {
	c.Preview.Rows, c.Preview.Outcomes, c.Preview.Changes = times(listed), times(listed), times(listed)
	c.Query.RoundPreview = func(child int, _ string) int { return computing + child }
	c.Query.Explain = func(child int, _, _ string, _ *int) int { return computing + child }
	c.Query.Simulate = func(child int, _ string, _ []*model.ChannelWeightInput, _ *model.SettingsInput) int {
		return yearly*computing + child
	}
	c.Query.RollupPreview = func(child int, _, _, _, _ string) int { return computing + listed*child }
	c.Query.TemplateCheck = func(child int, _ string) int { return few + child }
	c.Query.TemplateDiff = func(child int, _, _ string) int { return many * child }
	c.Round.ToMark, c.Round.Figures, c.Round.GradeDecisions = times(listed), times(listed), times(listed)
	c.Round.Recused, c.Round.FiguresNeeded = times(few), times(few)
	c.Round.SpeakingOrder = func(_ int, _ string) int { return listed }
	c.Board.Grades, c.Preview.Grades, c.GradeResult.Lines = times(few), times(few), times(listed)
	c.Query.Severity = func(child int, _ string) int { return computing + listed*child }
	c.Query.HeldContests = func(child int, _ string) int { return 1 + many*child }
	c.Round.Blockers = func(child int, _ model.RoundState) int { return few * (listed + child) }
}
