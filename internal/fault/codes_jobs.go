package fault

// Codes of long work and of exports.
var (
	JobsTooMany      = register("JOBS_TOO_MANY", "本单位已有 {have} 项后台任务在排队或进行，上限 {most} 项，请等其中一些完成或取消后再试", "{have} jobs of this tenant wait or run and {most} may; wait for some, or cancel them")
	JobOver          = register("JOB_OVER", "该任务已经结束，不能再取消", "this job has ended and cannot be cancelled any more")
	JobRightsLost    = register("JOB_RIGHTS_LOST", "提出任务的账号、令牌或单位已停用，任务未完成；请用有效账号重新提出", "the account, the token or the tenant that asked for this is no longer active, so it was not finished; ask again with one that is")
	JobGivenUp       = register("JOB_GIVEN_UP", "任务多次未能完成，已停止重试；请稍后重新提出，仍不行请将任务编号告知运维人员", "this was tried several times without success and is not tried again; ask again later, or tell the operator the job's id")
	ExportFilter     = register("EXPORT_FILTER", "“{kind}”类导出不能使用此条件，可用：{want}", "an export of {kind} takes no such condition; it takes: {want}")
	ExportFilterLack = register("EXPORT_FILTER_MISSING", "“{kind}”类导出应指明此条件", "an export of {kind} needs this condition")
	ExportTooLong    = register("EXPORT_TOO_LONG", "导出超过 {most} 行的上限，请缩小条件，或改用 CSV、JSONL 格式", "the export has more than {most} rows; narrow its conditions, or ask for CSV or JSONL")
	ExportGone       = register("EXPORT_GONE", "导出文件已过保存期并清除，请重新导出", "the file of this export was kept for its days and is gone; export again")
)
