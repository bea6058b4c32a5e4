import { words } from '@/words/language';

/** Words of the second person's look at marks. */
export const said = words({
  about: '由另一个人复核：确认，或退回并写明原因。自己给出的、自己录入的，不能自己复核。', none: '没有待复核的评分。', noneYet: '还没有录入评分。', seeking: '读出的都不在此列，正在继续读取…', filter: '显示', waiting: '待复核', rejected: '已退回', confirmed: '已确认', all: '全部', channel: '渠道', item: '单项', everyItem: '全部单项', everyChannel: '全部渠道',
  village: '参评对象', judge: '评委', value: '得分', state: '状态', at: '录入时间', pick: (name: string) => `选择 ${name}`, pickAll: '选择本页全部', picked: (n: number) => `已选 ${n} 条`, confirm: (n: number) => `确认 ${n} 条`, reject: (n: number) => `退回 ${n} 条`, reason: '退回原因', rejectTitle: '退回评分', corrected: (why: string) => `更正原因：${why}`, rejectedFor: (why: string) => `退回原因：${why}`,
  states: { ENTERED: '待复核', CONFIRMED: '已确认', REJECTED: '已退回', SUPERSEDED: '已更正' }, done: (n: number) => `已办理 ${n} 条。`, veto: '一票否决', several: (message: string, n: number) => `${message}（${n} 条）`, rest: '还有更多评分没有读出，请点“继续显示”后再全选。',
}, {
  about: 'A second person confirms marks, or sends them back with a reason; never their own.', none: 'No mark waits for confirmation.', noneYet: 'No marks yet.', seeking: 'None among those read; reading on…', filter: 'Show', waiting: 'Waiting', rejected: 'Sent back', confirmed: 'Confirmed', all: 'All', channel: 'Channel', item: 'Item', everyItem: 'All items', everyChannel: 'All channels',
  village: 'Subject', judge: 'Judge', value: 'Mark', state: 'State', at: 'Entered', pick: (name: string) => `Select ${name}`, pickAll: 'Select all shown', picked: (n: number) => `${n} selected`, confirm: (n: number) => `Confirm ${n}`, reject: (n: number) => `Send back ${n}`, reason: 'Why', rejectTitle: 'Send marks back', corrected: (why: string) => `Corrected: ${why}`, rejectedFor: (why: string) => `Sent back: ${why}`,
  states: { ENTERED: 'waiting', CONFIRMED: 'confirmed', REJECTED: 'sent back', SUPERSEDED: 'corrected' }, done: (n: number) => `${n} done.`, veto: 'veto', several: (message: string, n: number) => `${message} (${n} marks)`, rest: 'More marks are there; show them before selecting all.',
});
