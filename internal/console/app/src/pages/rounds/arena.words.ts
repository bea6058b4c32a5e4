import { words } from '@/words/language';

/** Words of the screen for the day of an arena. */
export const said = words({
  title: '擂台现场', full: '全屏', leave: '退出全屏', round: '回到本轮次', order: '发言顺序', shuffle: '随机排序', again: '恢复名册顺序', up: (n: string) => `${n} 上移`, down: (n: string) => `${n} 下移`, speaking: '正在发言', next: '下一位', previous: '上一位', minutes: '每位分钟数', start: '开始', pause: '暂停', reset: '重新计时', over: '时间到', last: '最后一分钟', ledgers: '台账签收', receive: '签收', received: '已签收', absent: '未参评', finished: '全部发言结束', noRoster: '开评之后参评名单才确定。', time: (t: string) => `剩余时间 ${t}`, count: (got: number, all: number) => `${got}/${all}`, orderAbout: '顺序只保存在本机，不影响任何成绩。', go: (n: string) => `请 ${n} 发言`,
}, {
  title: 'Arena day', full: 'Full screen', leave: 'Leave full screen', round: 'Back to the round', order: 'Speaking order', shuffle: 'Shuffle', again: 'Order of the roster', up: (n: string) => `${n} earlier`, down: (n: string) => `${n} later`, speaking: 'Speaking', next: 'Next', previous: 'Previous', minutes: 'Minutes each', start: 'Start', pause: 'Pause', reset: 'Reset', over: 'Time is up', last: 'Last minute', ledgers: 'Ledgers', receive: 'Receive', received: 'received', absent: 'absent', finished: 'All have spoken', noRoster: 'The roster is fixed when the round opens.', time: (t: string) => `${t} left`, count: (got: number, all: number) => `${got} of ${all}`, orderAbout: 'The order is kept on this device only and counts for nothing.', go: (n: string) => `${n} speaks`,
});
