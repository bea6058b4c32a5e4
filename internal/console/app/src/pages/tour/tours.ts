import type { Me } from '@/api/session';

/** One stop of a tour. */
export interface Stop {
  key: string;
  /** The page, below /console; or a link to follow from the page before, by its selector, and how many parts of its path are the page. */
  at: string | { follow: string; parts: number; otherwise: string };
  /** What the note stands beside, by its selector; the note stands at the foot of the page where there is no such thing yet. */
  beside: string;
}

export type TourKey = 'clerk' | 'judge' | 'secretary' | 'approver' | 'analyst' | 'admin';

interface Tour {
  key: TourKey;
  /** Roles for whom it was made. */
  roles: readonly string[];
  /** Who may walk it without being one of them, and where. */
  permission: string;
  kinds: readonly string[];
  stops: readonly Stop[];
}

const round = { follow: 'main a[href^="/console/rounds/"]', parts: 2, otherwise: '/rounds' };

/** The tours, in the order of a month's work. */
export const tours: readonly Tour[] = [
  {
    key: 'clerk', roles: ['township-clerk'], permission: 'round:write', kinds: ['TOWNSHIP'],
    stops: [
      { key: 'home', at: '/', beside: 'main .home-card, main .home-often' },
      { key: 'round', at: round, beside: 'main .stepper' },
      { key: 'parts', at: round, beside: 'main .parts' },
      { key: 'people', at: '/people', beside: 'main nav, main .page-head' },
      { key: 'templates', at: '/templates', beside: 'main .page-head' },
      { key: 'issues', at: '/issues', beside: 'main .page-head' },
      { key: 'outcomes', at: '/outcomes', beside: 'main .page-head' },
      { key: 'search', at: '/search', beside: '.bar a[href="/console/search"]' },
    ],
  },
  {
    key: 'judge', roles: ['judge', 'seconded'], permission: 'mark:write', kinds: ['TOWNSHIP'],
    stops: [
      { key: 'today', at: '/judge', beside: 'main .page-head' },
      { key: 'rounds', at: '/rounds', beside: 'main table, main .page-head' },
      { key: 'rubric', at: round, beside: 'main .parts' },
      { key: 'own', at: '/judge', beside: '.own' },
    ],
  },
  {
    key: 'secretary', roles: ['village-secretary', 'village-clerk'], permission: 'objection:file', kinds: ['TOWNSHIP'],
    stops: [
      { key: 'result', at: '/village', beside: 'main .standing' },
      { key: 'why', at: '/village', beside: 'main .why' },
      { key: 'trend', at: '/village', beside: 'main .trend' },
      { key: 'asked', at: '/village', beside: 'main .asked-list, main .burden' },
      { key: 'inbox', at: '/inbox', beside: '.bar a[href="/console/inbox"]' },
    ],
  },
  {
    key: 'approver', roles: ['township-approver'], permission: 'round:publish', kinds: ['TOWNSHIP'],
    stops: [
      { key: 'waiting', at: '/approve', beside: 'main .page-head' },
      { key: 'round', at: { follow: 'main a[href^="/console/approve/"]', parts: 2, otherwise: '/approve' }, beside: 'main .page-head' },
      { key: 'outcomes', at: '/outcomes', beside: 'main .page-head' },
      { key: 'year', at: '/year', beside: 'main .page-head' },
      { key: 'audit', at: '/admin/audit', beside: 'main table, main .page-head' },
    ],
  },
  {
    key: 'analyst', roles: ['county-analyst', 'department-analyst'], permission: 'publication:read', kinds: ['COUNTY', 'PREFECTURE'],
    stops: [
      { key: 'table', at: '/compare', beside: 'main table' },
      { key: 'ways', at: '/compare', beside: 'main .ant-segmented' },
      { key: 'unit', at: { follow: 'main a[href^="/console/compare/units/"]', parts: 3, otherwise: '/compare' }, beside: 'main .page-head' },
      { key: 'inspections', at: '/inspections', beside: 'main .page-head' },
      { key: 'highlights', at: '/highlights', beside: 'main .page-head' },
      { key: 'year', at: '/year', beside: 'main .page-head' },
    ],
  },
  {
    key: 'admin', roles: ['county-admin', 'prefecture-admin', 'platform-operator'], permission: 'grant:write', kinds: ['TOWNSHIP', 'COUNTY', 'PREFECTURE', 'PLATFORM'],
    stops: [
      { key: 'users', at: '/admin/users', beside: 'main table' },
      { key: 'whomay', at: '/admin/grants', beside: 'main details' },
      { key: 'invitations', at: '/admin/invitations', beside: 'main .page-head' },
      { key: 'tokens', at: '/admin/tokens', beside: 'main .page-head' },
      { key: 'webhooks', at: '/admin/webhooks', beside: 'main .page-head' },
      { key: 'usage', at: '/admin/usage', beside: 'main .page-head' },
    ],
  },
];

/** The tours of somebody, that of their own role first. */
export function toursFor(me: Pick<Me, 'roles' | 'permissions' | 'tenant'>): readonly Tour[] {
  const own = (t: Tour) => me.roles.some((r) => t.roles.includes(r.role));
  const open = tours.filter((t) => own(t) || (me.permissions.includes(t.permission) && t.kinds.includes(me.tenant.kind)));
  return [...open.filter(own), ...open.filter((t) => !own(t))];
}
