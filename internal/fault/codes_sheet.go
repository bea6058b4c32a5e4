package fault

// Codes of spreadsheets that are read. A place names sheet and cell, because
// that is where whoever prepared the file has to look.
var (
	SheetFormat        = register("SHEET_FORMAT", "无法识别该文件（{value}），请上传 .xlsx 或 .csv 文件；旧版 .xls 请另存为 .xlsx", "the file is not understood ({value}); send .xlsx or .csv, and save an old .xls as .xlsx")
	SheetDamaged       = register("SHEET_DAMAGED", "表格文件已损坏或不完整（{value}），请用办公软件打开后重新保存", "the spreadsheet is damaged or incomplete ({value}); open it in an office program and save it again")
	SheetTooLarge      = register("SHEET_TOO_LARGE", "文件过大（{have}），最多 {most}", "the file is too large ({have}); at most {most} are read")
	SheetUnpacked      = register("SHEET_UNPACKED", "文件解压后过大或压缩比异常，解压后最多 {most}，请删除无关工作表和空白格式后重试", "the file unpacks to too much or is packed suspiciously densely; at most {most} unpacked: delete sheets and blank formatting that are not needed")
	SheetTooManyRows   = register("SHEET_TOO_MANY_ROWS", "行数过多，最多 {most} 行，请分批导入", "there are too many rows; at most {most} are read, so import in parts")
	SheetTooWide       = register("SHEET_TOO_WIDE", "{cell} 超出了允许的列数，最多 {most} 列", "{cell} lies beyond the columns that are read; at most {most}")
	SheetCellTooLong   = register("SHEET_CELL_TOO_LONG", "{cell} 的文字过长，最多 {most} 字", "the text of {cell} is too long; at most {most} characters")
	SheetMacro         = register("SHEET_MACRO", "文件含有宏（{value}），请另存为不含宏的 .xlsx", "the file holds macros ({value}); save it as .xlsx without macros")
	SheetEncoding      = register("SHEET_ENCODING", "第 {row} 行不是有效的文字编码，请将 CSV 保存为 UTF-8 或 GB18030", "line {row} is not valid text; save the CSV as UTF-8 or GB18030")
	SheetCSV           = register("SHEET_CSV", "第 {row} 行不符合 CSV 格式，引号应成对，含引号、逗号的内容应加引号", "line {row} is not CSV: quotes should come in pairs, and what holds quotes or commas should be quoted")
	SheetEmpty         = register("SHEET_EMPTY", "没有可读取的数据，第一行应为列标题（{want}），其下逐行填写", "there is nothing to read; a row of headings ({want}) and rows below it are expected")
	SheetHeader        = register("SHEET_HEADER", "没有找到标题行，应含有以下各列：{want}", "no row of headings was found; these columns are expected: {want}")
	SheetColumnMissing = register("SHEET_COLUMN_MISSING", "缺少“{column}”列（也可写作：{want}）", "the column “{column}” is missing (also understood: {want})")
	SheetColumnUnknown = register("SHEET_COLUMN_UNKNOWN", "{cell} 的列标题“{value}”不认识，可用的列：{want}", "the heading “{value}” in {cell} is not known; columns that are: {want}")
	SheetColumnTwice   = register("SHEET_COLUMN_TWICE", "{cell} 的列“{value}”与 {other} 重复，请只保留一列", "the column “{value}” in {cell} stands in {other} already; keep one of them")
	SheetFormula       = register("SHEET_FORMULA", "{cell} 是公式，请复制后“选择性粘贴—数值”再导入", "{cell} holds a formula; copy it and paste its value before importing")
	SheetMerged        = register("SHEET_MERGED", "{cell} 是合并单元格，请取消合并并逐格填写", "{cell} is merged; split it and fill each cell")
	SheetCellError     = register("SHEET_CELL_ERROR", "{cell} 的内容是错误值 {value}，请改为实际内容", "{cell} holds the error {value}; write the actual content")
	SheetRequired      = register("SHEET_REQUIRED", "{cell} 的“{column}”不能为空", "“{column}” in {cell} must not be empty")
	SheetNumber        = register("SHEET_NUMBER", "{cell} 的“{value}”不是数，应为十进制数，例如 95.5", "“{value}” in {cell} is no number; a decimal such as 95.5 is expected")
	SheetWhole         = register("SHEET_WHOLE", "{cell} 的“{value}”应为不小于 0 的整数", "“{value}” in {cell} should be a whole number from 0")
	SheetDate          = register("SHEET_DATE", "{cell} 的“{value}”不是日期，应写作 2023-04-30", "“{value}” in {cell} is no date; write 2023-04-30")
	SheetChoice        = register("SHEET_CHOICE", "{cell} 的“{value}”不在可填内容之内，应为：{want}", "“{value}” in {cell} is none of what may be written: {want}")
)
