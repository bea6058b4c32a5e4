import { words } from '@/words/language';

/** Words of the figures that are entered beside marks. */
export const said = words({
  about: '指标数据、测试成绩和由人评定的分项在这里录入，由另一个人复核后才计入结果。', none: '本轮没有需要另行录入的数据。', notOpen: '开评之后名单固定，才能录入数据。', over: '评分已经关闭，数据不再改动；要改须先重新开放。',
  kinds: { METRIC: '指标', EXAM: '测试成绩', PART: '分项得分' }, of: (kind: string, names: string) => `${kind}：${names}`, lacking: (n: number) => n > 0 ? `还缺 ${n} 个` : '已录齐', village: '参评对象', value: '数值', state: '状态',
  source: '数据来源', sourceHint: '例如 县农业农村局 10 月报表', reason: '评定理由', correction: '更正原因', correctionHint: '改已经录入的数值时必填。', correct: '更正', correctOf: (who: string) => `更正 ${who}`, cell: (who: string, what: string) => `${who} ${what}`,
  save: (n: number) => `保存 ${n} 条`, nothing: '没有可保存的内容', saved: (n: number) => `已保存 ${n} 条，等待第二人复核。`, bad: '不是数字', badCount: (n: number) => `${n} 个格子不是数字，已标出。`, paste: '可以从表格软件复制一列，点住第一格粘贴。',
  sitter: '应试人', chooseSitter: '选择应试人…', score: '成绩（0–100）', absent: '缺考', add: '录入成绩', reading: '正在读取人员…', failed: '人员没有读出，请刷新重试。',
  entered: '已录入的数据', pick: (what: string) => `选择 ${what}`, pickAll: '选择全部待复核', confirm: (n: number) => `确认 ${n} 条`, reject: (n: number) => `退回 ${n} 条`, rejectTitle: '退回数据', rejectReason: '退回原因', done: (n: number) => `已办理 ${n} 条。`, at: '录入时间', what: '数据', basis: '来源或理由', rejectedFor: (why: string) => `退回原因：${why}`, several: (message: string, n: number) => `${message}（${n} 条）`,
  states: { ENTERED: '待复核', CONFIRMED: '已确认', REJECTED: '已退回', SUPERSEDED: '已更正' },
}, {
  about: 'Metrics, test results and parts that people decide on are entered here and count once a second person confirmed them.', none: 'This round needs no such figures.', notOpen: 'Figures are entered once the round is open and its roster fixed.', over: 'Marking is closed: figures do not change unless the round is reopened.',
  kinds: { METRIC: 'Metric', EXAM: 'Test', PART: 'Part' }, of: (kind: string, names: string) => `${kind}: ${names}`, lacking: (n: number) => n > 0 ? `${n} missing` : 'complete', village: 'Subject', value: 'Value', state: 'State',
  source: 'Taken from', sourceHint: 'for example a monthly report', reason: 'Why this value', correction: 'Why it is corrected', correctionHint: 'Needed when a value that was entered is changed.', correct: 'Correct', correctOf: (who: string) => `Correct ${who}`, cell: (who: string, what: string) => `${who} ${what}`,
  save: (n: number) => `Save ${n}`, nothing: 'Nothing to save', saved: (n: number) => `${n} saved; a second person confirms them.`, bad: 'not a number', badCount: (n: number) => `${n} cells are no numbers; they are marked.`, paste: 'A column copied from a spreadsheet can be pasted at its first cell.',
  sitter: 'Sitter', chooseSitter: 'Choose the sitter…', score: 'Score (0–100)', absent: 'Absent', add: 'Enter the result', reading: 'Reading people…', failed: 'People could not be read; reload the page.',
  entered: 'Figures entered', pick: (what: string) => `Select ${what}`, pickAll: 'Select all that wait', confirm: (n: number) => `Confirm ${n}`, reject: (n: number) => `Send back ${n}`, rejectTitle: 'Send figures back', rejectReason: 'Why', done: (n: number) => `${n} done.`, at: 'Entered', what: 'Figure', basis: 'Source or reason', rejectedFor: (why: string) => `Sent back: ${why}`, several: (message: string, n: number) => `${message} (${n})`,
  states: { ENTERED: 'waiting', CONFIRMED: 'confirmed', REJECTED: 'sent back', SUPERSEDED: 'corrected' },
});
