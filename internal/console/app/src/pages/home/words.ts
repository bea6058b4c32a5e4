import type { AgendaKind } from '@/api/schema';
import { words } from '@/words/language';

/** Words of the home page. */
export const said = words({
  title: '首页', hello: (name: string, day: string) => `${name}，今天是 ${day}。`, due: '待办', unread: (n: number) => `您有 ${n} 条未读消息`,
  nothing: '现在没有要您办的事。', onlyItems: '没有等您办理的步骤；您分管的单项还没有写好的，请从下面“去编写细则”进去写。', firstly: '第一次使用，请先按开通向导做好准备，再下发第一轮通知。', guide: '打开开通向导', setup: (done: number, all: number) => `开通准备（${done}/${all}）`, nextStep: (label: string) => `下一步：${label}`,
  go: '去办理', see: '查看进度', rubric: '去编写细则', others: '等待他人办理', overdue: (n: number) => `已逾期 ${n} 天`, today: '今天到期', left: (n: number) => `还有 ${n} 天`, undated: '没有期限', until: (day: string) => `${day} 前`,
  blocked: (n: number) => `还有 ${n} 件事要先办好：`, moreBlockers: (n: number) => `另有 ${n} 件`, free: '前提都已具备。', often: '常去的地方', count: (n: number) => `${n} 项`,
  step: (state: string) => ({ NOTIFIED: '下发书面通知', OPEN: '开评', CLOSED: '关闭评分', COMPUTED: '试算并保存结果', PROVISIONAL: '公示', PUBLISHED: '审定通报' } as Record<string, string>)[state] ?? '办理下一步',
  kinds: {
    ROUND_STEP: '轮次下一步', MARKS_TO_GIVE: '待评分', MARKS_TO_CONFIRM: '待复核的评分', FIGURES_TO_CONFIRM: '待复核的数据', GRADES_TO_APPROVE: '待审批的等次', OBJECTIONS_TO_DECIDE: '待处理的异议', OUTCOMES_TO_CONFIRM: '待确认的结果运用', FINDINGS_TO_DECIDE: '待审定的认定', MONEY_TO_DECIDE: '待集体决定的资金', MONEY_TO_APPROVE: '待审批的资金', MONEY_TO_PAY: '待兑现的资金', TASKS_TO_DO: '待办的落实事项', ISSUES_TO_ANSWER: '待整改的问题', ISSUES_TO_VERIFY: '待核查的问题',
  } satisfies Record<AgendaKind, string>,
  places: { rounds: '全部轮次', village: '本村成绩', judge: '手机评分', compare: '横向比对', issues: '问题台账', outcomes: '结果运用', calendar: '年度日程', admin: '账号与授权' },
}, {
  title: 'Home', hello: (name: string, day: string) => `${name}, today is ${day}.`, due: 'To do', unread: (n: number) => `${n} unread messages`,
  nothing: 'Nothing waits for you.', onlyItems: 'No step waits for you; if an item of yours is not written yet, write it from “Write the rubric” below.', firstly: 'The first time, follow the guide to get ready, then issue the first notice.', guide: 'Open the guide', setup: (done: number, all: number) => `Getting ready (${done} of ${all})`, nextStep: (label: string) => `Next: ${label}`,
  go: 'Do it', see: 'See progress', rubric: 'Write the rubric', others: 'Waiting for somebody else', overdue: (n: number) => `${n} days overdue`, today: 'due today', left: (n: number) => `${n} days left`, undated: 'no day set', until: (day: string) => `by ${day}`,
  blocked: (n: number) => `${n} to be settled first:`, moreBlockers: (n: number) => `${n} more`, free: 'Everything is in place.', often: 'Often visited', count: (n: number) => `${n}`,
  step: (state: string) => ({ NOTIFIED: 'Issue the notice', OPEN: 'Open the round', CLOSED: 'Close the round', COMPUTED: 'Compute the result', PROVISIONAL: 'Announce', PUBLISHED: 'Approve and publish' } as Record<string, string>)[state] ?? 'Next step',
  kinds: {
    ROUND_STEP: 'Next step of a round', MARKS_TO_GIVE: 'Marks to give', MARKS_TO_CONFIRM: 'Marks to confirm', FIGURES_TO_CONFIRM: 'Figures to confirm', GRADES_TO_APPROVE: 'Grades to approve', OBJECTIONS_TO_DECIDE: 'Objections to decide', OUTCOMES_TO_CONFIRM: 'Outcomes to confirm', FINDINGS_TO_DECIDE: 'Findings to decide', MONEY_TO_DECIDE: 'Money to decide', MONEY_TO_APPROVE: 'Money to approve', MONEY_TO_PAY: 'Money to pay', TASKS_TO_DO: 'Tasks to do', ISSUES_TO_ANSWER: 'Issues to answer', ISSUES_TO_VERIFY: 'Answers to verify',
  } satisfies Record<AgendaKind, string>,
  places: { rounds: 'All rounds', village: 'Our village', judge: 'Marking on a phone', compare: 'Comparison', issues: 'Issues', outcomes: 'Outcomes', calendar: 'Calendar', admin: 'Accounts and roles' },
});
