package fault

// Codes of paging through a list.
var (
	PageSizeInvalid      = register("PAGE_SIZE_INVALID", "每页条数“{value}”不正确，应为 0 至 {most} 的整数", "“{value}” is not a page size; it should be a whole number from 0 to {most}")
	PageDirectionInvalid = register("PAGE_DIRECTION_INVALID", "first 与 last 不能同时给出：向后翻页用 first，向前翻页用 last", "first and last cannot be given together; use first to page forward or last to page backward")
	InvalidCursor        = register("INVALID_CURSOR", "游标无效或不属于此列表，请使用本列表（同一筛选条件和排序）返回的游标", "the cursor is damaged or belongs to another list; use a cursor that this list gave, with the same filter and order")
)
