import { words } from '@/words/language';

/** Words of boards, dry runs and the history of publications. */
export const said = words({
  rank: '名次', name: '名称', total: '总分', change: '升降', bands: '档次', light: '三色', track: '赛道', range: '名次区间', parts: '构成', grades: '等次', streaks: '连续', unranked: '未排名', newcomer: '—',
  up: (n: number) => `升 ${n} 位`, down: (n: number) => `降 ${n} 位`, same: '持平', times: (n: number) => `（已连续 ${n} 次）`, rangeOf: (low: number, high: number) => `第 ${low}–${high} 名`,
  why: { absent: '未参评', unmarked: '未评分', vetoed: '一票否决' },
  vetoed: (item: string) => `一票否决：${item}`, proposed: '（建议，待上级审定）', undecided: '未定等次', rangeHint: '任意去掉一名评委时名次的变动范围；不足三名评委不显示。',
  none: '还没有通报。审定通报之后，成绩榜和各版通报在这里。', notShown: '这一版成绩不对您公布名次。', bulletin: '通报', docx: 'DOCX', board: (n: number) => `成绩榜（第 ${n} 版）`,
  history: '通报历史', revision: (n: number) => `第 ${n} 版`, superseded: '已被替代', current: '现行', publishedAt: '公布时间', approver: '审定', comment: '审定意见', reason: '更正原因', number: '文号', hash: '校验值', audience: '公布范围',
  role: (key: string) => ({ 'township-approver': '审定人', 'county-admin': '县级管理员', 'prefecture-admin': '市级管理员' } as Partial<Record<string, string>>)[key] ?? key, audiences: { PERSON: '本人', TOWNSHIP: '全乡', COUNTY: '全县', PUBLIC: '公开' },
  trialTitle: '试算结果', about: '试算不保存任何东西。看清变化，再决定是否保存。', keep: '保存计算结果', keepAbout: '保存后名次定下，可以公示；之后若有变动须重新计算。', keptNow: '计算结果已经保存。下一步是公示。', toAnnounce: '去“进度”公示', run: '重新试算',
  changes: '与上次相比的变化', noChanges: '没有变化要提示：本轮第一次计算，或与上次计算、通报的结果相同。', from: '原值', to: '新值', kind: '项目', kinds: { total: '总分', rank: '名次', band: '档次', outcome: '结果运用', grade: '等次' },
  outcomes: '规则提出的结果运用', noOutcomes: '按规则没有要运用的结果。', seats: '等次名额', taken: (taken: number, seats: number) => `${taken}/${seats}`, open: (n: number) => `待定 ${n} 个`, notBegun: '开评之后才能试算：那时参评名单固定，有了评分。', toProgress: '看本轮次进度', publicPage: '公开页面（不用登录）', publicAbout: '有链接的人都能打开，只显示对公众公布的内容。', keptAlready: '当前状态不需要再保存；有变动时请先重新开放。',
}, {
  rank: 'Rank', name: 'Name', total: 'Total', change: 'Change', bands: 'Bands', light: 'Light', track: 'Track', range: 'Rank range', parts: 'Parts', grades: 'Grades', streaks: 'Streaks', unranked: 'Not ranked', newcomer: '—',
  up: (n: number) => `up ${n}`, down: (n: number) => `down ${n}`, same: 'unchanged', times: (n: number) => ` (${n} in a row)`, rangeOf: (low: number, high: number) => `${low} to ${high}`,
  why: { absent: 'did not take part', unmarked: 'not marked', vetoed: 'vetoed' },
  vetoed: (item: string) => `vetoed: ${item}`, proposed: ' (proposed upward)', undecided: 'no grade yet', rangeHint: 'How the rank moves when any one judge is left out; shown from three judges up.',
  none: 'Nothing is published yet. After the approval, the board and every revision stand here.', notShown: 'Ranks of this revision are not shown to you.', bulletin: 'Bulletin', docx: 'DOCX', board: (n: number) => `Board (revision ${n})`,
  history: 'Publications', revision: (n: number) => `Revision ${n}`, superseded: 'superseded', current: 'current', publishedAt: 'Published', approver: 'Approved by', comment: 'Comment', reason: 'Reason of the correction', number: 'Number', hash: 'Hash', audience: 'Audience',
  role: (key: string) => ({ 'township-approver': 'approver', 'county-admin': 'county administrator', 'prefecture-admin': 'prefecture administrator' } as Partial<Record<string, string>>)[key] ?? key, audiences: { PERSON: 'The person', TOWNSHIP: 'Township', COUNTY: 'County', PUBLIC: 'Public' },
  trialTitle: 'Result of the dry run', about: 'A dry run keeps nothing. See what changes, then decide.', keep: 'Keep this result', keepAbout: 'Ranks are then fixed and can be announced; when something changes they are computed anew.', keptNow: 'The result is kept. The next step is to announce it.', toAnnounce: 'Announce it', run: 'Compute again',
  changes: 'What changes', noChanges: 'Nothing changes: it is computed for the first time, or comes out the same as before.', from: 'Before', to: 'After', kind: 'What', kinds: { total: 'Total', rank: 'Rank', band: 'Band', outcome: 'Outcome', grade: 'Grade' },
  outcomes: 'Outcomes that the rules propose', noOutcomes: 'The rules propose none.', seats: 'Seats of grades', taken: (taken: number, seats: number) => `${taken} of ${seats}`, open: (n: number) => `${n} undecided`, notBegun: 'There is something to try once the round is open.', toProgress: 'See how the round stands', publicPage: 'Public page (no account)', publicAbout: 'Whoever has the link can open it; it shows what is published to everybody.', keptAlready: 'Nothing is to be kept in this state; reopen the round when something has to change.',
});
