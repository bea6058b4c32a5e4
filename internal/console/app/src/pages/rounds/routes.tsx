import { FlagOutlined } from '@ant-design/icons';
import type { Area } from '@/area';
import { words } from '@/words/language';

export const area: Area = {
  pages: [
    { path: 'rounds', load: () => import('./list') },
    { path: 'rounds/:round/:part?', load: () => import('./round') },
    { path: 'rounds/:round/grid', load: () => import('./grid') },
    { path: 'rounds/:round/arena', load: () => import('./arena') },
  ],
  menu: [{ path: '/rounds', icon: <FlagOutlined />, label: words({ label: '轮次' }, { label: 'Rounds' }), group: 'work', order: 20, permissions: ['round:read'] }],
};
