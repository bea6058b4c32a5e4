import type { AgendaKind } from '@/api/schema';

/** Where on the console something due is done. */
export function placeOf(kind: AgendaKind, round: string | undefined, next: string | null | undefined, mine: boolean): string {
  switch (kind) {
    case 'ROUND_STEP': return round ? (next === 'PUBLISHED' && mine ? `/approve/${round}` : `/rounds/${round}`) : '/rounds';
    case 'MARKS_TO_GIVE': return '/judge';
    case 'MARKS_TO_CONFIRM': return round ? `/rounds/${round}/confirm` : '/rounds';
    case 'FIGURES_TO_CONFIRM': return round ? `/rounds/${round}/figures` : '/rounds';
    case 'GRADES_TO_APPROVE':
    case 'OBJECTIONS_TO_DECIDE': return round ? `/approve/${round}` : '/approve';
    case 'TASKS_TO_DO': return '/tasks';
    case 'ISSUES_TO_ANSWER':
    case 'ISSUES_TO_VERIFY': return '/issues';
    default: return '/outcomes';
  }
}

/** Pages that somebody often goes to, by what they may do and where they work. */
export const often = [
  { key: 'judge', path: '/judge', permission: 'mark:write', kinds: ['TOWNSHIP'] },
  { key: 'village', path: '/village', permission: 'objection:file', kinds: ['TOWNSHIP'] },
  { key: 'compare', path: '/compare', permission: 'publication:read', kinds: ['COUNTY', 'PREFECTURE'] },
  { key: 'rounds', path: '/rounds', permission: 'round:read', kinds: null },
  { key: 'issues', path: '/issues', permission: 'issue:read', kinds: null },
  { key: 'outcomes', path: '/outcomes', permission: 'outcome:read', kinds: null },
  { key: 'calendar', path: '/calendar', permission: 'round:read', kinds: null },
  { key: 'admin', path: '/admin/users', permission: 'grant:read', kinds: null },
] as const;
