package inbox

import (
	"slices"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/event"
)

// Kinds of items that come of no event.
const (
	IssueOverdue    = "issue.overdue"
	WebhookDisabled = "webhook.disabled"
)

// rule says whom a kind concerns.
type rule struct {
	kind     string
	to       authz.Permission // whoever holds it; "": nobody but the persons named
	anywhere bool             // in the tenant, not only where it happened
	persons  bool             // and those the event names
}

// rules is the one table of it. What everybody sees anyway, and what happens so
// often that nobody would read it (single marks), is not in it.
var rules = []rule{
	{kind: string(event.RoundNotified), to: authz.RubricRead, anywhere: true},
	{kind: string(event.RoundOpened), to: authz.MarkWrite, anywhere: true},
	{kind: string(event.RoundReopened), to: authz.MarkWrite, anywhere: true},
	{kind: string(event.RoundClosed), to: authz.RoundCompute},
	{kind: string(event.RoundComputed), to: authz.RoundAnnounce},
	{kind: string(event.RoundAnnounced), to: authz.ObjectionFile, anywhere: true},
	{kind: string(event.RoundCancelled), to: authz.RubricRead, anywhere: true},
	{kind: string(event.PublicationPublished), to: authz.PublicationRead, anywhere: true},
	{kind: string(event.PublicationRevised), to: authz.PublicationRead, anywhere: true},
	{kind: string(event.ObjectionFiled), to: authz.ObjectionDecide},
	{kind: string(event.ObjectionDecided), to: authz.ObjectionFile, persons: true},
	{kind: string(event.IssueOpened), to: authz.IssueAnswer, persons: true},
	{kind: string(event.IssueAnswered), to: authz.IssueVerify},
	{kind: string(event.IssueClosed), to: authz.IssueAnswer, persons: true},
	{kind: IssueOverdue, to: authz.IssueAnswer, persons: true},
	{kind: string(event.TaskOpened), persons: true},
	{kind: string(event.JobFinished), persons: true},
	{kind: WebhookDisabled, to: authz.WebhookWrite},
}

// Kinds lists what there can be in an inbox, in a fixed order.
func Kinds() []string {
	all := make([]string, len(rules))
	for i, r := range rules {
		all[i] = r.kind
	}
	return all
}

// ruleOf finds the rule of a kind; false where nobody is told.
func ruleOf(kind string) (rule, bool) {
	i := slices.IndexFunc(rules, func(r rule) bool { return r.kind == kind })
	if i < 0 {
		return rule{}, false
	}
	return rules[i], true
}

// needs is what holders must hold to be told and to be shown.
func (r rule) needs(unit uuid.UUID) Right {
	if r.anywhere {
		return Right{Permission: r.to}
	}
	return Right{Permission: r.to, Unit: &unit}
}

// named is what a person who is named must hold to be shown: the right to read
// events of the kind where it happened; nothing for what is personal. Those of
// things that have their own reader's right hold it anywhere: what the item
// leads to decides where.
func (r rule) named() Right {
	switch r.kind {
	case string(event.IssueOpened), string(event.IssueClosed), IssueOverdue:
		return Right{Permission: authz.IssueRead}
	}
	info, _ := event.InfoOf(event.Kind(r.kind))
	return Right{Permission: info.Permission}
}
