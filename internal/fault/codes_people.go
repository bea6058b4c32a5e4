package fault

// Codes of invitations, service accounts and the state of users.
var (
	InvitationInvalid  = register("INVITATION_INVALID", "邀请链接不正确，或已被接受、撤回、过期；请向邀请人索取新的链接", "this invitation is not right, or was accepted, taken back or has expired; ask whoever invited you for a new one")
	InvitationVoid     = register("INVITATION_VOID", "邀请人已不能授予该角色，邀请作废；请向本单位管理员索取新的邀请", "whoever invited you may no longer give this role, so the invitation is void; ask an administrator for a new one")
	InvitationDays     = register("INVITATION_DAYS", "邀请有效天数“{value}”不正确，应为 1 至 14", "{value} is not a number of days for an invitation; it should be 1 to 14")
	InvitationEnded    = register("INVITATION_ENDED", "该邀请已被接受、撤回或过期，不能再撤回", "this invitation was accepted, taken back or has expired already")
	InvitationPerson   = register("INVITATION_PERSON", "应填写本单位人员或姓名，二者只填其一", "name either a person of the tenant or somebody's name, not both")
	InvitationSignedIn = register("INVITATION_SIGNED_IN", "您已登录：请以当前账号接受邀请，或先退出再开设新账号", "you are signed in: accept with the present user, or sign out first to make a new one")
	InvitationOneProof = register("INVITATION_ONE_PROOF", "接受邀请应设置密码，或用统一身份认证，二者只选其一", "accept with a password or with an identity provider, one of the two")
	UserNotHome        = register("USER_NOT_HOME", "该账号归属其他单位，密码、停用和启用由其归属单位办理；您可以收回本单位授予的角色", "this user belongs to another tenant, whose people alone reset the password, disable and enable it; you can take back the roles you gave")
	UserIndispensable  = register("USER_INDISPENSABLE", "该账号是某单位最后一名管理员，不能停用；请先授予另一名管理员", "this user is some tenant's last administrator; give the role to somebody else first")
	UserSelf           = register("USER_SELF", "不能停用自己的账号，应由另一名管理员办理", "one cannot disable the own user; another administrator should")
	ServiceReviewDate  = register("SERVICE_REVIEW_DATE", "复核日期“{value}”不正确，应在明天至一年之内（最迟 {most}）", "“{value}” is not right for the review; it should be from tomorrow to a year ahead ({most} at the latest)")
	ServiceReviewDue   = register("SERVICE_REVIEW_DUE", "该服务账号已过复核日期（{on}），请先复核再办理", "this service account is past its review ({on}); review it first")
	ServiceDisabled    = register("SERVICE_DISABLED", "该服务账号已停用，请新建账号", "this service account is disabled; make a new one")
	ServiceAccountUser = register("SERVICE_ACCOUNT_USER", "这是服务账号，没有密码；请在服务账号中停用或复核", "this is a service account, which has no password; disable or review it among the service accounts")
	TokenUnitOutside   = register("TOKEN_UNIT_OUTSIDE", "单位不在本单位范围内，令牌只能限定在本单位或下级", "this unit is outside the tenant; a token can be limited to the tenant's units only")
	TokenBeyondYours   = register("TOKEN_BEYOND_YOURS", "您在此没有权限“{scope}”，不能为他人建立含此权限的令牌", "you do not hold “{scope}” there, so you cannot make a token with it for somebody else")
)
