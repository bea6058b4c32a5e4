import { words } from '@/words/language';

const evidenceZh: Record<string, string> = { DOCUMENT: '资料', PHOTO: '照片、视频', OBSERVED: '现场查看', INTERVIEW: '现场询问' };
const evidenceEn: Record<string, string> = { DOCUMENT: 'document', PHOTO: 'photo or video', OBSERVED: 'seen on the spot', INTERVIEW: 'interview' };
const objectionZh: Record<string, string> = { FILED: '待复核', WITHDRAWN: '已撤回', ACCEPTED: '成立，待更正', REJECTED: '不成立', APPLIED: '已更正' };
const objectionEn: Record<string, string> = { FILED: 'Waits for a decision', WITHDRAWN: 'Withdrawn', ACCEPTED: 'Accepted, to be applied', REJECTED: 'Rejected', APPLIED: 'Applied' };
const documentsZh: Record<string, string> = { 'duty-report': '履职报告', 'self-assessment': '自评报告' };
const documentsEn: Record<string, string> = { 'duty-report': 'Duty report', 'self-assessment': 'Self-assessment' };

export const said = words({
  title: '本村成绩', noVillage: '您的账号没有关联到村（社区）。如有需要，请联系乡镇管理员在“用户与权限”中登记。', village: '村（社区）', round: '轮次',
  none: '还没有公示或通报的成绩。轮次公示后，本村成绩和每一项的得分说明会显示在这里。',
  provisional: (until: string) => until ? `公示中，${until} 前可以提出异议` : '公示中', published: '已通报',
  rank: '名次', total: '总分', ofRank: (n: number) => `第 ${n} 名`, unranked: '未排名', range: (a: number, b: number) => a === b ? `去掉任意一名评委，名次不变（第 ${a} 名）` : `去掉任意一名评委，名次在第 ${a} 至第 ${b} 名之间`, noRange: '评委不足三名，不给出名次区间',
  change: (n: number) => n > 0 ? `比上轮上升 ${n} 位` : n < 0 ? `比上轮下降 ${-n} 位` : '与上轮持平', track: (name: string, n: number) => `${name}赛道第 ${n} 名`,
  why: '为什么是这个名次', lostIn: '各单项与最高分、与前一名的差距', toBest: '与最高分相差', toNext: '与前一名相差', ahead: (n: string) => `领先 ${n} 分`, behind: (n: string) => `差 ${n} 分`, even: '持平', item: '单项',
  lift: (n: string) => `总分再提高 ${n} 分，可追平前一名。`, tie: '并列规则', how: '分数怎样算出来', formula: '算式', points: '得分', channels: '渠道得分', marks: (list: string) => `原始评分 ${list}`, sum: '总分',
  trend: '历次名次', trendAbout: '越靠上名次越好', trendTable: '历次成绩',
  asked: '要求本村做的', burden: '本方案平均每月', burdenOf: { ledgers: '台账', visits: '迎检', photos: '照片', reports: '报告和数据', meetings: '会议和测试' }, heavy: '负担偏重，可向乡镇反映', times: (n: string) => `${n} 项`,
  issues: '待整改问题', noIssues: '没有待整改的问题。', requests: '待提供的材料', noRequests: '没有待提供的材料。', tasks: '待办落实事项', noTasks: '没有待办的落实事项。', documents: '应报材料',
  due: (d: string) => `期限 ${d}`, late: (n: number) => `逾期 ${n} 天`, overdue: '已逾期', giveNow: '去提供', answer: '去反馈', penalty: (n: string) => `扣 ${n} 分`, allIssues: '全部问题', handed: (d: string) => `${d} 已报送`,
  evidence: evidenceZh, documentOf: documentsZh, wholeVillage: '全村',
  record: '办理情况', finish: '办结', finishTitle: '登记办理情况', recordHint: '写明谁、何时、做了什么。',
  objection: '异议', objectionAbout: (until: string) => `对公示成绩有异议的，可在 ${until} 前提出。复核组在期内作出决定。`, objectItem: '对哪一项有异议', objectReason: '理由', objectReasonHint: '写明事实和依据，例如哪天、哪项材料、与评分哪里不符。', file: '提出异议', withdraw: '撤回异议', withdrawSure: '撤回后，公示期内可以重新提出。',
  objections: '已提出的异议', number: (n: number) => `第 ${n} 号`, stateOf: objectionZh, decision: '复核意见', choose: '请选择', notNow: '公示期间可以在这里提出异议。',
  papers: '文书', bulletin: '通报', items: '评比细则表', scoreSheet: '评价表', revision: (n: number) => `第 ${n} 版`,
}, {
  title: 'Our village', noVillage: 'Your account belongs to no village. Ask the admin of the township to enter it.', village: 'Village', round: 'Round',
  none: 'No result is announced or published yet. Once it is, it is shown here with the reasons, item by item.',
  provisional: (until: string) => until ? `Announced; objections until ${until}` : 'Announced', published: 'Published',
  rank: 'Rank', total: 'Total', ofRank: (n: number) => `Rank ${n}`, unranked: 'Not ranked', range: (a: number, b: number) => a === b ? `Without any one judge the rank is ${a} as well` : `Without any one judge the rank is between ${a} and ${b}`, noRange: 'Fewer than three judges: no range of ranks is given',
  change: (n: number) => n > 0 ? `Up ${n} since the last round` : n < 0 ? `Down ${-n} since the last round` : 'As in the last round', track: (name: string, n: number) => `Rank ${n} of the track ${name}`,
  why: 'Why this rank', lostIn: 'Item by item, against the best and against the next', toBest: 'Behind the best', toNext: 'Behind the next', ahead: (n: string) => `ahead by ${n}`, behind: (n: string) => `behind by ${n}`, even: 'even', item: 'Item',
  lift: (n: string) => `${n} points more would reach the village one rank above.`, tie: 'Ties', how: 'How the points come about', formula: 'Formula', points: 'Points', channels: 'Channels', marks: (list: string) => `marks ${list}`, sum: 'Total',
  trend: 'Ranks so far', trendAbout: 'Higher is better', trendTable: 'Results so far',
  asked: 'What is asked of us', burden: 'A month, on average', burdenOf: { ledgers: 'Ledgers', visits: 'Visits', photos: 'Photos', reports: 'Reports', meetings: 'Meetings' }, heavy: 'This is a lot; you can tell the township', times: (n: string) => n,
  issues: 'Issues to answer', noIssues: 'No issue waits for you.', requests: 'Material to give', noRequests: 'No material is asked for.', tasks: 'Tasks to do', noTasks: 'No task waits for you.', documents: 'Papers to hand in',
  due: (d: string) => `due ${d}`, late: (n: number) => `${n} days late`, overdue: 'Overdue', giveNow: 'Give it', answer: 'Answer', penalty: (n: string) => `${n} points off`, allIssues: 'All issues', handed: (d: string) => `handed in on ${d}`,
  evidence: evidenceEn, documentOf: documentsEn, wholeVillage: 'the whole village',
  record: 'What was done', finish: 'Done', finishTitle: 'Record what was done', recordHint: 'Say who did what, and when.',
  objection: 'Objection', objectionAbout: (until: string) => `You may object to the announced result until ${until}. The review group decides.`, objectItem: 'Which item', objectReason: 'Why', objectReasonHint: 'Say the facts and what they rest on.', file: 'File the objection', withdraw: 'Withdraw', withdrawSure: 'You may file it again inside the period.',
  objections: 'Objections filed', number: (n: number) => `No. ${n}`, stateOf: objectionEn, decision: 'Decision', choose: 'Choose', notNow: 'Objections are filed here while a result is announced.',
  papers: 'Papers', bulletin: 'Bulletin', items: 'Table of items', scoreSheet: 'Evaluation sheet', revision: (n: number) => `revision ${n}`,
});
