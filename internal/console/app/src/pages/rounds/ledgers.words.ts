import { words } from '@/words/language';

/** Words of receptions, absences and missing marks. */
export const said = words({
  about: '台账由村党组织书记本人送到，先签收，后评分。没有决定之前，缺分不会当零分，也不能通报。', village: '参评对象', track: '赛道', ledger: '台账', gaps: '缺分', state: '参评', acts: '办理',
  notOpen: '开评之后，参评名单固定在这里。', received: (at: string) => `${at} 已签收`, by: (who: string) => `送交人 ${who}`, notReceived: '未签收', gapCount: (n: number) => `缺 ${n} 项`, noGaps: '齐全', absent: '未参评', takesPart: '参评', undo: '撤销未参评',
  receive: '签收', receiveTitle: (name: string) => `签收 ${name} 的台账`, deliveredBy: '送交人', note: '备注', noteHint: '不是村党组织书记本人送来的，必须写明原因。', chosenFirst: '请选择', reading: '正在读取人员…', failed: '人员没有读出，请重试。',
  markAbsent: '登记未参评', absentTitle: (name: string) => `${name} 未参评`, undoTitle: (name: string) => `${name} 恢复参评`, reason: '原因',
  decide: '缺项处理', decideTitle: (name: string) => `${name} 的缺项处理`, what: '处理哪一项', whole: '整个参评对象', decision: '决定', kinds: { UNRANKED: '不排名', ZERO: '按零分' }, decisions: '已作的决定', decidedAt: '时间', count: (got: number, all: number) => `已签收 ${got}/${all}`,
}, {
  about: 'The village secretary brings the ledger in person; it is received before it is marked. Until somebody decides, a missing mark is no zero, and nothing can be published.', village: 'Subject', track: 'Track', ledger: 'Ledger', gaps: 'Missing marks', state: 'Takes part', acts: 'Do',
  notOpen: 'The roster is fixed when the round opens.', received: (at: string) => `received ${at}`, by: (who: string) => `from ${who}`, notReceived: 'not received', gapCount: (n: number) => `${n} missing`, noGaps: 'complete', absent: 'absent', takesPart: 'yes', undo: 'Takes part after all',
  receive: 'Receive', receiveTitle: (name: string) => `Receive the ledger of ${name}`, deliveredBy: 'Brought by', note: 'Remark', noteHint: 'Say why when it was not brought by the village secretary.', chosenFirst: 'Choose', reading: 'Reading people…', failed: 'People could not be read; try again.',
  markAbsent: 'Absent', absentTitle: (name: string) => `${name} does not take part`, undoTitle: (name: string) => `${name} takes part after all`, reason: 'Reason',
  decide: 'Decide what is missing', decideTitle: (name: string) => `What is missing of ${name}`, what: 'What', whole: 'The whole subject', decision: 'Decision', kinds: { UNRANKED: 'Not ranked', ZERO: 'Counts as zero' }, decisions: 'Decisions', decidedAt: 'When', count: (got: number, all: number) => `${got} of ${all} received`,
});
