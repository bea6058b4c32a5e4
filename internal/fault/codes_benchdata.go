package fault

// Codes of the reference data of the benchmarks.
var (
	BenchDatabaseInUse = register("BENCH_DATABASE_IN_USE",
		"数据库“{database}”中已有租户或虚构省份，基准数据只写入刚迁移的空库；请换一个数据库",
		"the database “{database}” already holds tenants or the fictional province; reference data goes into a freshly migrated, empty one: name another database")
)
