import { CompassOutlined } from '@ant-design/icons';
import type { Area } from '@/area';
import { words } from '@/words/language';

export const area: Area = {
  pages: [{ path: 'setup', load: () => import('./setup') }],
  menu: [{ path: '/setup', icon: <CompassOutlined />, label: words({ label: '开通向导' }, { label: 'Getting started' }), group: 'run', order: 90, permissions: ['grant:read'] }],
};
