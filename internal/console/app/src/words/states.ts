import { words } from './language';

/** What the states of the API are called, by type and value. */
export const states = words({
  round: { PLANNED: '已编排', NOTIFIED: '已通知', OPEN: '评分中', CLOSED: '已关闭', COMPUTED: '已计算', PROVISIONAL: '公示中', PUBLISHED: '已通报', CANCELLED: '已取消' },
  issue: { ASSIGNED: '已交办', ANSWERED: '已反馈', CLOSED: '已销号', RETURNED: '已退回' },
}, {
  round: { PLANNED: 'Planned', NOTIFIED: 'Notified', OPEN: 'Open', CLOSED: 'Closed', COMPUTED: 'Computed', PROVISIONAL: 'Provisional', PUBLISHED: 'Published', CANCELLED: 'Cancelled' },
  issue: { ASSIGNED: 'Assigned', ANSWERED: 'Answered', CLOSED: 'Closed', RETURNED: 'Returned' },
});
