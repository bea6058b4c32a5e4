import { words } from '@/words/language';

const kindsZh: Record<string, string> = { opened: '交办', planned: '确定对策', answered: '反馈', returned: '退回', closed: '销号', listed: '挂牌督办', lifted: '解除挂牌', revisited: '回头看', accountability: '追责决定' };
const kindsEn: Record<string, string> = { opened: 'Assigned', planned: 'Measure agreed', answered: 'Answered', returned: 'Returned', closed: 'Closed', listed: 'Listed', lifted: 'Lifted', revisited: 'Return visit', accountability: 'Accountability' };
const decidedZh: Record<string, string> = { opened: '已启动追责', declined: '不予追责' };
const decidedEn: Record<string, string> = { opened: 'Accountability opened', declined: 'Accountability declined' };

export const said = words({
  title: '问题整改', about: '一问题一对策：交办、反馈、核验销号、回头看。', board: '看板', list: '清单', view: '显示方式', open: '登记新问题',
  competition: '比武', village: '村（社区）', state: '状态', allStates: '全部状态', onlyListed: '仅挂牌督办', returnDue: '仅待回头看', anyVillage: '全部村', anyCompetition: '全部比武',
  none: '没有符合条件的问题。', noneAtAll: '还没有登记问题。现场观摩或评分中发现的问题，可以在这里交办给村里整改。', emptyColumn: '无', more: (n: number) => `仅显示前 ${n} 条，其余见清单`,
  lights: { BLUE: '蓝灯·期限内', YELLOW: '黄灯·临近到期', RED: '红灯·已逾期', NONE: '' },
  number: (n: number) => `第 ${n} 号`, due: (d: string) => `期限 ${d}`, late: (n: number) => `逾期 ${n} 天`, penalty: (n: string) => `扣 ${n} 分`, listed: '挂牌督办', serious: '影响全乡', recurs: '历年同类', returnBy: (d: string) => `${d} 前回头看`,
  columns: { number: '编号', title: '问题', village: '村（社区）', due: '整改期限', state: '状态', light: '督办灯', penalty: '扣分' },
  facts: '基本情况', place: '地点', item: '单项', base: '基础扣分', now: '目前扣分', opened: '交办日期', dueOn: '整改期限', responsible: '责任人', organisation: '责任单位', problem: '问题类型', plan: '整改对策', planned: (d: string) => `${d} 商定`, measure: '整改措施', closedOn: '销号日期', noPlan: '尚未商定', nobody: '未指定',
  listedSince: (d: string, why: string) => `${d} 起挂牌督办：${why}`, lifted: (d: string) => `${d} 解除挂牌`, recurring: (n: number) => `与往年 ${n} 个同类问题重复`, recurLink: (n: number) => `往年问题 ${n}`,
  returnVisit: '回头看', returned: (d: string, holds: boolean, note: string) => `${d} 回头看：${holds ? '整改成果已巩固' : '出现反弹'}${note ? `。${note}` : ''}`, returnWait: (d: string) => `须在 ${d} 前回头看`,
  accountability: '追责', prompt: '按规则应研究是否追责，尚未作出决定。', decided: decidedZh,
  history: '办理经过', kinds: kindsZh, evidence: '佐证', phases: { BEFORE: '整改前', AFTER: '整改后', RETURN: '回头看' }, noEvidence: '暂无佐证', file: '文件', withdrawn: '已撤回', hidden: '无权查看',
  steps: '办理', step: { answer: '反馈整改情况', close: '核验销号', return: '退回', plan: '商定对策', list: '挂牌督办', lift: '解除挂牌', revisit: '登记回头看', decide: '追责决定', attach: '补充佐证' },
  note: { answer: '整改措施', close: '核验情况', return: '退回理由', plan: '整改对策', list: '挂牌理由', lift: '解除说明', revisit: '回头看情况', decide: '理由' },
  hint: { answer: '写明做了什么、何时完成，并附整改后照片。', close: '写明核验时间、方式和结论。', return: '写明哪里没有整改到位，村里将看到。', plan: '一问题一对策，写明措施、责任人和时限。', list: '写明挂牌的原因。', lift: '写明解除的依据。', revisit: '写明现场看到的情况。', decide: '写明决定的理由。' },
  on: '日期', holds: '整改成果', holdsYes: '已巩固', holdsNo: '出现反弹', decideYes: '启动追责', decideNo: '不予追责', decision: '决定', phase: '阶段',
  files: '照片和文件', add: '添加照片或文件', added: '已添加', takeOut: '移除', choose: '请选择',
  stale: '其他人刚刚更新了这个问题。您填写的内容还在，请看过最新情况后再提交。', look: '查看最新情况', missing: '没有这个问题，或您无权查看。', back: '返回问题清单',
  form: { title: '登记新问题', about: '登记后即交办给村里，村里会收到消息。', what: '问题内容', whatHint: '一事一条，写清楚现象。', where: '具体地点', item: '所属单项', noItem: '不属于某一单项', base: '基础扣分', baseHint: '0 至 1000 分，最多两位小数；不扣分填 0。', due: '整改期限', problem: '问题类型', problemHint: '用固定的短词，便于识别历年同类问题，例如“垃圾清运”。', plan: '整改对策（可稍后商定）', responsible: '责任人', none: '不指定', serious: '影响全乡，提示追责', evidence: '现场照片', send: '交办', photoFirst: '请先选择比武和村，再添加照片。', kept: '内容已自动保存在本机。' },
}, {
  title: 'Issues', about: 'Every problem has its measure: assigned, answered, verified, looked at again.', board: 'Board', list: 'List', view: 'Show as', open: 'Open an issue',
  competition: 'Competition', village: 'Village', state: 'State', allStates: 'All states', onlyListed: 'Listed supervision only', returnDue: 'Return visit due only', anyVillage: 'All villages', anyCompetition: 'All competitions',
  none: 'No issue fits.', noneAtAll: 'There are no issues yet. What is found on a visit or while marking is assigned to the village here.', emptyColumn: 'None', more: (n: number) => `The first ${n}; the rest is in the list`,
  lights: { BLUE: 'Blue: in time', YELLOW: 'Yellow: nearly due', RED: 'Red: overdue', NONE: '' },
  number: (n: number) => `No. ${n}`, due: (d: string) => `due ${d}`, late: (n: number) => `${n} days late`, penalty: (n: string) => `${n} points off`, listed: 'Listed', serious: 'Serious', recurs: 'Known before', returnBy: (d: string) => `return visit by ${d}`,
  columns: { number: 'No.', title: 'Issue', village: 'Village', due: 'Due', state: 'State', light: 'Light', penalty: 'Points off' },
  facts: 'Facts', place: 'Place', item: 'Item', base: 'Base deduction', now: 'Deduction today', opened: 'Assigned on', dueOn: 'Due on', responsible: 'Person responsible', organisation: 'Organisation', problem: 'Type of problem', plan: 'Measure agreed on', planned: (d: string) => `agreed on ${d}`, measure: 'Measure taken', closedOn: 'Closed on', noPlan: 'None yet', nobody: 'Nobody named',
  listedSince: (d: string, why: string) => `Listed since ${d}: ${why}`, lifted: (d: string) => `Lifted on ${d}`, recurring: (n: number) => `The same as ${n} issues of earlier years`, recurLink: (n: number) => `earlier issue ${n}`,
  returnVisit: 'Return visit', returned: (d: string, holds: boolean, note: string) => `Looked at again on ${d}: ${holds ? 'it holds' : 'it came back'}${note ? `. ${note}` : ''}`, returnWait: (d: string) => `To be looked at again by ${d}`,
  accountability: 'Accountability', prompt: 'By the rules it has to be decided whether the procedure is opened.', decided: decidedEn,
  history: 'History', kinds: kindsEn, evidence: 'Evidence', phases: { BEFORE: 'Before', AFTER: 'After', RETURN: 'Return visit' }, noEvidence: 'No evidence yet', file: 'File', withdrawn: 'Withdrawn', hidden: 'Not shown to you',
  steps: 'What to do', step: { answer: 'Answer', close: 'Verify and close', return: 'Return', plan: 'Agree on a measure', list: 'List for supervision', lift: 'End the supervision', revisit: 'Record the return visit', decide: 'Decide on accountability', attach: 'Add evidence' },
  note: { answer: 'Measure taken', close: 'What was verified', return: 'Why it is returned', plan: 'Measure', list: 'Why', lift: 'Why it ends', revisit: 'What was seen', decide: 'Why' },
  hint: { answer: 'What was done and when; add photos of how it is now.', close: 'When and how it was verified.', return: 'What is still wrong; the village reads it.', plan: 'The measure, who, by when.', list: 'Say why.', lift: 'Say on what ground.', revisit: 'What was seen on the spot.', decide: 'Say why.' },
  on: 'Day', holds: 'What was put right', holdsYes: 'It holds', holdsNo: 'It came back', decideYes: 'Open the procedure', decideNo: 'Decline', decision: 'Decision', phase: 'Phase',
  files: 'Photos and files', add: 'Add a photo or file', added: 'Added', takeOut: 'Take out', choose: 'Choose',
  stale: 'Somebody else changed this issue. What you typed is still here; look at it as it is now, then send again.', look: 'See it as it is now', missing: 'There is no such issue, or you may not see it.', back: 'Back to the issues',
  form: { title: 'Open an issue', about: 'It is assigned to the village at once.', what: 'What is wrong', whatHint: 'One thing, as it was seen.', where: 'Where', item: 'Item', noItem: 'Of no single item', base: 'Base deduction', baseHint: '0 to 1000 points, two decimals at most; 0 for none.', due: 'Due on', problem: 'Type of problem', problemHint: 'A fixed short word, by which it is known again in later years.', plan: 'Measure (may follow later)', responsible: 'Person responsible', none: 'Nobody named', serious: 'Serious for the whole township', evidence: 'Photos', send: 'Assign', photoFirst: 'Choose competition and village first, then add photos.', kept: 'Kept on this device while you type.' },
});
