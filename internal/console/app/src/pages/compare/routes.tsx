import { BarChartOutlined, CarryOutOutlined, StarOutlined, TrophyOutlined } from '@ant-design/icons';
import type { Area } from '@/area';
import { words } from '@/words/language';

export const area: Area = {
  pages: [
    { path: 'compare', load: () => import('./compare') },
    { path: 'compare/units/:unit', load: () => import('./unit') },
    { path: 'compare/boards/:round', load: () => import('./board') },
    { path: 'compare/rules', load: () => import('./rules') },
    { path: 'compare/published', load: () => import('./published') },
    { path: 'compare/published/:id', load: () => import('./publication') },
    { path: 'inspections', load: () => import('./inspections') },
    { path: 'highlights', load: () => import('./highlights') },
    { path: 'year', load: () => import('./year') },
  ],
  menu: [
    { path: '/compare', icon: <BarChartOutlined />, label: words({ label: '横向比对' }, { label: 'Comparison' }), group: 'compare', order: 10, permissions: ['publication:read'], kinds: ['COUNTY', 'PREFECTURE'] },
    { path: '/compare/published', icon: <BarChartOutlined />, label: words({ label: '公布的比对' }, { label: 'Published comparisons' }), group: 'compare', order: 11, permissions: ['publication:read'], kinds: ['TOWNSHIP'] },
    { path: '/inspections', icon: <CarryOutOutlined />, label: words({ label: '检查统筹' }, { label: 'Inspection plan' }), group: 'compare', order: 20, permissions: ['round:read'], kinds: ['COUNTY', 'PREFECTURE'] },
    { path: '/highlights', icon: <StarOutlined />, label: words({ label: '亮点与评分细则' }, { label: 'Highlights and rubrics' }), group: 'compare', order: 30, permissions: ['highlight:read'], kinds: ['TOWNSHIP', 'COUNTY', 'PREFECTURE'] },
    { path: '/year', icon: <TrophyOutlined />, label: words({ label: '年度报告' }, { label: 'Year report' }), group: 'compare', order: 40, permissions: ['round:compute', 'round:publish'], kinds: ['TOWNSHIP'] },
    { path: '/year', icon: <TrophyOutlined />, label: words({ label: '年度报告' }, { label: 'Year report' }), group: 'compare', order: 40, permissions: ['publication:read'], kinds: ['COUNTY', 'PREFECTURE'] },
  ],
};
