package fault

// Codes of webhooks. The second group is kept with attempts: why there is no
// answer, or why it is no success.
var (
	WebhookAddress     = register("WEBHOOK_ADDRESS", "地址不正确，应为 https:// 开头的完整网址，不带用户名和 #，最长 1000 字节", "the address is not right; it should be a whole https:// address without a user name or a fragment, of 1000 bytes at most")
	WebhookInside      = register("WEBHOOK_INSIDE", "该地址指向内部网络，不能作为推送地址；确需使用请联系运维人员放行其网段", "the address leads to an internal network and is not called; ask the operator to allow its network if it is needed")
	WebhookUnknownHost = register("WEBHOOK_UNKNOWN_HOST", "找不到该地址的主机，请检查域名", "the host of the address cannot be found; check the name")
	WebhookKindUnknown = register("WEBHOOK_KIND_UNKNOWN", "没有“{value}”这类事件，可选类别见 webhookKinds", "there is no kind of event “{value}”; webhookKinds lists those there are")
	WebhookTooMany     = register("WEBHOOK_TOO_MANY", "推送地址已达 20 个，请先删除不用的", "there are 20 endpoints already; remove one that is not used first")
	WebhookTokenNarrow = register("WEBHOOK_TOKEN_NARROW", "限定了权限范围或单位的令牌不能管理推送地址，请登录后操作", "a token that is limited to scopes or units cannot manage webhooks; sign in to do it")
	WebhookSecretMade  = register("WEBHOOK_SECRET_MADE", "密钥由系统生成，只有钉钉机器人填写其加签密钥（最长 200 字节）", "secrets are made by the system; only a DingTalk robot brings its own, of 200 bytes at most")
	WebhookNoSecret    = register("WEBHOOK_NO_SECRET", "群机器人的密钥在其平台上更换，这里不能更换", "the secret of a group's robot is changed where the robot was made, not here")
	WebhookOff         = register("WEBHOOK_OFF", "该推送地址已停用，请先启用", "the endpoint is switched off; switch it on first")
	WebhookSwitchedOff = register("WEBHOOK_SWITCHED_OFF", "该推送地址由管理人员停用", "a person switched the endpoint off")
	WebhookWaiting     = register("WEBHOOK_WAITING", "该消息正在等待发送，不需重发", "the delivery is waiting to be sent already")

	WebhookUnreachable = register("WEBHOOK_UNREACHABLE", "对方没有应答", "there was no answer")
	WebhookTimeout     = register("WEBHOOK_TIMEOUT", "对方没有在规定时间内应答", "there was no answer in time")
	WebhookInsecure    = register("WEBHOOK_INSECURE", "对方的证书不可信", "the certificate of the other side is not trusted")
	WebhookRedirected  = register("WEBHOOK_REDIRECTED", "对方要求跳转，系统不跟随跳转", "the other side asked for a redirect, which is not followed")
	WebhookSealed      = register("WEBHOOK_SEALED", "推送地址或其密钥无法解封，系统的密封密钥已不在；请更换地址和密钥，或请运维人员恢复密钥", "the address or the secret cannot be opened, because the system's key that sealed them is gone; set them anew, or ask the operator to bring the key back")
	WebhookRefused     = register("WEBHOOK_REFUSED", "对方没有接受，应答不是成功", "the other side did not take it: the answer is no success")
)
