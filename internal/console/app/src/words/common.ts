import { words } from './language';

/** Words that many pages share; what belongs to one page stands beside it. */
export const common = words({
  product: '擂台',
  save: '保存', cancel: '取消', close: '关闭', confirm: '确认', back: '返回', next: '下一步', edit: '修改', remove: '删除',
  more: '更多', retry: '重试', search: '搜索', open: '打开', download: '下载', print: '打印', add: '添加', details: '详情',
  loading: '正在读取…', saved: '已保存', done: '已完成', reason: '理由', none: '无', yes: '是', no: '否', all: '全部',
  loadMore: '继续显示', copied: '已复制', copy: '复制',
  village: '村（社区）', township: '乡镇', county: '县（市、区）', round: '轮次', total: '总分', rank: '名次', period: '周期', state: '状态', date: '日期',
}, {
  product: 'Leitai',
  save: 'Save', cancel: 'Cancel', close: 'Close', confirm: 'Confirm', back: 'Back', next: 'Next', edit: 'Edit', remove: 'Remove',
  more: 'More', retry: 'Try again', search: 'Search', open: 'Open', download: 'Download', print: 'Print', add: 'Add', details: 'Details',
  loading: 'Loading…', saved: 'Saved', done: 'Done', reason: 'Reason', none: 'None', yes: 'Yes', no: 'No', all: 'All',
  loadMore: 'Show more', copied: 'Copied', copy: 'Copy',
  village: 'Village', township: 'Township', county: 'County', round: 'Round', total: 'Total', rank: 'Rank', period: 'Period', state: 'State', date: 'Date',
});
