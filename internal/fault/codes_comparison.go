package fault

// Codes of the county's comparison.
var (
	TotalUnreadable       = register("TOTAL_UNREADABLE", "比对用的汇总数据不完整，请用“leitai migrate totals”重新生成", "the totals kept for comparison do not hold together; make them anew with leitai migrate totals")
	ComparisonCounty      = register("COMPARISON_COUNTY", "横向比对由县级单位进行，当前单位不是县级", "townships are compared by their county; this tenant is not one")
	ComparisonPrefecture  = register("COMPARISON_PREFECTURE", "各县横向比对由市级单位进行，当前单位不是市级", "counties are compared by their prefecture; this tenant is not one")
	ComparisonOwner       = register("COMPARISON_OWNER", "只有县级和市级单位可以规定比对口径，当前单位不是", "only a county or prefecture says what is compared; this tenant is neither")
	ComparisonMonths      = register("COMPARISON_MONTHS", "起止月份“{from}”至“{to}”不正确，应写作 2023-04，先后有序且不超过 {most} 个月", "{from} to {to} is no span of months; write 2023-04, the first one first, and at most {most} months")
	ComparisonWeight      = register("COMPARISON_WEIGHT", "权重“{value}”不正确，应大于 0", "{value} is not a weight; it should be above 0")
	ComparisonCoverage    = register("COMPARISON_COVERAGE", "最低覆盖率“{value}”不正确，应为 0 至 1", "{value} is not a least coverage; it should be 0 to 1")
	ComparisonWithin      = register("COMPARISON_WITHIN", "按期天数“{value}”不正确，应为 0 至 366 的整数", "{value} is not a number of days to be on time; it should be a whole number from 0 to 366")
	ComparisonYear        = register("COMPARISON_YEAR", "年度“{value}”不正确，应为 2000 至 2100", "{value} is not a year; it should be 2000 to 2100")
	ComparisonTwice       = register("COMPARISON_TWICE", "维度“{value}”重复，每个维度只写一次", "the dimension {value} is there twice; name each once")
	ComparisonEmpty       = register("COMPARISON_EMPTY", "没有可公布的结果：{from} 至 {to} 各单位均无已发布的成绩", "there is nothing to publish: no results from {from} to {to}")
	ComparisonRuleMissing = register("COMPARISON_RULE_MISSING", "尚未规定 {year} 年的比对口径（维度、权重和最低覆盖率），请先规定", "nothing says what is compared in {year} (dimensions, weights, least coverage); set that first")
	CrosswalkSource       = register("CROSSWALK_SOURCE", "“{value}”不是可对照的来源，应以 item:、part: 或 dimension: 开头，后接单项、组成部分或自设维度的键名", "“{value}” is no source to be mapped; write item:<key>, part:<key> or dimension:<the township's own>")
	CrosswalkNamed        = register("CROSSWALK_NAMED", "模板已经注明维度“{value}”，它就在本县词典中，不需要对照", "the template names {value}, which is in the county's dictionary; it is not to be mapped")
	CrosswalkTownship     = register("CROSSWALK_TOWNSHIP", "该单位不在本县归口范围内，只能对照本县的乡镇", "this tenant is not below the county; only its own townships are mapped")
)
