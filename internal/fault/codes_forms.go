package fault

// Codes of an office's own forms.
var (
	FormFormat      = register("FORM_FORMAT", "无法识别该表单（{value}），请上传 Word 的 .docx 文件", "the form is not understood ({value}); send a .docx file of a word processor")
	FormTooLarge    = register("FORM_TOO_LARGE", "表单过大，最多 {most}，请压缩图片或删除多余内容", "the form is too large; at most {most}: shrink its pictures or leave something out")
	FormActive      = register("FORM_ACTIVE", "表单含有宏、控件、嵌入对象或自动更新的域（{value}），请删除后重新上传", "the form holds macros, controls, embedded objects or fields that fetch ({value}); remove them and send it again")
	FormExternal    = register("FORM_EXTERNAL", "表单引用了外部文件或网址（{value}），请改为嵌入或删除后重新上传", "the form refers to files or addresses outside ({value}); embed or remove them and send it again")
	FormPlaceholder = register("FORM_PLACEHOLDER", "占位符“{value}”不认识，可用的占位符：{want}", "the placeholder “{value}” is not known; those that are: {want}")
	FormRow         = register("FORM_ROW", "“{value}”应与“{other}”成对写在表格的同一行内", "“{value}” needs “{other}” in the same row of a table")
	FormBare        = register("FORM_BARE", "表单中没有占位符，例如“{want}”", "the form has no placeholder, such as “{want}”")
	FormKindUnknown = register("FORM_KIND", "没有“{value}”这类表单，应为：{want}", "there is no kind of form called “{value}”; it should be one of {want}")
)
