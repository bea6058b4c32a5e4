package fault

// Codes of the audit.
var (
	AuditTenantGone = register("AUDIT_TENANT_GONE",
		"记录中有租户 {tenant} 的审计链头，但数据库里已没有这个租户；如系依规删除，请从记录中去掉该行",
		"a head of tenant {tenant} was noted, and the database has no such tenant; if it was deleted by the rules, take its line out of the file")
	AuditHeadInvalid = register("AUDIT_HEAD_INVALID",
		"审计链头文件第 {line} 行无法识别；每行应为：租户编号、序号、十六进制摘要，以空格分开",
		"line {line} of the file of heads is not understood; each line holds the tenant's id, the number and the hash in hexadecimal, apart by spaces")
	AuditBroken = register("AUDIT_BROKEN",
		"有 {count} 个租户的审计链不完整，或评分与审计不符，见上文列出的序号；请保留数据库现状并对照备份核查",
		"the audit of {count} tenants, or what it proves, does not hold, see the entries named above; keep the database as it is and compare it with a backup")
	AuditMarksMissing = register("AUDIT_MARKS_MISSING",
		"审计第 {seq} 条记录在轮次 {round} 于 {at} 录入 {want} 条评分，现仅有 {have} 条；系绕过系统改动，请对照备份核查",
		"entry {seq} of the audit entered {want} marks in round {round} at {at}, and {have} are there; it was done past the service: compare with a backup")
	AuditMarksAdded = register("AUDIT_MARKS_ADDED",
		"审计第 {seq} 条记录在轮次 {round} 于 {at} 录入 {want} 条评分，现有 {have} 条；系绕过系统改动，请对照备份核查",
		"entry {seq} of the audit entered {want} marks in round {round} at {at}, and there are {have}; it was done past the service: compare with a backup")
	AuditMarksChanged = register("AUDIT_MARKS_CHANGED",
		"审计第 {seq} 条记录在轮次 {round} 于 {at} 录入的 {want} 条评分，内容已与录入时不符；系绕过系统改动，请对照备份核查",
		"the {want} marks that entry {seq} of the audit entered in round {round} at {at} do not say any more what was entered; it was done past the service: compare with a backup")
	AuditFilterInvalid = register("AUDIT_FILTER_INVALID",
		"起始时间应早于截止时间",
		"the beginning has to be before the end")
)
