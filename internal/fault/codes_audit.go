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
		"有 {count} 个租户的审计链不完整，见上文列出的序号；请保留数据库现状并对照备份核查",
		"the audit of {count} tenants does not hold, see the entries named above; keep the database as it is and compare it with a backup")
	AuditFilterInvalid = register("AUDIT_FILTER_INVALID",
		"起始时间应早于截止时间",
		"the beginning has to be before the end")
)
