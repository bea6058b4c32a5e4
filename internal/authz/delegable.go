package authz

// row is how the catalogue is written down.
type row struct {
	Permission                Permission
	Writes, Unpublished, Wide bool
	Zh, En                    string
}

func described(rows []row) []Info {
	list := make([]Info, len(rows))
	for i, r := range rows {
		list[i] = Info{Permission: r.Permission, Writes: r.Writes, Unpublished: r.Unpublished, Wide: r.Wide, Delegable: delegable[r.Permission], Zh: r.Zh, En: r.En}
	}
	return list
}

// delegable are the permissions that a tenant's own role may give. What is not
// here is not: acts that give rights or make tenants, those that the schemes
// reserve to a tenant's head (审定、发布、确认、定金额、审批), those that two
// officials do, what is sealed or personal, and every permission that is new
// until somebody has thought about it.
var delegable = setOf(
	UnitRead, UnitClassify, UnitPropose, TenantRead, OrganisationWrite, PostWrite, CalendarRead, CalendarWrite,
	TemplateRead, TemplateWrite, CompetitionRead, CompetitionWrite, RoundRead, RoundPlan, RoundNotify, PanelWrite,
	RubricRead, RubricWrite, RoundOpen, RoundClose, ReceptionWrite, MarkDraftRead, MarkWrite, MarkConfirm, MissingDecide,
	FigureWrite, FigureConfirm, RoundCompute, ResultDraftRead, RoundAnnounce, ObjectionRead, ObjectionFile, PublicationRead,
	OutcomeRead, OutcomeExecute, TaskRead, TaskExecute, FindingWrite, PairingWrite, SubmissionRead, SubmissionWrite,
	AccountRead, IssueRead, IssueOpen, IssueAnswer, IssueVerify, IssuePlan, EvidenceRead, EvidenceWrite,
	VisitRead, VisitWrite, SupervisionWrite, HighlightRead, HighlightWrite, BallotWrite, BallotRead,
	PostingRead, PostingWrite, StatementWrite, DocumentRead, ExportRequest, TokenWrite, InboxRead, InboxWrite,
)

func setOf(list ...Permission) map[Permission]bool {
	set := make(map[Permission]bool, len(list))
	for _, p := range list {
		set[p] = true
	}
	return set
}
