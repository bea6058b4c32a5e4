package fault

// Codes of the demonstration.
var (
	DemoDatabaseInUse = register("DEMO_DATABASE_IN_USE",
		"数据库“{database}”中有非演示的租户，演示程序不会使用它；请换一个数据库或数据目录",
		"the database “{database}” holds tenants that are no demonstration, so the demonstration leaves it alone; name another database or data folder")
	DemoDSNNotURL = register("DEMO_DSN_NOT_A_URL",
		"演示需要形如 postgres://用户:密码@主机:端口/postgres 的管理员连接地址",
		"the demonstration needs an administrator's DSN of the form postgres://user:password@host:port/postgres")
)
