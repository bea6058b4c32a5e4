package fault

// Codes of the edge.
var (
	BodyTooLarge    = register("BODY_TOO_LARGE", "请求内容过大，请分批提交", "the request body is too large; send less at once")
	BodyMalformed   = register("BODY_MALFORMED", "请求内容不是有效的 JSON，或含有未知字段", "the request body is not valid JSON or has an unknown field")
	MediaType       = register("MEDIA_TYPE", "内容类型不受支持，应为：{want}", "the media type is not supported; it should be {want}")
	QueryInvalid    = register("QUERY_INVALID", "查询语句有误：{detail}", "the query is not valid: {detail}")
	QueryTooDeep    = register("QUERY_TOO_DEEP", "查询嵌套 {have} 层，最多 {want} 层", "the query is nested {have} deep; at most {want} is allowed")
	TooManyAliases  = register("TOO_MANY_ALIASES", "查询使用了 {have} 个别名，最多 {want} 个", "the query uses {have} aliases; at most {want} are allowed")
	QueryTooComplex = register("QUERY_TOO_COMPLEX", "查询代价 {have} 超过上限 {want}，请减少字段或每页条数", "the query costs {have}, over the limit of {want}; ask for fewer fields or smaller pages")
	MutationByGet   = register("MUTATION_BY_GET", "修改操作必须使用 POST", "mutations must be sent by POST")
	CrossSite       = register("CROSS_SITE", "该请求来自其他网站，已拒绝；请在本站页面上操作", "the request comes from another site and is refused; act on a page of this one")
	WrongMethod     = register("METHOD_NOT_ALLOWED", "该地址不接受 {have} 请求，应使用：{want}", "this address takes no {have}; use {want}")
	RequestTimeout  = register("REQUEST_TIMEOUT", "处理超时，请稍后重试或缩小范围", "the request took too long; try again later or ask for less")
)
