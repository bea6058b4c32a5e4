import { words } from '@/words/language';

export const said = words({
  title: '结果运用', about: '由规则提出，经确认后执行；资金按“提出—集体决定—审批—兑现”办理。', none: '没有这一状态的结果运用。轮次公布后，规则提出的运用会出现在这里。', state: '状态', all: '全部',
  states: { PROPOSED: '待确认', CONFIRMED: '已确认', DECIDED: '金额已定', APPROVED: '已审批', EXECUTED: '已执行', REVERSED: '已冲销' },
  choose: (name: string) => `选择 ${name}`, chooseAll: '全选待确认', confirm: (n: number) => `确认所选（${n}）`, confirmTitle: '确认结果运用', due: '完成期限', dueHint: '留空按规则', who: '对象', what: '内容', period: '周期', points: '记分', next: '办理',
  execute: '登记执行', record: '执行记录', decide: '定金额', amount: '金额（元）', minutes: '会议纪要号', basis: '依据', approve: '审批', approveAbout: '审批后由财务兑现。', pay: '登记兑现', reward: '激励', penalty: '约束', of: (role: string, points: string) => `${role} ${points} 分`,
  links: '相关页面', tasks: '任务', accounts: '积分台账', rollups: '阶段汇总',
  tasksTitle: '任务', tasksAbout: '由结果运用等产生、有期限的任务；完成后登记记录。', noTasks: '没有任务。', taskStates: { OPEN: '待办', DONE: '已完成', WITHDRAWN: '已撤销' }, close: '登记完成', overdue: '已逾期', executor: '执行人', task: '任务',
  accountsTitle: '积分台账', accountsAbout: '村和个人的积分：只增记录，更正以冲销体现。', noAccounts: '这段时间没有积分记录。', competition: '比武', from: '起始周期', to: '截止周期', balance: '结余', deductions: '扣分', entries: (n: number) => `${n} 条记录`, holder: '户名', counter: '冲销', noCompetition: '还没有比武。',
  rollupsTitle: '阶段汇总', rollupsAbout: '由已公布的轮次按季度、半年、全年汇总。', noRollups: '还没有公布的汇总。', key: '汇总标识', keyHint: '模板中汇总的标识，例如 quarter', look: '试算', publish: '公布汇总', publishAbout: '公布后形成新的一版，并按规则提出结果运用。', value: '分值', attended: '参加轮次', rank: '名次', village: '村（社区）', published: '已公布', preview: '试算结果', download: '汇总文稿', revision: (n: number) => `第 ${n} 版`,
}, {
  title: 'Outcomes', about: 'Proposed by rules, confirmed by people, then carried out; money is proposed, decided, approved and paid.', none: 'No outcomes in this state. What rules propose comes here when a round is published.', state: 'State', all: 'All',
  states: { PROPOSED: 'to confirm', CONFIRMED: 'confirmed', DECIDED: 'amount decided', APPROVED: 'approved', EXECUTED: 'done', REVERSED: 'reversed' },
  choose: (name: string) => `Choose ${name}`, chooseAll: 'Choose all to confirm', confirm: (n: number) => `Confirm chosen (${n})`, confirmTitle: 'Confirm outcomes', due: 'Due', dueHint: 'empty: as the rule says', who: 'For', what: 'What', period: 'Period', points: 'Points', next: 'Next',
  execute: 'Record as done', record: 'Record', decide: 'Decide the amount', amount: 'Amount (CNY)', minutes: 'Minutes no.', basis: 'Basis', approve: 'Approve', approveAbout: 'Finance pays it then.', pay: 'Record payment', reward: 'reward', penalty: 'penalty', of: (role: string, points: string) => `${role} ${points} points`,
  links: 'Related pages', tasks: 'Tasks', accounts: 'Accounts', rollups: 'Summaries',
  tasksTitle: 'Tasks', tasksAbout: 'Tasks with a due day that follow from outcomes; record what was done.', noTasks: 'No tasks.', taskStates: { OPEN: 'open', DONE: 'done', WITHDRAWN: 'withdrawn' }, close: 'Record as done', overdue: 'overdue', executor: 'By', task: 'Task',
  accountsTitle: 'Accounts of points', accountsAbout: 'Points of villages and people: only added to; corrections are counter-entries.', noAccounts: 'No points in this span.', competition: 'Competition', from: 'From period', to: 'To period', balance: 'Balance', deductions: 'Deductions', entries: (n: number) => `${n} entries`, holder: 'Holder', counter: 'counter-entry', noCompetition: 'No competition yet.',
  rollupsTitle: 'Summaries', rollupsAbout: 'Quarters, half-years and years from published rounds.', noRollups: 'No summary was published yet.', key: 'Key', keyHint: 'the key of the summary in the template, for example quarter', look: 'Try', publish: 'Publish', publishAbout: 'It becomes a new revision, and rules propose outcomes from it.', value: 'Value', attended: 'Attended', rank: 'Rank', village: 'Village', published: 'Published', preview: 'Tried', download: 'Paper', revision: (n: number) => `revision ${n}`,
});
