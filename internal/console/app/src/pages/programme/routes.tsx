import { CalendarOutlined, TrophyOutlined } from '@ant-design/icons';
import type { Area } from '@/area';
import { words } from '@/words/language';

export const area: Area = {
  pages: [
    { path: 'competitions', load: () => import('./list') },
    { path: 'competitions/new', load: () => import('./create') },
    { path: 'competitions/:id', load: () => import('./competition') },
    { path: 'calendar', load: () => import('./calendar') },
  ],
  menu: [
    { path: '/competitions', icon: <TrophyOutlined />, label: words({ label: '擂台' }, { label: 'Competitions' }), group: 'run', order: 10, permissions: ['competition:read'] },
    { path: '/calendar', icon: <CalendarOutlined />, label: words({ label: '全年日程' }, { label: 'Calendar' }), group: 'run', order: 20, permissions: ['round:read'] },
  ],
};
