import { words } from '@/words/language';

export const said = words({
  about: '套餐、用量和月度对账。', plan: '套餐', until: '有效期至', access: '状态', villages: '村（社区）数', storage: '存储（MB）', tokens: '令牌请求', tokensMonth: '本月令牌请求', sessions: '网页请求', none: '不限', of: (have: number, most: string) => `${have} / ${most}`, byDay: '按日请求数', noDays: '本月还没有请求。', day: '日期', statement: '月度对账', month: '月份', name: '单位', rounds: '公布轮次', csv: '下载 CSV', scope: '范围', scopes: { OWN: '本单位', BELOW: '已纳管的下级', ALL: '全部单位' }, noLines: '这个月没有可列的单位。',
  state: { ACTIVE: '正常', READ_ONLY: '只读', CLOSED: '已停用' }, noPlan: '未设套餐', holds: '停用记录', held: (what: string, at: string, why: string) => `${at} 起${what}：${why}。`, lifted: (at: string) => `已于 ${at} 恢复。`, lasting: '目前仍有效。',
}, {
  about: 'Plan, what is used of it, and the monthly statement.', plan: 'Plan', until: 'Until', access: 'State', villages: 'Villages', storage: 'Storage (MB)', tokens: 'Requests by token', tokensMonth: 'Requests by token this month', sessions: 'Requests by people', none: 'no limit', of: (have: number, most: string) => `${have} of ${most}`, byDay: 'Requests by day', noDays: 'No requests this month yet.', day: 'Day', statement: 'Statement', month: 'Month', name: 'Tenant', rounds: 'Rounds published', csv: 'Download CSV', scope: 'Of', scopes: { OWN: 'this tenant', BELOW: 'those below that are adopted', ALL: 'everybody' }, noLines: 'Nobody to list for this month.',
  state: { ACTIVE: 'active', READ_ONLY: 'read-only', CLOSED: 'closed' }, noPlan: 'no plan', holds: 'Suspensions', held: (what: string, at: string, why: string) => `${what} since ${at}: ${why}. `, lifted: (at: string) => `Lifted on ${at}.`, lasting: 'It still holds.',
});
