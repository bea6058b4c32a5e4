package fault

// Codes of subscriptions.
var (
	StreamWanted   = register("STREAM_WANTED", "订阅须通过 WebSocket（graphql-transport-ws）或 Accept: text/event-stream 的 POST 请求（graphql-sse）发送", "a subscription is sent over WebSocket (graphql-transport-ws), or by POST with Accept: text/event-stream (graphql-sse)")
	StreamMutation = register("STREAM_MUTATION", "写操作须以普通 POST 请求发送，不能通过订阅连接", "a mutation is sent by an ordinary POST, not over a connection for subscriptions")
	StreamsTooMany = register("STREAMS_TOO_MANY", "同时打开的订阅过多，请关闭不用的订阅后在 {seconds} 秒后重试", "too many subscriptions are open; close those not needed and try again in {seconds} seconds")
	StreamEnding   = register("STREAM_ENDING", "服务正在重启，请立即重新连接并带上最近的游标", "the server is about to stop; connect again and send the last cursor")
)
