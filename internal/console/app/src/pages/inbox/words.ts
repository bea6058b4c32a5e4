import { words } from '@/words/language';

export const said = words({
  title: '消息', about: (n: number) => n > 0 ? `${n} 条未读。消息保存 180 天。` : '没有未读消息。消息保存 180 天。', filter: '显示', all: '全部', unread: '只看未读', none: '还没有消息。轮次通知、公示、问题交办、导出完成等会在这里告诉您。', noneUnread: '没有未读消息。', readAll: '全部标为已读', read: '标为已读', readOne: (text: string) => `标为已读：${text}`, isUnread: '未读', open: '打开', openOne: (text: string) => `打开：${text}`, gone: '对象已不存在，或您不再有权查看。',
  settings: '消息设置', settingsAbout: '不打勾的类别以后不再发给您；已经收到的还在。', save: '保存设置', saved: '已保存。', live: (n: number) => `刚刚来了新消息，共 ${n} 条未读。`, show: '显示新消息',
}, {
  title: 'Inbox', about: (n: number) => n > 0 ? `${n} unread. Messages are kept for 180 days.` : 'Nothing unread. Messages are kept for 180 days.', filter: 'Show', all: 'All', unread: 'Unread only', none: 'No messages yet. Notices, announcements, issues and finished exports are told here.', noneUnread: 'Nothing unread.', readAll: 'Mark all as read', read: 'Mark as read', readOne: (text: string) => `Mark as read: ${text}`, isUnread: 'unread', open: 'Open', openOne: (text: string) => `Open: ${text}`, gone: 'It is gone, or you may no longer see it.',
  settings: 'Settings', settingsAbout: 'Kinds that are not ticked are no longer told to you; what came stays.', save: 'Save settings', saved: 'Saved.', live: (n: number) => `Something new came: ${n} unread.`, show: 'Show it',
});
