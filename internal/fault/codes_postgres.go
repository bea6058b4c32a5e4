package fault

// Codes of the store: what the database refuses at the start, and what its
// triggers refuse whatever the application thinks.
var (
	DatabaseRoleTooWeak = register("DATABASE_ROLE_TOO_WEAK",
		"数据库角色 {role} 看不到所有租户的记录；请使用 {want} 的连接串",
		"the database role {role} does not see the rows of every tenant; use the DSN of {want}")
	DatabaseRoleTooStrong = register("DATABASE_ROLE_TOO_STRONG",
		"数据库账号“{role}”权限过大（{reason}），会绕过租户隔离；请改用 leitai_app 这样的普通账号",
		"the database role “{role}” is too strong ({reason}) and would walk around the isolation of tenants; use an ordinary role such as leitai_app")
	DatabaseSchemaOld = register("DATABASE_SCHEMA_OLD",
		"数据库结构版本为“{have}”，本程序需要“{want}”；请先执行 leitai migrate up",
		"the database's schema is at version “{have}”, this program needs “{want}”; run leitai migrate up first")
	RecordSealed = register("RECORD_SEALED",
		"该记录只可追加，不能修改或删除；请追加一条更正记录",
		"this record is append-only and cannot be changed or removed; add a correcting record instead")
	RecordHomeFixed = register("RECORD_HOME_FIXED",
		"记录所属的租户和地区不能更改",
		"the tenant and region a record belongs to cannot be changed")
	TemplateFrozen = register("TEMPLATE_FROZEN",
		"已启用的方案模板不能修改；请新建一个版本",
		"an active template cannot be changed; make a new version instead")
	RoundNotOpenForMarks = register("ROUND_NOT_OPEN_FOR_MARKS",
		"本轮不在评分阶段，不能录入评分；请在评比开始后、结束前录入",
		"the round is not open, so it takes no marks; enter them after it opens and before it closes")
	TextUnkeepable = register("TEXT_UNKEEPABLE",
		"文字中含有无法保存的字符（如空字符 U+0000），请删除后重试",
		"the text holds a character that cannot be kept, such as U+0000; remove it and try again")
	TextTooLong = register("TEXT_TOO_LONG",
		"文字过长：现有 {have} 个字，最多 {most} 个字，请精简后再提交",
		"the text has {have} characters; it should have at most {most}")
)

// Codes of importing the table of divisions into the tree of units.
var (
	ImportSubsetUnknown = register("IMPORT_SUBSET_UNKNOWN",
		"区划表中没有代码“{code}”；请填写表中存在的省、市、县、乡或村代码",
		"the table has no division “{code}”; name one that it holds")
	ImportEditionOld = register("IMPORT_EDITION_OLD",
		"日期 {date} 不晚于单位 {code} 的启用日期，无法停用该单位；请使用更晚的日期",
		"{date} is not after the day on which {code} came into being, so it cannot end on that day; use a later date")
)
