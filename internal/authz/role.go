package authz

// Role is a named set of permissions that a grant gives a user at a unit and
// everywhere below it.
type Role string

// The built-in roles. What each may do is policy.csv.
const (
	CountyAdmin       Role = "county-admin"
	CountyAnalyst     Role = "county-analyst"
	DepartmentAnalyst Role = "department-analyst"
	PrefectureAdmin   Role = "prefecture-admin"
	PrefectureAnalyst Role = "prefecture-analyst"
	TownshipApprover  Role = "township-approver"
	TownshipClerk     Role = "township-clerk"
	ItemOwner         Role = "item-owner"
	Judge             Role = "judge"
	Confirmer         Role = "confirmer"
	ReviewGroup       Role = "review-group"
	VillageSecretary  Role = "village-secretary"
	VillageClerk      Role = "village-clerk"
	ResidentCadre     Role = "resident-cadre"
	LinkedLeader      Role = "linked-leader"
	FirstSecretary    Role = "first-secretary"
	Rater             Role = "rater"
	UnitLiaison       Role = "unit-liaison"
	Dashboard         Role = "dashboard"
	PlatformOperator  Role = "platform-operator"
	BreakGlass        Role = "break-glass"
)

// RoleInfo describes a role and the kinds of tenant that may grant it.
type RoleInfo struct {
	Role   Role
	In     []string // prefecture | county | township; empty: granted by the operator only
	Zh, En string
}

var (
	everywhere     = []string{"prefecture", "county", "township"}
	aboveTownships = []string{"prefecture", "county"}
)

var roles = []RoleInfo{
	{CountyAdmin, []string{"county"}, "县级管理员", "county admin"},
	{CountyAnalyst, []string{"county"}, "县级分析员", "county analyst"},
	{DepartmentAnalyst, everywhere, "部门分析员", "department analyst"},
	{PrefectureAdmin, []string{"prefecture"}, "市级管理员", "prefecture admin"},
	{PrefectureAnalyst, []string{"prefecture"}, "市级分析员", "prefecture analyst"},
	{TownshipApprover, everywhere, "审定人（组长、书记）", "approver"},
	{TownshipClerk, everywhere, "经办人（党建办）", "clerk"},
	{ItemOwner, everywhere, "单项分管领导", "item owner"},
	{Judge, everywhere, "评比小组成员", "review-group member"},
	{Confirmer, everywhere, "复核人", "confirmer"},
	{ReviewGroup, everywhere, "复核组", "review group for objections"},
	{VillageSecretary, []string{"township"}, "村党组织书记", "village secretary"},
	{VillageClerk, []string{"township"}, "村级经办人", "village clerk"},
	{ResidentCadre, []string{"township"}, "驻村干部", "resident cadre"},
	{LinkedLeader, []string{"township"}, "联村领导", "linked leader"},
	{FirstSecretary, everywhere, "第一书记", "first secretary"},
	{Rater, everywhere, "测评人员", "rater"},
	{UnitLiaison, aboveTownships, "派出单位联络员", "liaison of a sending unit"},
	{Dashboard, everywhere, "数据看板", "dashboard"},
	{PlatformOperator, []string{"platform"}, "平台运维", "platform operator"},
	{BreakGlass, nil, "应急查看", "break glass"},
}

// running are the roles that run a competition: approve, keep, own items, mark,
// confirm, review. The admin of a county or prefecture holds none of them, and
// appoints who does for the competitions of that tenant's own.
var running = []Role{TownshipApprover, TownshipClerk, ItemOwner, Judge, Confirmer, ReviewGroup}

// Roles lists every role in a fixed order; the caller may keep it.
func Roles() []RoleInfo { return append([]RoleInfo(nil), roles...) }

// RoleOf describes one role; false for one that does not exist.
func RoleOf(r Role) (RoleInfo, bool) {
	i, ok := rolePosition[r]
	if !ok {
		return RoleInfo{}, false
	}
	return roles[i], true
}

var rolePosition = func() map[Role]int {
	at := make(map[Role]int, len(roles))
	for i, info := range roles {
		at[info.Role] = i
	}
	return at
}()
