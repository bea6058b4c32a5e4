import type { Area } from '@/area';

// Reached from the person's own corner, not from the menu.
export const area: Area = {
  pages: [
    { path: 'own', load: () => import('./own') },
    { path: 'elsewhere', load: () => import('./elsewhere') },
  ],
  menu: [],
};
