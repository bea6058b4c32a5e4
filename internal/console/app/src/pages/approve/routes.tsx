import { AuditOutlined } from '@ant-design/icons';
import type { Area } from '@/area';
import { words } from '@/words/language';

export const area: Area = {
  pages: [
    { path: 'approve', load: () => import('./waiting') },
    { path: 'approve/:round', load: () => import('./approve') },
  ],
  menu: [{ path: '/approve', icon: <AuditOutlined />, label: words({ label: '审定通报' }, { label: 'Approve' }), group: 'work', order: 30, permissions: ['round:publish', 'objection:decide', 'round:compute'] }],
};
