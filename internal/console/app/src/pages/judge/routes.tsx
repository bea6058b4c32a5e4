import { FormOutlined } from '@ant-design/icons';
import type { Area } from '@/area';
import { words } from '@/words/language';

export const area: Area = {
  pages: [
    { path: 'judge', load: () => import('./today') },
    { path: 'judge/:round/:village', load: () => import('./village') },
  ],
  menu: [{ path: '/judge', icon: <FormOutlined />, label: words({ label: '现场评分' }, { label: 'Marking' }), group: 'work', order: 20, permissions: ['mark:write'] }],
};
