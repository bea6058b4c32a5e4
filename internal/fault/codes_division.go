package fault

// Codes of reading a table of administrative divisions.
var (
	DivisionHeaderInvalid     = register("DIVISION_HEADER_INVALID", "表头“{value}”不正确，第一行应为 code,name,parent", "the header “{value}” is not right; the first row should be code,name,parent")
	DivisionRowInvalid        = register("DIVISION_ROW_INVALID", "此行无法识别，应为三列 code,name,parent，引号成对，不超过 {most} 字节", "this row cannot be read; it should have the three columns code,name,parent, paired quotes and at most {most} bytes")
	DivisionCodeInvalid       = register("DIVISION_CODE_INVALID", "“{value}”不是区划代码，应为 2、4、6、9 或 12 位数字", "“{value}” is not a division code; it should have 2, 4, 6, 9 or 12 digits")
	DivisionNameEmpty         = register("DIVISION_NAME_EMPTY", "{code} 没有名称，应填写法定名称", "{code} has no name; its legal name should stand here")
	DivisionNameInvalid       = register("DIVISION_NAME_INVALID", "{code} 的名称无法采用，应为 UTF-8 编码的文字，不含控制字符，不超过 {most} 个字", "the name of {code} cannot be taken; it should be UTF-8 text without control characters, at most {most} characters long")
	DivisionCodeDuplicate     = register("DIVISION_CODE_DUPLICATE", "代码 {code} 与第 {first} 行重复，每个代码只能出现一次", "the code {code} stands in row {first} already; each code should stand once")
	DivisionParentEmpty       = register("DIVISION_PARENT_EMPTY", "{code} 没有填写上级代码，只有省级可以不填", "{code} has no parent; only a province may leave it empty")
	DivisionParentMissing     = register("DIVISION_PARENT_MISSING", "{code} 的上级 {parent} 不在表中，应先补上该上级", "the parent {parent} of {code} is not in the table; add it")
	DivisionParentLevel       = register("DIVISION_PARENT_LEVEL", "{code} 的上级不能是“{parent}”，应为：{want}", "“{parent}” cannot be the parent of {code}; it should be {want}")
	DivisionParentMismatch    = register("DIVISION_PARENT_MISMATCH", "{code} 的上级 {parent} 不是它代码的开头部分，应为 {want}", "the parent {parent} of {code} is not the beginning of its code; it should be {want}")
	DivisionCycle             = register("DIVISION_CYCLE", "{code} 的上级关系形成循环：{path}，应改正其中一行的上级", "the parents of {code} run in a circle: {path}; correct the parent of one of these rows")
	DivisionTooManyErrors     = register("DIVISION_TOO_MANY_ERRORS", "共有 {total} 处错误，仅列出前 {listed} 处，请改正后重新导入", "there are {total} faults, of which the first {listed} are listed; correct them and import again")
	DivisionTableEmpty        = register("DIVISION_TABLE_EMPTY", "表中没有任何区划，表头之后应至少有一行", "the table has no divisions; at least one row should follow the header")
	DivisionTableTooLarge     = register("DIVISION_TABLE_TOO_LARGE", "表过大，应不超过 {rows} 行、{megabytes} MB", "the table is too large; it should have at most {rows} rows and {megabytes} MB")
	DivisionArchiveUnreadable = register("DIVISION_ARCHIVE_UNREADABLE", "gzip 压缩文件已损坏或不完整，请重新压缩或直接提供 CSV 文件", "the gzip file is damaged or cut short; compress it again or send the plain CSV file")
)
