import { BellOutlined } from '@ant-design/icons';
import type { Area } from '@/area';
import { words } from '@/words/language';

export const area: Area = {
  pages: [
    { path: 'inbox', load: () => import('./inbox') },
    { path: 'published/:publication', load: () => import('./published') },
  ],
  menu: [{ path: '/inbox', icon: <BellOutlined />, label: words({ label: '消息' }, { label: 'Inbox' }), group: 'work', order: 90, permissions: ['inbox:read'] }],
};
