import { TrophyOutlined } from '@ant-design/icons';
import type { Area } from '@/area';
import { words } from '@/words/language';

export const area: Area = {
  pages: [{ path: 'village', load: () => import('./village') }],
  menu: [{ path: '/village', icon: <TrophyOutlined />, label: words({ label: '本村成绩' }, { label: 'Our village' }), group: 'work', order: 10, permissions: ['objection:file'], below: true }],
};
