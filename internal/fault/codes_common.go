package fault

// Codes that any room may answer with.
var (
	NotFound        = register("NOT_FOUND", "没有找到该对象，或您无权查看", "nothing is found under this id, or you may not see it")
	Forbidden       = register("FORBIDDEN", "您没有此项权限（{permission}）", "you do not hold the permission {permission} here")
	Unauthenticated = register("UNAUTHENTICATED", "请先登录或提供有效的令牌", "sign in or send a valid token first")
	Invalid         = register("INVALID", "取值“{value}”不正确，应为：{want}", "the value “{value}” is not right; it should be {want}")
	Required        = register("REQUIRED", "此项必填：{want}", "this is required: {want}")
	StaleRevision   = register("STALE_REVISION", "内容已被他人修改（当前版本 {have}），请刷新后重试", "somebody changed this meanwhile (it is at revision {have}); reload and try again")
	AlreadyExists   = register("ALREADY_EXISTS", "“{value}”已存在", "“{value}” exists already")
	WrongState      = register("WRONG_STATE", "当前状态为“{state}”，此操作要求：{want}", "the state is {state}; this needs {want}")
	Internal        = register("INTERNAL", "系统内部错误，请将请求编号告知运维人员", "an internal error; please tell the operator the request id")
)
