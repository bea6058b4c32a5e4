import type { Language } from '@/words/language';

// What the words that a template may use are called: by the word, or by its key
// and the word where one word means different things in different places.
const zh: Record<string, string> = {
  'absent.unranked': '注明“未参评”，不排名', 'absent.zero': '记零分（须写明理由）', 'mark.blocks': '缺分不能公布', 'mark.zero': '记零分（须写明理由）',
  'effect.unranked': '不参加排名', 'effect.zero': '总分记零分',
  'after.continue': '第三次再次触发', 'after.reset': '触发后重新计', 'previous-held': '上一次举办的轮次',
  'aggregate.mean': '平均', 'aggregate.sum': '求和', 'mean-of-ranks': '名次平均',
  'audience.person': '本人', 'audience.township': '本乡镇及所属县的部门', 'audience.county': '全县（隐去末位和个人）', public: '向社会公开（隐去末位和个人）',
  'bound.none': '跨年连续计算', 'bound.year': '按年另计', rank: '按名次，第一个分值给最好的', 'rank-from-bottom': '从末位起，第一个分值给最后一名', role: '按对象，每个对象一个分值',
  'county-organisation': '县委组织部', 'deputy-secretary': '党委副书记', 'discipline-secretary': '纪委书记', 'leader-in-charge': '分管领导', 'leading-group': '领导小组', 'linked-leader': '联村领导',
  mayor: '乡镇长', office: '领导小组办公室', 'organisation-member': '组织委员', 'principal-leaders': '党政主要领导', secretary: '党委书记',
  assigned: '指定', draw: '抽签', rotation: '轮换', 'month-end': '取月末', 'clamp.skip': '当月不办',
  'half-yearly': '每半年', quarterly: '每季度', term: '任期内', yearly: '每年', 'clock.months': '到任后若干个月内',
  'combine.mean': '平均', median: '中位数', single: '一人评分', trimmed: '去掉两端后平均',
  bands: '名次段', grades: '等次', issues: '问题整改', outcomes: '结果运用', rollups: '阶段汇总', streaks: '连续情形',
  'new-revision': '另出修订版，旧版仍可查阅', 'completed-years': '按周年计，含本数', own: '本级确定', superior: '提出建议等次报上级',
  accountability: '提请启动追责程序', criticism: '批评提醒', money: '资金奖惩（金额集体研究）', 'do.pairing': '结对共建', 'do.points': '考核加减分', praise: '通报表扬', rectification: '限期整改', sharing: '经验交流', 'do.statement': '表态发言', talk: '约谈',
  'assessment-form': '考核评价表', 'ballot-form': '测评票', 'ballot-summary': '测评汇总', bulletin: '通报', 'contact-table': '联系表', 'county-report': '县级报告', 'duty-report': '述职报告', 'half-year-summary': '半年小结',
  'item-table': '评比项目表', 'documents.leading-group': '领导小组名单', 'quarter-summary': '季度小结', 'rectification-list': '整改清单', 'registration-form': '登记表', 'round-notice': '轮次通知', 'score-sheet': '评分表', 'three-colour-notice': '三色通报', 'village-archive': '一村一档', 'year-summary': '年终总结',
  'in-time': '算按期', late: '算逾期', 'every.month': '每月', 'every.quarter': '每季度', 'every.half-year': '每半年', 'every.year': '每年',
  'document': '资料', interview: '走访', observed: '现场查看', photo: '照片', abstained: '弃权票', invalid: '无效票', recused: '回避票',
  'first-secretary': '第一书记', 'package-cadre': '包村干部', 'resident-cadre': '驻村干部', 'team-leader': '驻村工作队队长', 'village-committee': '村“两委”', 'village-secretary': '村党组织书记', 'work-team': '驻村工作队',
  'most-specific-group': '只投最贴近本人身份的一票', 'next-year': '次年', 'same-year': '当年', account: '记入台账', 'next-total': '从下一轮总分中扣',
  'scale.items.sum': '各项分值相加为满分', 'items.sum': '各项分值相加为满分', 'items.mean': '每项按满分打，再按分值加权平均',
  'kind.points': '直接评分', 'kind.deductions': '扣分', 'kind.checklist': '检查清单', 'kind.levels': '分档', 'kind.metric': '指标公式', 'kind.rank-points': '名次分', 'kind.veto': '一票否决', 'kind.bonus': '加分', 'kind.exam': '考试', 'kind.ballot': '民主测评',
  hard: '不得突破', soft: '“原则上”，突破须写明理由并经第二人审批', 'shown-apart': '请假天数另列', 'method.competition': '并列占位：1、2、2、4', 'months.calendar': '自然季、半年、年', 'from-first-round': '自首轮起算',
  'na.full': '视为做到', redistribute: '分值由其余部分分担', persons: '按人数', subjects: '按评比对象数', teams: '按队数',
  exact: '按舍入前的精确分', published: '按公布的总分', 'calendar-months': '按自然月', 'held-rounds': '按已举办的轮次', 'full-membership': '自转正之日起算', nominal: '仍算原来的月份',
  'linked-now': '只看当轮联系该村', 'linked-throughout': '每一轮都联系该村才记到本人', 'restart-on-change': '换人后重新计', 'own-village': '本人联系或所在的村',
  'next-workday': '顺延到下一个工作日', 'previous-workday': '提前到上一个工作日', 'roll.none': '照办，不调整', 'roster.bound': '按花名册一人一票',
  'rounding.down': '去尾', 'half-even': '四舍六入五成双', 'half-up': '四舍五入', 'per-round': '每轮另定', fixed: '固定', 'scope.all': '全体一起', track: '各赛道分别',
  beside: '列席，不打分', inside: '编入小组打分', reported: '只报告，不自动处罚', 'show.ranks': '公布名次', 'show.bands': '只公布名次段', 'top-only': '只公布前列', 'show.none': '不公布名次',
  explicit: '照写的个数', 'small.half': '不超过参评数的一半，前后不重叠', hide: '只公布合成分', merge: '并入相邻的组',
  'source.assembly': '大会测评', 'source.comment': '书记点评', 'source.exam': '考试', 'source.ledger': '资料台账', 'source.marks': '评分', 'source.metric': '指标数据', 'source.onsite': '现场督查', 'source.speech': '现场述职', 'source.verification': '核实',
  'per-item': '在每个单项内折算', 'per-total': '各渠道合计后折算', 'stages.assembly': '大会', 'stages.ballot': '测评', 'stages.comment': '点评', 'stages.review': '评议', 'stages.speech': '述职', 'stages.visit': '观摩',
  county: '县', group: '村民小组', organisation: '单位', person: '本人', team: '工作队', township: '乡镇', village: '村（社区）', 'subject.person': '人', 'item-owner': '单项分管领导', 'sending-unit': '派出单位',
  'by-decision': '集体研究决定', capped: '都算，但不超过上限', 'ties.decide': '名额留空，由集体研究决定', exclusive: '边线并列都不算', inclusive: '边线并列都算', 'tie-break': '按“并列时依次比较”分出先后',
  'unused.empty': '空着', 'pass-on': '顺延给下一名', 'close-rank': '评名次相近的村时提醒', literal: '周六周日一律不算', official: '调休上班日算工作日',
  'heaviest-item': '分值最大的项目', daysTotal: '驻村天数', rounds: '各轮', total: '总分', entered: '由人确定', 'from.items': '项目得分',
};

const en: Record<string, string> = {
  'absent.unranked': 'shown as absent, not ranked', 'absent.zero': 'zero, with a reason', 'mark.blocks': 'nothing is published without it', 'mark.zero': 'zero, with a reason',
  'after.continue': 'a third time triggers again', 'after.reset': 'counting starts anew', 'clamp.skip': 'no round that month', 'scope.all': 'all together', track: 'each track by itself',
  'per-item': 'inside each item', 'per-total': 'over the totals', own: 'decided here', superior: 'proposed upward', literal: 'weekends never work', official: 'make-up days are working days',
};

/** What a word of a template is called; the word itself where it is a key somebody chose. */
export function valueName(key: string, value: string, language: Language): string {
  const words = language === 'en' ? en : zh;
  const said = words[`${key}.${value}`] ?? words[value];
  if (said !== undefined) return said;
  return language === 'en' ? value.replaceAll('-', ' ') : value;
}

export const knownValues = zh;
