package authz

import "strings"

// Permission is one right, written object:action. Unpublished data is an object
// of its own (mark.draft, result.draft), so that readers of rankings never
// reach it.
type Permission string

// The catalogue. Info says of each whether it writes and what it is for.
const (
	UnitRead          Permission = "unit:read"
	UnitClassify      Permission = "unit:classify"
	UnitPropose       Permission = "unit:propose"
	UnitDecide        Permission = "unit:decide"
	TenantRead        Permission = "tenant:read"
	TenantProvision   Permission = "tenant:provision"
	TenantAdopt       Permission = "tenant:adopt"
	TenantExport      Permission = "tenant:export"
	TenantLeave       Permission = "tenant:leave"
	OrganisationWrite Permission = "organisation:write"
	PersonRead        Permission = "person:read"
	PersonWrite       Permission = "person:write"
	PostWrite         Permission = "post:write"
	CalendarRead      Permission = "calendar:read"
	CalendarWrite     Permission = "calendar:write"
	GrantRead         Permission = "grant:read"
	GrantWrite        Permission = "grant:write"
	UserCreate        Permission = "user:create"
	TokenWrite        Permission = "token:write"
	TokenApprove      Permission = "token:approve"
	AppWrite          Permission = "app:write"
	AppConsent        Permission = "app:consent"
	TemplateRead      Permission = "template:read"
	TemplateWrite     Permission = "template:write"
	TemplateActivate  Permission = "template:activate"
	CompetitionRead   Permission = "competition:read"
	CompetitionWrite  Permission = "competition:write"
	RoundRead         Permission = "round:read"
	RoundPlan         Permission = "round:plan"
	RoundNotify       Permission = "round:notify"
	PanelWrite        Permission = "panel:write"
	RubricRead        Permission = "rubric:read"
	RubricWrite       Permission = "rubric:write"
	RubricPublish     Permission = "rubric:publish"
	RoundOpen         Permission = "round:open"
	RoundClose        Permission = "round:close"
	RoundReopen       Permission = "round:reopen"
	RoundCancel       Permission = "round:cancel"
	ReceptionWrite    Permission = "reception:write"
	MarkDraftRead     Permission = "mark.draft:read"
	MarkWrite         Permission = "mark:write"
	MarkConfirm       Permission = "mark:confirm"
	MissingDecide     Permission = "missing:decide"
	FigureWrite       Permission = "figure:write"
	FigureConfirm     Permission = "figure:confirm"
	GradeDecide       Permission = "grade:decide"
	RoundCompute      Permission = "round:compute"
	ResultDraftRead   Permission = "result.draft:read"
	RoundAnnounce     Permission = "round:announce"
	RoundPublish      Permission = "round:publish"
	ObjectionRead     Permission = "objection:read"
	ObjectionFile     Permission = "objection:file"
	ObjectionDecide   Permission = "objection:decide"
	PublicationRead   Permission = "publication:read"
	SealedRead        Permission = "sealed:read"
	OutcomeRead       Permission = "outcome:read"
	OutcomeConfirm    Permission = "outcome:confirm"
	OutcomeExecute    Permission = "outcome:execute"
	TaskRead          Permission = "task:read"
	TaskExecute       Permission = "task:execute"
	FindingWrite      Permission = "finding:write"
	PairingWrite      Permission = "pairing:write"
	SubmissionRead    Permission = "submission:read"
	SubmissionWrite   Permission = "submission:write"
	HandoverWrite     Permission = "handover:write"
	HistoryImport     Permission = "history:import"
	MoneyDecide       Permission = "money:decide"
	MoneyApprove      Permission = "money:approve"
	MoneyExecute      Permission = "money:execute"
	AccountRead       Permission = "account:read"
	IssueRead         Permission = "issue:read"
	IssueOpen         Permission = "issue:open"
	IssueAnswer       Permission = "issue:answer"
	IssueVerify       Permission = "issue:verify"
	IssuePlan         Permission = "issue:plan"
	EvidenceRead      Permission = "evidence:read"
	EvidenceWrite     Permission = "evidence:write"
	VisitRead         Permission = "visit:read"
	VisitWrite        Permission = "visit:write"
	SupervisionWrite  Permission = "supervision:write"
	HighlightRead     Permission = "highlight:read"
	HighlightWrite    Permission = "highlight:write"
	HighlightShare    Permission = "highlight:share"
	BallotWrite       Permission = "ballot:write"
	BallotClose       Permission = "ballot:close"
	BallotRead        Permission = "ballot:read"
	PostingRead       Permission = "posting:read"
	PostingWrite      Permission = "posting:write"
	PostingFile       Permission = "posting:file"
	PostingConfirm    Permission = "posting:confirm"
	StatementWrite    Permission = "statement:write"
	InspectionWrite   Permission = "inspection:write"
	RollupPublish     Permission = "rollup:publish"
	ComparisonWrite   Permission = "comparison:write"
	AuditRead         Permission = "audit:read"
	TrialWipe         Permission = "trial:wipe"
	DocumentRead      Permission = "document:read"
	ExportRequest     Permission = "export:request"
	UsageRead         Permission = "usage:read"
	SignupRead        Permission = "signup:read"
	SignupDecide      Permission = "signup:decide"
	PlatformRead      Permission = "platform:read"
	PlatformWrite     Permission = "platform:write"
	GlassRead         Permission = "glass:read"
	GlassEnd          Permission = "glass:end"
	WebhookRead       Permission = "webhook:read"
	WebhookWrite      Permission = "webhook:write"
	InboxRead         Permission = "inbox:read"
	InboxWrite        Permission = "inbox:write"
)

// Info describes a permission.
type Info struct {
	Permission  Permission
	Writes      bool   // refused to a read-only token
	Unpublished bool   // its object is not published: a role that holds it reads unpublished rows
	Wide        bool   // its object belongs to the township as a whole, see Decider
	Delegable   bool   // a tenant's own role may give it
	Zh, En      string // what it lets one do
}

// Object and Action are the two halves of the name.
func (p Permission) split() (object, action string) {
	object, action, _ = strings.Cut(string(p), ":")
	return object, action
}

// Known reports whether the catalogue has the permission.
func Known(p Permission) bool { _, ok := position[p]; return ok }

// Catalogue lists every permission in a fixed order; the caller may keep it.
func Catalogue() []Info { return append([]Info(nil), catalogue...) }

// InfoOf describes one permission; false for one the catalogue does not have.
func InfoOf(p Permission) (Info, bool) {
	i, ok := position[p]
	if !ok {
		return Info{}, false
	}
	return catalogue[i], true
}

var position = func() map[Permission]int {
	at := make(map[Permission]int, len(catalogue))
	for i, info := range catalogue {
		at[info.Permission] = i
	}
	return at
}()
