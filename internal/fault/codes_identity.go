package fault

// Codes of signing in, passwords and tokens.
var (
	LoginFailed         = register("LOGIN_FAILED", "账号或密码不正确，请核对后重试", "the login or the password is not right; check both and try again")
	LoginThrottled      = register("LOGIN_THROTTLED", "尝试过于频繁，请在 {seconds} 秒后重试", "too many attempts; try again in {seconds} seconds")
	LoginNoTenant       = register("LOGIN_NO_TENANT", "您的账号尚未获得任何单位的授权，请联系本单位管理员", "your user holds no role in any tenant yet; ask your administrator for one")
	LoginNameInvalid    = register("LOGIN_NAME_INVALID", "账号“{value}”不正确，应为 2 至 64 个小写字母、数字或 . _ @ -，并以字母或数字开头", "“{value}” cannot be a login; it should be 2 to 64 lower-case letters, digits or . _ @ -, beginning with a letter or digit")
	PasswordWeak        = register("PASSWORD_WEAK", "密码不符合要求，应为 {least} 至 {most} 个字符，含大写字母、小写字母、数字、其他符号中的至少 {classes} 类，且不包含账号", "the password is too weak; it should have {least} to {most} characters, at least {classes} of capital letters, small letters, digits and other signs, and not contain the login")
	PasswordWrong       = register("PASSWORD_WRONG", "当前密码不正确，请重新输入", "the current password is not right; enter it again")
	SessionNeeded       = register("SESSION_NEEDED", "令牌不能办理此事，请登录后操作", "a token cannot do this; sign in with your password")
	UserHoldsElsewhere  = register("USER_HOLDS_ELSEWHERE", "该账号在其他单位也有角色，密码只能由本人修改", "this user holds roles in another tenant, too; only they can change the password")
	UserAboveYou        = register("USER_ABOVE_YOU", "该账号拥有您没有的权限（{permissions}），密码不能由您重置", "this user holds permissions you do not hold ({permissions}); you cannot reset the password")
	PersonHasUser       = register("PERSON_HAS_USER", "该人员已有账号，应先解除关联", "this person has a user already; unlink that one first")
	UserHasPerson       = register("USER_HAS_PERSON", "该账号已关联本单位另一人员，每个账号只能关联一人", "this user is linked to another person of the tenant; a user can be linked to one only")
	TokenDaysInvalid    = register("TOKEN_DAYS_INVALID", "有效天数“{value}”不正确，应为 1 至 365", "{value} is not a token's number of days; it should be 1 to 365")
	TokenScopeUnknown   = register("TOKEN_SCOPE_UNKNOWN", "没有名为“{scope}”的权限，应为权限目录中的一项，例如 publication:read", "there is no permission “{scope}”; it should be one of the catalogue, such as publication:read")
	TokenScopeTwice     = register("TOKEN_SCOPE_TWICE", "权限“{scope}”重复，每项只应出现一次", "the permission “{scope}” stands twice; it should stand once")
	TokenNothingToWrite = register("TOKEN_NOTHING_TO_WRITE", "该令牌的权限范围只含读取，不需要写入许可；如需写入，请新建含写入权限的令牌", "the token's scopes only read, so there is nothing to approve; make a token with a writing scope")
	TokenScopeNotPublic = register("TOKEN_SCOPE_NOT_PUBLISHED", "代他人建立的令牌只能读取已公布的内容，“{scope}”不在其列", "a token made for another user may only read what is published; “{scope}” is not that")
	TokenEnded          = register("TOKEN_ENDED", "该令牌已撤销或到期，请新建令牌", "the token was revoked or has expired; make a new one")
)
