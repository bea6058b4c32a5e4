import type { ComponentType, ReactNode } from 'react';
import type { Words } from '@/words/language';

/** One page: where it is, and the file that draws it, loaded when it is opened. */
export interface PageRoute {
  /** Below /console, for example rounds/:round. */
  path: string;
  load: () => Promise<{ default: ComponentType }>;
}

/** A line of the menu. */
export interface MenuEntry {
  path: string;
  icon: ReactNode;
  label: Words<{ label: string }>;
  /** The place in the menu; entries of one group stand together. */
  group: 'work' | 'run' | 'compare' | 'admin';
  order: number;
  /** Shown to those who hold one of these anywhere, in a tenant of one of these kinds; nothing said: to everybody. */
  permissions?: readonly string[];
  kinds?: readonly string[];
  /** Only to those with a role at a place below the tenant itself: a village's own page. */
  below?: boolean;
}

/** An area of the console: what src/pages/<area>/routes.tsx exports. */
export interface Area {
  pages: readonly PageRoute[];
  menu: readonly MenuEntry[];
}
