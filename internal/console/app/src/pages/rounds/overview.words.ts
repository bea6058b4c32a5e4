import { words } from '@/words/language';

/** Words of a round's progress and of its next step. */
export const said = words({
  steps: { NOTIFIED: '发布书面通知', OPEN: '开评', CLOSED: '关闭评分', COMPUTED: '试算并保存结果', PROVISIONAL: '公示', PUBLISHED: '审定通报' }, several: (some: string, n: number) => `${some}等 ${n} 个`, next: (step: string) => `下一步：${step}`, finished: '本轮次已经通报，没有下一步。发现错误时，由审定人重新开放，更正后发布新的一版。', finish: '看成绩榜',
  blocked: (n: number) => `还有 ${n} 件事要先办好：`, free: '前提都已具备，可以办理。', mend: '去办理', refusedFor: (n: number) => `没有办成：上面列出的 ${n} 件事要先办好。`, notYours: '这一步由有权限的人办理，您可以在这里看进度。',
  number: '发文字号', numberHint: '例如 晴委办〔2023〕18号', venue: '地点', venueHint: '乡镇机关或示范村', text: '要求（准备什么、带什么）', held: '改期（可不填）', heldHint: (day: string) => `原定 ${day}；领导小组另定日期时才填`,
  notify: '发布书面通知', notifyAgain: '重发书面通知', notifyAbout: '通知把日期、地点、单项和分组定下来，之后有变动须重发。', preview: '预览和打印通知', cancelAgain: '不重发',
  open: '开评', openAbout: '开评后固定参评名单和举行当天的联系人员，评委开始评分，细则不能再改。',
  close: '关闭评分', closeAbout: '分数齐全、都已复核、台账都已签收，才关得上。',
  compute: '去试算并保存结果', computeAbout: '先试算，看清与上次相比有什么变化，满意了再保存。',
  announce: '公示', announceAbout: '各村看到自己的明细，异议期从次日起算。', apply: '一并更正成立的异议', applyAbout: '复核组认定成立的异议作为一批一起更正并重算；由没有参与复核的人办理。', applied: '已更正，结果已重算。',
  publish: '去审定', publishAbout: '审定人查看变化、并列、异议和拟议的结果运用，写明意见后通报。',
  progress: '评分进度', entered: (n: number) => `已评 ${n}`, sure: (n: number) => `已复核 ${n}`, missing: (n: number) => `待评 ${n}`, live: '实时更新', notLive: '没有实时连接，以下是刚才读取的待评数。',
  panel: '小组', item: '单项', channel: '渠道', noPanel: '（未编组）', none: '没有待评分数。', whole: '合计', bar: (entered: number, all: number) => `${entered}/${all}`, begins: '开评之后，这里显示各组各项的进度。',
  more: '主题、重新开放与取消', theme: '主题', form: '擂台形式', forms: { MEETING: '会议擂台', ONSITE: '现场擂台', PROJECT: '项目擂台' }, noForm: '不注明', saveTheme: '保存主题和形式', themeAbout: '一期一个主题，开评前确定。',
  reopen: '重新开放', reopenAbout: '回到评分，写明原因；已通报的，从此开始更正，通报时成为新的一版。', cancel: '取消本轮次', cancelAbout: '取消的轮次既不中断也不延长连续次数。', reason: '原因',
  warned: '已办理。请注意：',
}, {
  steps: { NOTIFIED: 'issue the notice', OPEN: 'open the round', CLOSED: 'close the round', COMPUTED: 'compute and keep the result', PROVISIONAL: 'announce', PUBLISHED: 'approve and publish' }, several: (some: string, n: number) => `${some} and more, ${n} in all`, next: (step: string) => `Next: ${step}`, finished: 'This round is published; nothing is left to do. If an error is found, the approver reopens it, and a new revision is published.', finish: 'See the board',
  blocked: (n: number) => `${n} to be settled first:`, free: 'Everything is in place.', mend: 'Settle it', refusedFor: (n: number) => `Not done: the ${n} things listed above come first.`, notYours: 'Somebody with the right to it takes this step; you can follow it here.',
  number: 'Document number', numberHint: 'for example 晴委办〔2023〕18号', venue: 'Venue', venueHint: 'The township office or a demonstration village', text: 'What to prepare and bring', held: 'Another day (optional)', heldHint: (day: string) => `planned for ${day}; only when the leading group fixed another`,
  notify: 'Issue the notice', notifyAgain: 'Issue the notice anew', notifyAbout: 'The notice fixes day, venue, items and panels; when they change it has to be issued anew.', preview: 'View and print the notice', cancelAgain: 'Leave it',
  open: 'Open the round', openAbout: 'Fixes the roster and the people linked to it, and takes marks; the rubric cannot change any more.',
  close: 'Close the round', closeAbout: 'Possible when all marks are in and confirmed and all ledgers received.',
  compute: 'Try it and keep the result', computeAbout: 'First a dry run with what would change; keep it when it is right.',
  announce: 'Announce', announceAbout: 'Villages see their own details; the objection period begins on the day after.', apply: 'Apply accepted objections', applyAbout: 'All accepted objections are applied as one set and computed anew, by somebody who decided none of them.', applied: 'Applied and computed anew.',
  publish: 'To the approval', publishAbout: 'The approver sees changes, ties, objections and proposed outcomes, and publishes with a comment.',
  progress: 'Marks', entered: (n: number) => `${n} in`, sure: (n: number) => `${n} confirmed`, missing: (n: number) => `${n} missing`, live: 'updated live', notLive: 'No live connection; these are the missing marks as just read.',
  panel: 'Panel', item: 'Item', channel: 'Channel', noPanel: '(no panel)', none: 'No mark is missing.', whole: 'In all', bar: (entered: number, all: number) => `${entered} of ${all}`, begins: 'Progress by panel and item is shown here once the round is open.',
  more: 'Theme, reopening, cancelling', theme: 'Theme', form: 'Form of the arena', forms: { MEETING: 'Meeting', ONSITE: 'On site', PROJECT: 'Project' }, noForm: 'Not said', saveTheme: 'Save theme and form', themeAbout: 'One round, one theme, fixed before it opens.',
  reopen: 'Reopen', reopenAbout: 'Back to marking, with a reason; after publication this begins a correction, published as a new revision.', cancel: 'Cancel this round', cancelAbout: 'A cancelled round neither breaks nor extends a streak.', reason: 'Reason',
  warned: 'Done. Please note:',
});
