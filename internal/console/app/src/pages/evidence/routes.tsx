import { PictureOutlined } from '@ant-design/icons';
import type { Area } from '@/area';
import { words } from '@/words/language';

export const area: Area = {
  pages: [{ path: 'evidence', load: () => import('./evidence') }],
  menu: [{ path: '/evidence', icon: <PictureOutlined />, label: words({ label: '佐证材料' }, { label: 'Evidence' }), group: 'run', order: 50, permissions: ['evidence:read'] }],
};
