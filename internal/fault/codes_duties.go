package fault

// Codes of duties that are kept apart.
var (
	DimensionRole = register("DIMENSION_ROLE", "角色“{role}”含有针对整轮、整个单位的权限（{permission}），不能只限于某些领域；请去掉领域限制，或改授只读的角色", "the role {role} holds {permission}, which is about a whole round or tenant and cannot be limited to dimensions; give it without a limit, or give a role that reads")
)
