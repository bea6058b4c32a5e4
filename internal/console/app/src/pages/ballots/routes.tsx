import { FormOutlined } from '@ant-design/icons';
import type { Area } from '@/area';
import { words } from '@/words/language';

export const area: Area = {
  pages: [
    { path: 'ballots', load: () => import('./ballots') },
    { path: 'ballots/:poll', load: () => import('./poll') },
  ],
  menu: [{ path: '/ballots', icon: <FormOutlined />, label: words({ label: '民主测评' }, { label: 'Ballots' }), group: 'run', order: 50, permissions: ['ballot:read'], kinds: ['TOWNSHIP', 'COUNTY'] }],
};
