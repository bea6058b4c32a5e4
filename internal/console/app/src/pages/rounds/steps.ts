import type { RoundState } from '@/api/schema';

/** The states of a round in their order, without cancelled. */
export const order = ['PLANNED', 'NOTIFIED', 'OPEN', 'CLOSED', 'COMPUTED', 'PROVISIONAL', 'PUBLISHED'] as const satisfies readonly RoundState[];

/** The state after this one; nothing after the last and after a cancelled round. Whether it can be reached is asked of the service. */
export function nextOf(state: RoundState): RoundState | null {
  const at = order.findIndex((s) => s === state);
  return at < 0 ? null : order[at + 1] ?? null;
}

/** Where on the console a blocker is mended. */
export function placeOf(code: string, round: string): string | null {
  const here = `/rounds/${round}`;
  if (/^(RUBRIC_|ITEMS?_)/.test(code)) return `${here}/rubric`;
  if (/^(PANEL|SECONDED_|POOL_|DRAW_|JUDGES_)/.test(code)) return `${here}/panels`;
  if (/^NOTICE_/.test(code)) return `${here}?notice=again`;
  if (/^(LEDGER_|MISSING_)/.test(code)) return `${here}/ledgers`;
  if (/^MARKS_(UNCONFIRMED|REJECTED)$/.test(code)) return `${here}/confirm`;
  if (/^MARKS_/.test(code)) return `${here}/grid`;
  if (/^(METRIC_|EXAM_|PART_MISSING|FIGURE)/.test(code)) return `${here}/figures`;
  if (/^(NOT_COMPUTED|COMPUTATION_)/.test(code)) return `${here}/preview`;
  // Only the day settles it.
  if (code === 'OBJECTION_PERIOD_RUNNING') return null;
  if (/^(OBJECTION|GRADE_)/.test(code)) return `/approve/${round}`;
  if (/^EARLIER_/.test(code)) return '/rounds';
  if (/^PHOTO_/.test(code)) return '/evidence';
  if (/^BALLOT_/.test(code)) return '/ballots';
  if (/^(OUTCOME|FINDING|MONEY)/.test(code)) return '/outcomes';
  if (/^ROSTER_/.test(code)) return '/people';
  return null;
}
