import type { Problem, UserError } from '@/api/problem';

/** Whether an act was refused because somebody else changed the object meanwhile. */
export const isStale = (act: { errors: readonly UserError[]; problem: Problem | null }) =>
  act.problem?.code === 'STALE_REVISION' || act.errors.some((e) => e.code === 'STALE_REVISION');
