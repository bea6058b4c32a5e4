package fault

// Codes of a tenant's own roles.
var (
	OwnRoleKeyInvalid = register("OWN_ROLE_KEY_INVALID",
		"自定角色的标识“{value}”不正确：应以 own- 开头，后接小写字母、数字或连字符，如 own-archivist",
		"“{value}” is no key of an own role: it begins with own-, followed by lower-case letters, digits or hyphens, such as own-archivist")
	OwnRoleNoPermission = register("OWN_ROLE_NO_PERMISSION",
		"没有名为“{value}”的权限；应为权限目录中的名称，如 round:read，且不重复",
		"there is no permission “{value}”, or it is named twice; name each once as the catalogue does, for example round:read")
	OwnRoleReserved = register("OWN_ROLE_RESERVED",
		"权限“{permissions}”不能放入自定角色：授权、审定、发布、定金额等只能由系统内置角色行使",
		"the permission {permissions} cannot be put into an own role: giving rights, approving, publishing and deciding money belong to built-in roles")
	OwnRoleBeyondYours = register("OWN_ROLE_BEYOND_YOURS",
		"您在全单位范围内没有这些权限（{permissions}），不能通过自定角色授予或收回",
		"you do not hold these permissions over the whole tenant ({permissions}), so an own role cannot be given or lose them by you")
	OwnRolesTooMany = register("OWN_ROLES_TOO_MANY",
		"自定角色最多 {most} 个；请先停用不再使用的角色",
		"a tenant has at most {most} own roles; retire one that is not used first")
	OwnRoleUsed = register("OWN_ROLE_USED",
		"该角色仍有 {count} 项有效授权，不能停用；请先收回这些授权",
		"{count} grants of this role still stand, so it cannot be retired; revoke them first")
	OwnRoleRetired = register("OWN_ROLE_RETIRED",
		"该角色已停用，不能再修改；请另设一个角色",
		"this role is retired and cannot be changed; define another")
	UnitCircle = register("UNIT_CIRCLE",
		"不能把单位划到其自身或下级之下；请选择其他上级单位",
		"a unit cannot stand below itself or a unit of its own; name another unit above")
)
