import { words } from '@/words/language';

const evidenceZh: Record<string, string> = { DOCUMENT: '资料', PHOTO: '照片、视频', OBSERVED: '现场查看', INTERVIEW: '现场询问' };
const evidenceEn: Record<string, string> = { DOCUMENT: 'document', PHOTO: 'photo or video', OBSERVED: 'seen on the spot', INTERVIEW: 'interview' };
const objectionZh: Record<string, string> = { FILED: '待复核', WITHDRAWN: '已撤回', ACCEPTED: '成立，待更正', REJECTED: '不成立', APPLIED: '已更正' };
const objectionEn: Record<string, string> = { FILED: 'Waits for a decision', WITHDRAWN: 'Withdrawn', ACCEPTED: 'Accepted, to be applied', REJECTED: 'Rejected', APPLIED: 'Applied' };
const documentsZh: Record<string, string> = { 'duty-report': '述职报告', 'duty-report-review': '述职报告（送审稿）', 'registration-form': '年度考核登记表', 'assessment-form': '综合评价表', 'ballot-summary': '民主测评汇总表', 'ballot-form': '民主测评表', 'rectification-list': '问题整改清单', 'contact-table': '联点安排表' };
const documentsEn: Record<string, string> = { 'duty-report': 'Duty report', 'duty-report-review': 'Duty report for review', 'registration-form': 'Registration form', 'assessment-form': 'Assessment form', 'ballot-summary': 'Summary of the ballot', 'ballot-form': 'Ballot form', 'rectification-list': 'List of what is to be mended', 'contact-table': 'Table of contacts' };

