/** One place where a notice leaves room, the question it leaves, and the key that answers it. */
export interface Reading {
  q: string;
  /** Keys from the top of the document; rows stand under the key of their list. */
  path: readonly string[];
  zh: string;
  en: string;
}

const r = (q: string, path: string, zh: string, en: string): Reading => ({ q, path: path.split('.'), zh, en });

/** The thirty-six readings, in their order. */
export const readings: readonly Reading[] = [
  r('Q1', 'calendar.clamp', '当月没有这一天（如二月没有 30 日），怎么办？', 'What if the month has no such day?'),
  r('Q2', 'calendar.workdays', '顺延时，调休上班日算不算工作日？', 'Are make-up working days working days?'),
  r('Q3', 'calendar.period', '顺延到下个月，算哪个月的？', 'Which month is a round that rolls into the next one?'),
  r('Q4', 'outcomes.by', '“各加 5、4、3 分”，分值是按名次给，还是按对象给？', 'Are 5, 4, 3 points given by rank or by role?'),
  r('Q5', 'outcomes.by', '“各扣 5、4、3 分”，扣得最多的是最后一名，还是倒数第三名？', 'Who of the bottom three loses most?'),
  r('Q6', 'bands.ties', '边线上并列，算不算在内？（奖励默认都算）', 'Does a tie on the edge count? (for rewards it does)'),
  r('Q7', 'bands.ties', '边线上并列，算不算在内？（处罚默认都不算）', 'Does a tie on the edge count? (for penalties it does not)'),
  r('Q8', 'streaks.over', '“连续两次”怎样数：按举办的轮次，还是按月？', 'Are runs counted over rounds held or over months?'),
  r('Q9', 'streaks.after', '触发一次之后，第三次是再次触发，还是重新计？', 'After a trigger: does a third one trigger again?'),
  r('Q10', 'streaks.person', '中途换人，记到谁名下？', 'Whom does it count for when people change?'),
  r('Q10', 'streaks.bound', '连续跨年，还算不算？', 'Does a run go on over the new year?'),
  r('Q11', 'ranking.on', '按公布的总分排名，还是按舍入前的精确分？', 'Ranked on the published or on the exact total?'),
  r('Q12', 'bands.small', '参评数少，前后名次段会重叠，怎么办？', 'What if there are too few for both bands?'),
  r('Q13', 'missing.absent', '没有参评的怎样处理？', 'What of an absent subject?'),
  r('Q13', 'missing.mark', '缺了评分怎样处理？', 'What of a missing mark?'),
  r('Q14', 'scale.split', '渠道权重（如 40/60）在单项内折算，还是合计后折算？', 'Are channels weighted inside each item or over the total?'),
  r('Q15', 'issues.overdue.times', '逾期“加倍”是几倍？', 'How many times is an overdue issue?'),
  r('Q15', 'issues.overdue.once', '只加倍一次，还是每逾期一轮加一次？', 'Doubled once, or each overdue round?'),
  r('Q15', 'issues.overdue.dueDay', '到期当日完成，算不算按期？', 'Is the due day in time?'),
  r('Q16', 'rollups.months', '半年、全年是哪几个月？', 'Which months make a half-year or a year?'),
  r('Q16', 'rollups.aggregate', '半年、全年怎样汇总？', 'How are rounds brought together?'),
  r('Q16', 'rollups.minAttended', '至少参评几次才汇总？', 'How many rounds must be attended?'),
  r('Q17', 'grades.steps.ties', '“不得超过”的最后一个名额并列，怎么办？', 'What of a tie for the last seat?'),
  r('Q18', 'grades.steps.quota.kind', '“原则上不超过”能不能突破？', 'May “in principle” be exceeded?'),
  r('Q19', 'grades.steps.tieBreak', '“不低于”的名额，并列时先比什么？', 'What decides a tie for a floor?'),
  r('Q20', 'grades.steps.quota.of', '比例按什么计？', 'A share of what?'),
  r('Q21', 'grades.steps.unused', '受限空出的名额怎么办？', 'What of a seat not used?'),
  r('Q22', 'postings.selection.count', '周岁、“1 年以上”怎样计？', 'How are years counted?'),
  r('Q22', 'postings.selection.partyFrom', '党龄从哪天算起？', 'Party standing counts from when?'),
  r('Q23', 'postings.statement.leave', '请假的天数怎样列？', 'How are days of leave shown?'),
  r('Q23', 'postings.statement.short', '驻村天数不足，怎么办？', 'What of a short month?'),
  r('Q24', 'ranking.scope', '在赛道内排名，还是全体一起排？', 'Ranked within tracks, or all together?'),
  r('Q25', 'bands.gain', '名次上升几位算“进步明显”？', 'How many ranks gained is “clearly improved”?'),
  r('Q26', 'ballots.recuse', '民主测评谁要回避？', 'Who is recused in a ballot?'),
  r('Q26', 'ballots.exclude', '哪些票不计入分母？', 'Which ballots are left out?'),
  r('Q27', 'ballots.identity', '一人有两种身份，投几票？', 'How many votes has a person with two identities?'),
  r('Q28', 'parts.weight', '测评与绩效各占多少？（没有默认，必须写）', 'What is each component worth? (no default)'),
  r('Q29', 'items.points', '考试计不计分？（考试项目不写分值即不计分）', 'Does an exam score? (not without points)'),
  r('Q30', 'announce.correction', '公布之后更正，怎么办？', 'How is something published corrected?'),
  r('Q31', 'scale.items', '百分制怎样合成？', 'How do items make the full score?'),
  r('Q32', 'panels.seconded.choose', '抽调的驻村干部怎样产生？', 'How are seconded cadres chosen?'),
  r('Q33', 'panels.seconded.seat', '抽调的驻村干部编入小组打分，还是列席？', 'Are they inside the groups?'),
  r('Q34', 'ballots.threshold', '有效票少于多少，不公布分组结果？', 'Below how many ballots are groups not shown?'),
  r('Q34', 'ballots.small', '人数太少的测评组怎样处理？', 'What of a group that is too small?'),
  r('Q35', 'announce.audience', '结果公布给谁？', 'Who is it published to?'),
  r('Q36', 'issues.into', '问题扣分计入台账，还是下一轮总分？', 'Where do issues cost points?'),
];
