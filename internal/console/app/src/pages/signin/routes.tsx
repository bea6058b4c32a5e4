import type { Area } from '@/area';

export const area: Area = {
  pages: [{ path: 'signin', load: () => import('./signin') }],
  menu: [],
};
