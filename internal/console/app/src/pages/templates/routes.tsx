import { FormOutlined } from '@ant-design/icons';
import type { Area } from '@/area';
import { words } from '@/words/language';

export const area: Area = {
  pages: [
    { path: 'templates', load: () => import('./list') },
    { path: 'templates/new', load: () => import('./editor') },
    { path: 'templates/:id', load: () => import('./editor') },
  ],
  menu: [{ path: '/templates', icon: <FormOutlined />, label: words({ label: '评比模板' }, { label: 'Templates' }), group: 'run', order: 30, permissions: ['template:read'] }],
};
