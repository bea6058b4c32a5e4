package fault

// Codes of facts for dashboards and of apps of third parties.
var (
	FactsSinceInvalid   = register("FACTS_SINCE_INVALID", "“{value}”不是增量位置，应为上一次读取时返回的 since", "“{value}” is no place to go on from; it should be the since of an answer before")
	FactsMeasureUnknown = register("FACTS_MEASURE_UNKNOWN", "没有名为“{value}”的指标，应为 {want} 之一", "there is no measure “{value}”; it should be one of {want}")
	FactsPeriodOrder    = register("FACTS_PERIOD_ORDER", "起始期次 {from} 晚于截止期次 {to}", "the first period {from} is after the last one, {to}")
	FactsParameter      = register("FACTS_PARAMETER", "不支持参数“{value}”，可用的有 {want}", "there is no parameter “{value}”; those there are: {want}")
	FactsParameterTwice = register("FACTS_PARAMETER_TWICE", "参数“{value}”只能出现一次", "the parameter “{value}” can be given once only")
	FactsTooMany        = register("FACTS_TOO_MANY", "一次最多导出 {most} 次发布的数据，应以 from、to、unit 或 since 缩小范围", "an export holds at most {most} publications; narrow it with from, to, unit or since")
	AppTenantWanted     = register("APP_TENANT_WANTED", "应用的令牌须同时写明要读取的单位：Leitai-Tenant 头或 Basic 的用户名写区划代码", "the token of an app has to name the tenant it reads: a unit code in the header Leitai-Tenant, or as the user of Basic")
	AppOrigin           = register("APP_ORIGIN", "“{value}”不是可以登记的网页来源，应为 https://主机名[:端口]，不含路径和 *", "“{value}” cannot be an origin; it should be https://host[:port] without a path and without *")
	AppOriginTwice      = register("APP_ORIGIN_TWICE", "网页来源“{value}”写了两次", "the origin “{value}” is named twice")
	AppOrigins          = register("APP_ORIGINS", "网页来源最多 {most} 个", "an app has at most {most} origins")
	AppScope            = register("APP_SCOPE", "“{value}”不是应用可以申请的权限，应为 {want} 之一", "“{value}” is nothing an app can ask for; it should be one of {want}")
	AppEnded            = register("APP_ENDED", "该应用已停用", "the app has ended")
	AppConsented        = register("APP_CONSENTED", "本单位已同意该应用读取；如需更改期限，应先撤回", "the tenant has consented to this app already; withdraw that first to change its end")
	AppConsentOver      = register("APP_CONSENT_OVER", "该同意已撤回", "the consent is withdrawn already")
	AppDays             = register("APP_DAYS", "同意的期限为 {value} 天，应为 1 至 365 天", "the consent would last {value} days; it should be 1 to 365")
	AppReason           = register("APP_REASON", "应写明撤回的理由（不超过 500 字）", "give the reason why it is withdrawn, at most 500 characters")
	AppNotHere          = register("APP_NOT_HERE", "只有平台、市级和县级单位可以登记应用", "apps are registered by the platform, prefectures and counties")
	SandboxExists       = register("SANDBOX_EXISTS", "沙箱县已建立，用 leitai sandbox token 发放令牌", "the fictional county is there already; make tokens with leitai sandbox token")
	SandboxMissing      = register("SANDBOX_MISSING", "沙箱县尚未建立，应先运行 leitai sandbox open", "there is no fictional county yet; run leitai sandbox open first")
)
