package fault

// Codes of rectify: what a step of an issue lacks.
var (
	IssueMeasureMissing = register("ISSUE_MEASURE_MISSING", "缺少整改措施，答复时应说明已采取的措施", "the measure is missing; an answer says what was done")
	IssueReasonMissing  = register("ISSUE_REASON_MISSING", "缺少退回理由，退回整改时应说明原因", "the reason is missing; an issue is returned with the reason why")
	IssuePersonMissing  = register("ISSUE_PERSON_MISSING", "缺少经办人，每一步都须有明确的责任人", "nobody is named for this step; every step of an issue names a person")
	IssueSamePerson     = register("ISSUE_SAME_PERSON", "销号核验人不得与答复人为同一人，应由另一人核验", "the person who answered may not verify; another person should verify")
)
