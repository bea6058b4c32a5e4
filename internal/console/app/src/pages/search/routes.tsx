import type { Area } from '@/area';

export const area: Area = {
  pages: [{ path: 'search', load: () => import('./search') }],
  menu: [], // it is at the top of every page
};
