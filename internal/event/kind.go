package event

import (
	"maps"
	"slices"

	"leitai/internal/authz"
)

// Kind says what happened: object.deed.
type Kind string

// The kinds of events.
const (
	RoundNotified        Kind = "round.notified"
	RoundOpened          Kind = "round.opened"
	RoundClosed          Kind = "round.closed"
	RoundReopened        Kind = "round.reopened"
	RoundComputed        Kind = "round.computed"
	RoundAnnounced       Kind = "round.announced"
	RoundCancelled       Kind = "round.cancelled"
	PublicationPublished Kind = "publication.published"
	PublicationRevised   Kind = "publication.revised"
	ObjectionFiled       Kind = "objection.filed"
	ObjectionDecided     Kind = "objection.decided"
	MarksSubmitted       Kind = "marks.submitted" // entered, confirmed, rejected or taken back
	IssueOpened          Kind = "issue.opened"
	IssueAnswered        Kind = "issue.answered"
	IssueClosed          Kind = "issue.closed"
	TaskOpened           Kind = "task.opened"
	JobProgress          Kind = "job.progress"
	JobFinished          Kind = "job.finished"
	InboxNew             Kind = "inbox.new" // something for the persons named
)

// Reach is in which tenants' transactions row-level security shows an event at
// all. Above it stands the permission of its kind.
type Reach string

// The reaches, from narrow to wide.
const (
	Drafts    Reach = "drafts"    // where the tenant's unpublished work is read
	Tenant    Reach = "tenant"    // within the tenant
	Published Reach = "published" // where what the tenant publishes is read, too
)

// Info is who may be told of a kind.
type Info struct {
	// Permission a reader must hold at the event's unit; "" only for personal kinds.
	Permission authz.Permission
	Reach      Reach // of an event that does not say its own
	// Personal events are for the persons they name, and nobody else.
	Personal bool
}

var kinds = map[Kind]Info{
	RoundNotified:        {Permission: authz.RoundRead, Reach: Tenant},
	RoundOpened:          {Permission: authz.RoundRead, Reach: Tenant},
	RoundClosed:          {Permission: authz.RoundRead, Reach: Tenant},
	RoundReopened:        {Permission: authz.RoundRead, Reach: Tenant},
	RoundComputed:        {Permission: authz.RoundRead, Reach: Tenant},
	RoundAnnounced:       {Permission: authz.RoundRead, Reach: Tenant},
	RoundCancelled:       {Permission: authz.RoundRead, Reach: Tenant},
	PublicationPublished: {Permission: authz.PublicationRead, Reach: Published},
	PublicationRevised:   {Permission: authz.PublicationRead, Reach: Published},
	ObjectionFiled:       {Permission: authz.ObjectionRead, Reach: Drafts},
	ObjectionDecided:     {Permission: authz.ObjectionRead, Reach: Drafts},
	MarksSubmitted:       {Permission: authz.MarkDraftRead, Reach: Drafts},
	IssueOpened:          {Permission: authz.IssueRead, Reach: Drafts},
	IssueAnswered:        {Permission: authz.IssueRead, Reach: Drafts},
	IssueClosed:          {Permission: authz.IssueRead, Reach: Drafts},
	TaskOpened:           {Permission: authz.TaskRead, Reach: Drafts},
	JobProgress:          {Reach: Tenant, Personal: true},
	JobFinished:          {Reach: Tenant, Personal: true},
	InboxNew:             {Reach: Tenant, Personal: true},
}

// Kinds lists every kind, sorted.
func Kinds() []Kind { return slices.Sorted(maps.Keys(kinds)) }

// InfoOf tells who may be told of a kind; false for one that does not exist.
func InfoOf(k Kind) (Info, bool) {
	info, known := kinds[k]
	return info, known
}

// OfRound lists the kinds after which the progress of a round may look different.
func OfRound() []Kind {
	return []Kind{RoundNotified, RoundOpened, RoundClosed, RoundReopened, RoundComputed, RoundAnnounced, RoundCancelled,
		PublicationPublished, PublicationRevised, MarksSubmitted}
}

// OfPublications lists the kinds that tell of a published result.
func OfPublications() []Kind { return []Kind{PublicationPublished, PublicationRevised} }
