import type { Area } from '@/area';

// Reached from the person's own corner, and offered on the home page of a demonstration.
export const area: Area = {
  pages: [{ path: 'tour', load: () => import('./tour') }],
  menu: [],
};