export const said = words({
  title: '本村成绩', noVillage: '您的账号没有关联到村（社区）。如有需要，请联系乡镇管理员在“用户与权限”中登记。', village: '村（社区）', round: '轮次',
  none: '还没有公示或通报的成绩。轮次公示后，本村成绩和每一项的得分说明会显示在这里。',
  provisional: (until: string) => until ? `公示中，异议截止 ${until}（含当日）` : '公示中', published: '已通报',
  rank: '名次', total: '总分', changed: '变化', trackName: '赛道', ofRank: (n: number) => `第 ${n} 名`, unranked: '未排名', range: (a: number, b: number) => a === b ? `去掉任意一名评委，名次不变（第 ${a} 名）` : `去掉任意一名评委，名次在第 ${a} 至第 ${b} 名之间`, noRange: '评委不足三名，不给出名次区间',
  change: (n: number) => n > 0 ? `比上轮上升 ${n} 位` : n < 0 ? `比上轮下降 ${-n} 位` : '与上轮持平', track: (name: string, n: number) => `${name}赛道第 ${n} 名`,
  why: '为什么是这个名次', lostIn: '各单项与最高分、与前一名的差距', toBest: '与最高分相差', toNext: '与前一名相差', ahead: (n: string) => `领先 ${n} 分`, behind: (n: string) => `差 ${n} 分`, even: '持平', item: '单项',
  lift: (n: string) => `总分再提高 ${n} 分，可追平前一名。`, tie: '并列规则', how: '分数怎样算出来', formula: '算式', points: '得分', channels: '渠道得分', marks: (list: string) => `原始评分 ${list}`, sum: '总分',
  trend: '历次名次', trendAbout: '越靠上名次越好', trendTable: '历次成绩',
  asked: '要求本村做的', burden: '本方案平均每月', burdenOf: { ledgers: '台账', visits: '迎检', photos: '照片', reports: '报告和数据', meetings: '会议和测试' }, heavy: '负担偏重，可向乡镇反映', todo: (n: number) => `有 ${n} 项要本村办理 ↓`,
  issues: '待整改问题', noIssues: '没有待整改的问题。', requests: '待提供的材料', noRequests: '没有待提供的材料。', tasks: '待办落实事项', noTasks: '没有待办的落实事项。', documents: '应报材料', documentsAbout: '可以在此填写、上传文件，也可以只登记纸质材料放在哪里。', notHanded: '未报送', handIn: '报送', handAgain: '重新报送', handedLate: '报送晚于期限', times: (n: number) => `第 ${n} 次`, handedIn: (name: string) => `${name}已报送。`, replaces: '再次报送以最后一次为准，是否按时以第一次为准。',
  way: '怎样报送', ways: { text: '在此填写', file: '上传文件', paper: '纸质已送交' }, parts: { 'party-building': '抓基层党建工作情况', ideology: '意识形态工作情况', problems: '存在问题', promises: '下一步打算和承诺' }, written: (n: number, most: number | null) => most ? `已写 ${n} 字，不超过 ${most} 字（空格、换行不计）` : `已写 ${n} 字（空格、换行不计）`, lies: '纸质材料放在哪里', liesHint: '例如：已交乡党建办，2 号柜。',
  due: (d: string) => `期限 ${d}`, late: (n: number) => `逾期 ${n} 天`, overdue: '已逾期', giveNow: '去提供', answer: '去反馈', penalty: (n: string) => `扣 ${n} 分`, allIssues: '全部问题', handed: (d: string) => `${d} 已报送`,
  evidence: evidenceZh, documentOf: documentsZh, wholeVillage: '全村',
  record: '办理情况', finish: '办结', finishTitle: '登记办理情况', recordHint: '写明谁、何时、做了什么。',
  objection: '异议', objectionAbout: (until: string) => `对公示成绩有异议的，${until} 当日及以前可以提出，由与本村和该项没有利害关系的复核组决定。`, objectionOver: (until: string) => `公示期已于 ${until} 结束，不再接受新的异议。如发现明显错误，请联系乡镇办公室。`, filedNow: (n: number) => `第 ${n} 号异议已提出，复核结果会显示在这里，并发到“消息”。`, withdrawn: '异议已撤回。', channel: '对哪个渠道', anyChannel: '整项', decided: '复核时间', objectItem: '对哪一项有异议', objectReason: '理由', objectReasonHint: '写明事实和依据，例如哪天、哪项材料、与评分哪里不符。', file: '提出异议', withdraw: '撤回异议', withdrawSure: '撤回后，公示期内可以重新提出。',
  objections: '已提出的异议', number: (n: number) => `第 ${n} 号`, stateOf: objectionZh, decision: '复核意见', choose: '请选择', notNow: '公示期间可以在这里提出异议。',
  papers: '文书', bulletin: '通报', items: '评比细则表', scoreSheet: '评价表', revision: (n: number) => `第 ${n} 版`,
}, {
  title: 'Our village', noVillage: 'Your account belongs to no village. Ask the admin of the township to enter it.', village: 'Village', round: 'Round',
  none: 'No result is announced or published yet. Once it is, it is shown here with the reasons, item by item.',
  provisional: (until: string) => until ? `Announced; objections until ${until}` : 'Announced', published: 'Published',
  rank: 'Rank', total: 'Total', changed: 'Change', trackName: 'Track', ofRank: (n: number) => `Rank ${n}`, unranked: 'Not ranked', range: (a: number, b: number) => a === b ? `Without any one judge the rank is ${a} as well` : `Without any one judge the rank is between ${a} and ${b}`, noRange: 'Fewer than three judges: no range of ranks is given',
  change: (n: number) => n > 0 ? `Up ${n} since the last round` : n < 0 ? `Down ${-n} since the last round` : 'As in the last round', track: (name: string, n: number) => `Rank ${n} of the track ${name}`,
  why: 'Why this rank', lostIn: 'Item by item, against the best and against the next', toBest: 'Behind the best', toNext: 'Behind the next', ahead: (n: string) => `ahead by ${n}`, behind: (n: string) => `behind by ${n}`, even: 'even', item: 'Item',
  lift: (n: string) => `${n} points more would reach the village one rank above.`, tie: 'Ties', how: 'How the points come about', formula: 'Formula', points: 'Points', channels: 'Channels', marks: (list: string) => `marks ${list}`, sum: 'Total',
  trend: 'Ranks so far', trendAbout: 'Higher is better', trendTable: 'Results so far',
  asked: 'What is asked of us', burden: 'A month, on average', burdenOf: { ledgers: 'Ledgers', visits: 'Visits', photos: 'Photos', reports: 'Reports', meetings: 'Meetings' }, heavy: 'This is a lot; you can tell the township', todo: (n: number) => `${n} things wait for the village ↓`,
  issues: 'Issues to answer', noIssues: 'No issue waits for you.', requests: 'Material to give', noRequests: 'No material is asked for.', tasks: 'Tasks to do', noTasks: 'No task waits for you.', documents: 'Papers to hand in', documentsAbout: 'Write it here, send a file, or say where the paper lies.', notHanded: 'not handed in', handIn: 'Hand in', handAgain: 'Hand in again', handedLate: 'later than it was due', times: (n: number) => `time ${n}`, handedIn: (name: string) => `${name} is handed in.`, replaces: 'The last one counts; whether it was in time is decided by the first.',
  way: 'How', ways: { text: 'Write it here', file: 'Send a file', paper: 'Brought on paper' }, parts: { 'party-building': 'Party building', ideology: 'Ideology', problems: 'Problems', promises: 'What comes next' }, written: (n: number, most: number | null) => most ? `${n} of at most ${most} characters, blanks aside` : `${n} characters, blanks aside`, lies: 'Where the paper lies', liesHint: 'For example: with the office, cupboard 2.',
  due: (d: string) => `due ${d}`, late: (n: number) => `${n} days late`, overdue: 'Overdue', giveNow: 'Give it', answer: 'Answer', penalty: (n: string) => `${n} points off`, allIssues: 'All issues', handed: (d: string) => `handed in on ${d}`,
  evidence: evidenceEn, documentOf: documentsEn, wholeVillage: 'the whole village',
  record: 'What was done', finish: 'Done', finishTitle: 'Record what was done', recordHint: 'Say who did what, and when.',
  objection: 'Objection', objectionAbout: (until: string) => `You may object to the announced result up to and including ${until}. A review group without an interest decides.`, objectionOver: (until: string) => `The objection period ended on ${until}. Tell the office of the township if something is plainly wrong.`, filedNow: (n: number) => `Objection no. ${n} is filed; the decision will be shown here and in the inbox.`, withdrawn: 'The objection is withdrawn.', channel: 'Which channel', anyChannel: 'the whole item', decided: 'Decided', objectItem: 'Which item', objectReason: 'Why', objectReasonHint: 'Say the facts and what they rest on.', file: 'File the objection', withdraw: 'Withdraw', withdrawSure: 'You may file it again inside the period.',
  objections: 'Objections filed', number: (n: number) => `No. ${n}`, stateOf: objectionEn, decision: 'Decision', choose: 'Choose', notNow: 'Objections are filed here while a result is announced.',
  papers: 'Papers', bulletin: 'Bulletin', items: 'Table of items', scoreSheet: 'Evaluation sheet', revision: (n: number) => `revision ${n}`,
});
