package fault

// Codes of dates, periods and working days.
var (
	DateInvalid           = register("DATE_INVALID", "日期“{value}”不存在或格式不正确，应为 1900 至 2999 年间真实存在的日期，写作“年-月-日”，例如 2023-04-30", "“{value}” is not a date; it should be a day that exists between the years 1900 and 2999, written like 2023-04-30")
	MonthDayInvalid       = register("MONTH_DAY_INVALID", "“{value}”不是每年中的一天，应写作“月-日”，例如 06-30", "“{value}” is not a day of a year; it should be month-day, like 06-30")
	PeriodInvalid         = register("PERIOD_INVALID", "期次“{value}”不正确，应写作 2023-04（月）、2023-Q2（季）、2023-H1（半年）或 2023（年），年份在 1900 至 2999 之间", "“{value}” is not a period; it should be like 2023-04 (month), 2023-Q2 (quarter), 2023-H1 (half-year) or 2023 (year), between the years 1900 and 2999")
	PeriodRangeInvalid    = register("PERIOD_RANGE_INVALID", "从“{from}”到“{to}”不是有效的期次范围，起止应为同一种期次，先后有序，且不超过 {most} 期", "{from} to {to} is not a range of periods; both ends should be of one kind, in order, and at most {most} periods apart")
	CalendarRuleInvalid   = register("CALENDAR_RULE_INVALID", "排期规则的“{part}”不能是“{value}”，应为：{want}", "“{value}” cannot be the {part} of a calendar rule; it should be {want}")
	CalendarDayDuplicate  = register("CALENDAR_DAY_DUPLICATE", "日期 {date} 出现了不止一次，每个日期只能登记一次", "{date} stands more than once; each date may be entered once only")
	CalendarKindInvalid   = register("CALENDAR_KIND_INVALID", "“{value}”不是日期类别，应为 holiday（放假）或 workday（上班）", "“{value}” is not a kind of day; it should be holiday or workday")
	CalendarRowInvalid    = register("CALENDAR_ROW_INVALID", "此行无法识别，每行应为三列：date,kind,name", "this row cannot be read; each row should have the three columns date,kind,name")
	CalendarHeaderInvalid = register("CALENDAR_HEADER_INVALID", "表头“{value}”不正确，应为 date,kind,name", "the header “{value}” is not right; it should be date,kind,name")
	CalendarTooLong       = register("CALENDAR_TOO_LONG", "放假安排表过长，不应超过 {most} 行", "the table of days is too long; it should have at most {most} rows")
	CalendarNoWorkday     = register("CALENDAR_NO_WORKDAY", "自 {date} 起连续 {days} 天都没有工作日，请检查本单位登记的放假日期", "there is no working day within {days} days of {date}; check the holidays entered for this tenant")
	CalendarYearUnknown   = register("CALENDAR_YEAR_UNKNOWN", "{year} 年的放假安排尚未收录，目前只把周六、周日当作休息日；国务院公布后请补录该年的节假日和调休上班日", "the holidays of {year} are not known yet, so only Saturdays and Sundays count as days off; enter that year's holidays and make-up workdays once they are announced")
	DayCountInvalid       = register("DAY_COUNT_INVALID", "天数“{value}”不正确，应为 0 至 {most} 的整数", "“{value}” is not a number of days; it should be a whole number from 0 to {most}")
)
