import { HomeOutlined } from '@ant-design/icons';
import type { Area } from '@/area';
import { words } from '@/words/language';

export const area: Area = {
  pages: [{ path: '', load: () => import('./home') }],
  menu: [{ path: '/', icon: <HomeOutlined />, label: words({ label: '首页' }, { label: 'Home' }), group: 'work', order: 0 }],
};
