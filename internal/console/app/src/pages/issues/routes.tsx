import { WarningOutlined } from '@ant-design/icons';
import type { Area } from '@/area';
import { words } from '@/words/language';

export const area: Area = {
  pages: [
    { path: 'issues', load: () => import('./issues') },
    { path: 'issues/new', load: () => import('./new') },
    { path: 'issues/:id', load: () => import('./issue') },
  ],
  menu: [{ path: '/issues', icon: <WarningOutlined />, label: words({ label: '问题整改' }, { label: 'Issues' }), group: 'run', order: 40, permissions: ['issue:read'] }],
};
