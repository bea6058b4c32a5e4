package fault

// Codes of GraphQL over HTTP: how a request is written, what it may cost,
// operations known by their hash, and mutations that are sent again.
var (
	NotAcceptable    = register("NOT_ACCEPTABLE", "无法以所要求的格式回答，可用格式：{want}", "none of the formats asked for can be answered; there are: {want}")
	BatchRefused     = register("BATCH_REFUSED", "一次请求只接受一个操作，不接受操作数组", "a request takes one operation, not a list of them")
	BodyTooDeep      = register("BODY_TOO_DEEP", "请求内容的 JSON 嵌套超过 {want} 层", "the JSON of the request is nested deeper than {want}")
	ParameterUnknown = register("PARAMETER_UNKNOWN", "请求中有未知参数，可用参数：{want}", "the request has an unknown parameter; there are: {want}")
	ParameterTwice   = register("PARAMETER_TWICE", "请求参数重复，每个参数只能出现一次", "a parameter of the request stands there twice; send each once")
	ParameterType    = register("PARAMETER_TYPE", "请求参数类型不符，应为：{want}", "a parameter of the request has the wrong type; it should be {want}")
	URLMalformed     = register("URL_MALFORMED", "地址中的参数编码有误，请按 URL 编码发送", "the parameters of the address are not encoded as a URL takes them")

	QueryTooLarge     = register("QUERY_TOO_LARGE", "展开片段后查询选择的字段超过 {want} 个", "with its fragments spread out the query selects more than {want} fields")
	QueryTooManyNodes = register("QUERY_TOO_MANY_NODES", "查询最多可能返回 {have} 个对象，上限 {want} 个，请减小每页条数", "the query may answer with {have} objects, over the limit of {want}; ask for smaller pages")
	InputTooDeep      = register("INPUT_TOO_DEEP", "查询中的参数值嵌套 {have} 层，最多 {want} 层", "a value in the query is nested {have} deep; at most {want} is allowed")
	OneOf             = register("ONE_OF", "该输入项须且只须填写其中一项，且不得为空：{want}", "exactly one of these has to be given, and not be empty: {want}")

	PersistedQueryNotFound = register("PERSISTED_QUERY_NOT_FOUND", "没有这个摘要对应的操作，请连同查询语句一起发送", "no operation is known by this hash; send it with its text")
	PersistedQueryHash     = register("PERSISTED_QUERY_HASH", "摘要应为查询语句的 SHA-256（64 位小写十六进制），版本应为 1", "the hash should be the SHA-256 of the query in 64 lower-case hexadecimal digits, of version 1")
	DocumentNotTrusted     = register("DOCUMENT_NOT_TRUSTED", "该令牌只能执行已登记的操作，请先登记此操作", "this token may ask registered operations only; register this one first")
	DocumentInvalid        = register("DOCUMENT_INVALID", "要登记的操作有误，应为一个有效的操作：{detail}", "what is to be registered should be one valid operation: {detail}")
	DocumentsMost          = register("DOCUMENTS_MOST", "登记的操作最多 {want} 个，请先停用不再使用的", "at most {want} operations can be registered; retire those no longer used")

	IdempotencyKeyInvalid    = register("IDEMPOTENCY_KEY_INVALID", "幂等键应为 1–200 个可见的 ASCII 字符，且请求头与 @idempotent 一致", "an idempotency key has 1 to 200 visible ASCII characters, the same in the header and in @idempotent")
	IdempotencyBusy          = register("IDEMPOTENCY_BUSY", "同一幂等键的请求正在处理，请稍后再取结果", "a request with this idempotency key is under way; ask again a little later")
	IdempotencyKeyReused     = register("IDEMPOTENCY_KEY_REUSED", "该幂等键已用于另一内容的请求，新的请求须用新的键", "this idempotency key was used for a different request; a new request needs a new key")
	IdempotencyAnswerNotKept = register("IDEMPOTENCY_ANSWER_NOT_KEPT", "该请求此前已办理，但答复未能保存；请查询结果，不要重复办理", "the request was carried out before, but its answer was not kept; look up the result instead of sending it again")
)
