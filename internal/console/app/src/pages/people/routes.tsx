import { TeamOutlined } from '@ant-design/icons';
import type { Area } from '@/area';
import { words } from '@/words/language';

export const area: Area = {
  pages: [
    { path: 'people', load: () => import('./roster') },
    { path: 'people/import', load: () => import('./import') },
    { path: 'people/organisations', load: () => import('./organisations') },
    { path: 'people/classes', load: () => import('./classes') },
  ],
  menu: [{ path: '/people', icon: <TeamOutlined />, label: words({ label: '花名册' }, { label: 'People' }), group: 'run', order: 40, permissions: ['person:read'] }],
};
