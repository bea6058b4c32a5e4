package fault

// Codes of bringing a database to the program's schema (internal/postgres/migrate).
var (
	MigrationChecksum   = register("MIGRATION_CHECKSUM", "迁移文件与校验文件 atlas.sum 不符（{file}：{reason}）；已发布的文件不得修改，新增文件后请运行 make generate", "the migrations do not match atlas.sum ({file}: {reason}); a released file must not change, and after adding one run make generate")
	MigrationChanged    = register("MIGRATION_CHANGED", "数据库中已执行的迁移 {file} 与本程序中的内容不同；请使用与该数据库相符的程序版本", "the database has another content of {file} than this program; use the program that fits the database, corrections are new files")
	MigrationOutOfOrder = register("MIGRATION_OUT_OF_ORDER", "迁移 {file} 尚未执行，但更新的 {last} 已执行；请使用包含全部迁移的程序版本", "{file} was not applied although the later {last} was; use a program that has all migrations in order")
	MigrationFailed     = register("MIGRATION_FAILED", "迁移在 {place} 处失败，该文件的更改已全部撤销：{reason}", "the migration failed at {place} and nothing of that file remains: {reason}")
	MigrationRole       = register("MIGRATION_ROLE", "数据库登录名 {login} 不能以 {role} 身份操作；请用 {role} 或其成员的连接串", "the login {login} may not act as {role}; use the connection string of {role} or of a member")
	MigrationSuperuser  = register("MIGRATION_SUPERUSER", "创建角色需要数据库超级用户，{login} 不是；请使用管理员的连接串", "making the roles needs a superuser, which {login} is not; use an administrator's connection string")
)
