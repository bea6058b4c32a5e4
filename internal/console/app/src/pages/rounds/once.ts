import type { UserError } from '@/api/problem';

/** What was refused for one reason many times is told once, with how often. */
export function once(errors: readonly UserError[], several: (message: string, n: number) => string): UserError[] {
  const told = new Map<string, { first: UserError; n: number }>();
  for (const e of errors) {
    const known = told.get(e.message);
    if (known) known.n++;
    else told.set(e.message, { first: e, n: 1 });
  }
  return [...told.values()].map(({ first, n }) => n === 1 ? first : { ...first, subjects: [], message: several(first.message, n) });
}
