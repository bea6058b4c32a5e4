package fault

// Codes of budgets and shares.
var (
	Throttled = register("THROTTLED", "请求过于频繁或同时进行的操作过多，请在 {seconds} 秒后重试；其他单位不受影响",
		"too many requests, or too many at once; try again in {seconds} seconds; others are not affected")
)
