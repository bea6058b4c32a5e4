package fault

// Codes of the inbox.
var (
	InboxIdsOrAll    = register("INBOX_IDS_OR_ALL", "请列出消息编号，或选择全部，两者只选其一", "name items or ask for all of them, one of the two")
	InboxKindUnknown = register("INBOX_KIND_UNKNOWN", "没有“{value}”这类消息，可选类别见 inboxSettings", "there is no kind of item “{value}”; inboxSettings lists those there are")
)
