import { AccountBookOutlined, CheckSquareOutlined, ProfileOutlined } from '@ant-design/icons';
import type { Area } from '@/area';
import { words } from '@/words/language';

export const area: Area = {
  pages: [
    { path: 'outcomes', load: () => import('./outcomes') },
    { path: 'tasks', load: () => import('./tasks') },
    { path: 'accounts', load: () => import('./accounts') },
    { path: 'rollups', load: () => import('./rollups') },
  ],
  menu: [
    { path: '/tasks', icon: <CheckSquareOutlined />, label: words({ label: '任务' }, { label: 'Tasks' }), group: 'work', order: 40, permissions: ['task:read'] },
    { path: '/outcomes', icon: <ProfileOutlined />, label: words({ label: '结果运用' }, { label: 'Outcomes' }), group: 'work', order: 35, permissions: ['outcome:read'], kinds: ['TOWNSHIP', 'COUNTY'] },
    { path: '/accounts', icon: <AccountBookOutlined />, label: words({ label: '加减分台账' }, { label: 'Accounts of points' }), group: 'run', order: 60, permissions: ['account:read'], kinds: ['TOWNSHIP', 'COUNTY'] },
  ],
};
