import type { Area, MenuEntry } from '@/area';

const found = import.meta.glob<{ area: Area }>('../pages/*/routes.tsx', { eager: true });

/** Every area of the console. */
export const areas: Area[] = Object.values(found).map((m) => m.area);

const groups = ['work', 'run', 'compare', 'admin'] as const;

/** The menu of somebody: what they may use, where they work, and whether they belong to a place below it. */
export function menuFor(kind: string, may: (permission: string) => boolean, below: boolean): { group: MenuEntry['group']; entries: MenuEntry[] }[] {
  const shown = areas.flatMap((a) => a.menu).filter((e) => (below || !e.below) && (!e.kinds || e.kinds.includes(kind)) && (!e.permissions || e.permissions.some(may)));
  return groups
    .map((group) => ({ group, entries: shown.filter((e) => e.group === group).sort((a, b) => a.order - b.order) }))
    .filter((g) => g.entries.length > 0);
}
