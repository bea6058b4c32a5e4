import { words } from '@/words/language';

export const said = words({
  title: '审定通报', about: '等待审定的轮次：核对变化、并列、异议和结果运用后公布。', waiting: '等待审定', none: '目前没有等待审定的轮次。轮次计算并公示后会出现在这里。', recent: '最近通报', decide: '审定', look: '查看',
  until: (d: string) => `异议受理至 ${d}`, held: (d: string) => `${d} 举行`, trial: '试评', notPublished: '未通报', revision: (n: number) => `第 ${n} 版`,
  blockers: '公布前须处理', noBlockers: '没有阻碍，可以公布。', changes: '有哪些变化', changesAbout: '与公示（或上一版通报）相比。', noChanges: '与已公示的状态一致，没有变化。',
  kind: { total: '总分', rank: '名次', band: '奖惩档', outcome: '结果运用' }, what: '变化', from: '原来', to: '现在', nothing: '无',
  ties: '等次与并列', noTies: '没有需要决定的并列。', scale: '等次类别', grade: '等次', seats: '名额', seatsOf: (taken: number, of: number, open: number) => `已定 ${taken}，按 ${of} 个对象核定，剩余 ${open}`, tied: '并列待定', choose: (name: string, grade: string) => `定“${name}”为“${grade}”`, decisionReason: '决定理由（写入等次说明）',
  refused: '不成立的决定', decided: '已作决定，待第二人批准', approve: '批准', approved: '已批准', approveOf: (name: string, grade: string) => `批准“${name}”定为“${grade}”`,
  objections: '异议', noObjections: '没有异议。', accept: '采纳', reject: '不采纳', opinion: '复核意见（告知村）', state: { FILED: '待处理', WITHDRAWN: '已撤回', ACCEPTED: '已采纳，待应用', REJECTED: '不采纳', APPLIED: '已应用' },
  item: '项目', subject: '对象', filed: '提出', decision: '处理', marks: '更正评分', marksAbout: '填写需要更正的分值，未填的保持不变。', noMarks: '该项目没有可更正的评分。', judge: '评委', value: '现值', corrected: '更正为', newValue: (j: string) => `${j} 更正为`,
  apply: '应用已采纳的异议并重新计算', applied: '已重新计算。', outcomes: '拟运用结果', noOutcomes: '本轮没有触发结果运用。', rule: '规则', preview: '审定的成绩榜', rank: '名次', change: '升降', village: '村（社区）', total: '总分',
  publish: '审定公布', audience: '公布范围', audienceDefault: '按模板规定', audiences: { PERSON: '仅本人', TOWNSHIP: '本乡镇', COUNTY: '全县（市、区）', PUBLIC: '社会公开' }, comment: '审定意见', number: '通报文号', why: '更正原因', whyHint: '再次公布时必填，说明为何更正', publishAbout: '公布后结果冻结为新的一版，并通知有关人员。',
  done: '已公布。', bulletin: '查看通报', board: '查看成绩榜', outcomesLink: '确认结果运用', history: '通报记录', superseded: '已被新版取代', notAllowed: '您没有公布权限，可在此核对。', roundPage: '轮次详情', noPreview: '计算结果暂不可见：', warnings: '提醒',
}, {
  title: 'Approve', about: 'Rounds that wait for approval: look at changes, ties, objections and outcomes, then publish.', waiting: 'Waiting', none: 'Nothing waits for approval. Rounds come here once they are computed and announced.', recent: 'Published lately', decide: 'Decide', look: 'Look',
  until: (d: string) => `objections until ${d}`, held: (d: string) => `held ${d}`, trial: 'trial', notPublished: 'not published', revision: (n: number) => `revision ${n}`,
  blockers: 'To be dealt with first', noBlockers: 'Nothing stands in the way.', changes: 'What changed', changesAbout: 'Against what was announced, or the revision before.', noChanges: 'Nothing differs from what was announced.',
  kind: { total: 'Total', rank: 'Rank', band: 'Band', outcome: 'Outcome' }, what: 'What', from: 'Before', to: 'Now', nothing: 'nothing',
  ties: 'Grades and ties', noTies: 'No tie needs a decision.', scale: 'Scale', grade: 'Grade', seats: 'Seats', seatsOf: (taken: number, of: number, open: number) => `${taken} taken, counted from ${of}, ${open} open`, tied: 'Tied', choose: (name: string, grade: string) => `Give ${name} ${grade}`, decisionReason: 'Reason (becomes part of the grade)',
  refused: 'Decisions that cannot stand', decided: 'Decided, waiting for a second person', approve: 'Approve', approved: 'Approved', approveOf: (name: string, grade: string) => `Approve ${grade} for ${name}`,
  objections: 'Objections', noObjections: 'No objections.', accept: 'Accept', reject: 'Reject', opinion: 'Opinion (told to the village)', state: { FILED: 'waiting', WITHDRAWN: 'withdrawn', ACCEPTED: 'accepted, to be applied', REJECTED: 'rejected', APPLIED: 'applied' },
  item: 'Item', subject: 'About', filed: 'Filed', decision: 'Decision', marks: 'Corrected marks', marksAbout: 'Enter what changes; what is left empty stays.', noMarks: 'No marks of this item can be corrected.', judge: 'Judge', value: 'Value', corrected: 'Becomes', newValue: (j: string) => `${j} becomes`,
  apply: 'Apply what was accepted and compute anew', applied: 'Computed anew.', outcomes: 'Outcomes proposed', noOutcomes: 'No outcome follows from this round.', rule: 'Rule', preview: 'The board to be approved', rank: 'Rank', change: 'Change', village: 'Village', total: 'Total',
  publish: 'Approve and publish', audience: 'Audience', audienceDefault: 'as the template says', audiences: { PERSON: 'the persons concerned', TOWNSHIP: 'township', COUNTY: 'county', PUBLIC: 'public' }, comment: 'Comment', number: 'Bulletin number', why: 'Why it is corrected', whyHint: 'needed when it is published again', publishAbout: 'What is published is frozen as a new revision, and those concerned are told.',
  done: 'Published.', bulletin: 'Bulletin', board: 'Board', outcomesLink: 'Confirm outcomes', history: 'Publications', superseded: 'superseded', notAllowed: 'You may look, but not publish.', roundPage: 'Round', noPreview: 'The computed result cannot be shown: ', warnings: 'Warnings',
});
