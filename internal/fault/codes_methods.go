package fault

// Codes of second factors, identities of other issuers, sessions and the policy
// of signing in.
var (
	SignInStepOver      = register("SIGN_IN_STEP_OVER", "本次登录已超时或已完成，请从账号和密码重新开始", "this sign-in has timed out or is over; begin again with login and password")
	CodeWrong           = register("CODE_WRONG", "验证码不正确或已使用，请输入验证器当前显示的六位数字，或一个未用过的恢复码", "the code is not right or was used before; enter the six digits your authenticator shows now, or a recovery code not used yet")
	FactorInForce       = register("FACTOR_IN_FORCE", "已启用第二验证，如需更换请先停用", "a second factor is in force already; remove it before setting up another")
	FactorMissing       = register("FACTOR_MISSING", "尚未启用第二验证，请先设置", "no second factor is set up; set one up first")
	FactorRequired      = register("FACTOR_REQUIRED", "所在单位要求第二验证，不能停用", "a tenant of yours asks for a second factor; it cannot be removed")
	FactorWanted        = register("FACTOR_WANTED", "该单位要求第二验证，请重新登录并输入验证码", "that tenant asks for a second factor; sign in again with a code")
	ProofWanted         = register("PROOF_WANTED", "请输入当前密码，或重新登录后在十分钟内操作", "enter your current password, or sign in again and act within ten minutes")
	PasswordCommon      = register("PASSWORD_COMMON", "该密码过于常见，容易被猜中，请换一个", "this password is among the most common ones and easily guessed; choose another")
	PasswordReused      = register("PASSWORD_REUSED", "不能使用现在或最近用过的密码（最近 {count} 个），请换一个", "this is your password or one of the last {count}; choose another")
	PolicyOutOfRange    = register("SIGN_IN_POLICY_RANGE", "“{value}”不正确，应为 {least} 至 {most}，且不宽于平台的规定", "{value} does not do; it should be {least} to {most}, and not laxer than the operator's policy")
	PolicyFactorFirst   = register("SIGN_IN_POLICY_OWN_FACTOR", "请先为自己的账号启用第二验证并以此登录，再要求本单位人员使用", "set up a second factor for yourself and sign in with it before asking everybody for one")
	IssuerUnknown       = register("ISSUER_UNKNOWN", "没有名为“{value}”的统一身份认证，应为登录页所列之一", "there is no identity provider “{value}”; it should be one of those on the sign-in page")
	IssuerUnavailable   = register("ISSUER_UNAVAILABLE", "统一身份认证暂时无法访问，请稍后重试或使用密码登录", "the identity provider cannot be reached; try again later or use your password")
	IssuerRefused       = register("ISSUER_REFUSED", "统一身份认证未能完成，请从登录页重新开始", "the identity provider did not vouch for you; begin again at the sign-in page")
	IssuerForeignRegion = register("ISSUER_FOREIGN_REGION", "该统一身份认证不能用于其他县区的账号，请使用本县的认证或密码登录", "this identity provider signs nobody of another county in; use that of your county or your password")
	ExternalUnlinked    = register("EXTERNAL_NOT_LINKED", "该身份尚未关联任何账号，请先用密码登录后关联", "this identity is linked to no user; sign in with your password and link it first")
	ExternalTaken       = register("EXTERNAL_TAKEN", "该身份已关联账号，或您的账号已关联同一认证的另一身份，请先解除", "this identity is linked already, or your user is linked to another one of the same provider; unlink that first")
	ExternalLast        = register("EXTERNAL_LAST", "该账号没有密码，这是唯一的登录方式，不能解除；请先由归属单位为账号设置密码", "this user has no password, so this is the only way to sign in; have the home tenant set a password first")
	FactorTenantElse    = register("USER_HOME_ELSEWHERE", "该账号不属于本单位，只能由其所属单位办理", "this user belongs to another tenant; only that one can do this")

	IssuersFileInvalid = register("ISSUERS_FILE", "统一身份认证配置的“{field}”不正确，应为：{want}", "“{field}” in the file of identity providers is not right; it should be {want}")
)
