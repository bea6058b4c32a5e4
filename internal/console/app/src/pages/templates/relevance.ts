import { textOf, type Value } from './document';

type Row = Record<string, Value>;

// What each kind of item and each outcome is told by; everything else of a row is for all.
const ofKind: Record<string, readonly string[]> = {
  deductions: ['table', 'floor'], checklist: ['checks', 'na'], levels: ['levels'], metric: ['formula'], 'rank-points': ['values'],
  veto: ['basis', 'effect'], bonus: ['table', 'cap'], ballot: ['ballot'],
};
const ofOutcome: Record<string, readonly string[]> = { points: ['by', 'values', 'to', 'average'], talk: ['byRole', 'with'], money: ['to', 'amount', 'basis'] };
const sizes = ['best', 'worst', 'next', 'gain', 'gainers'];

const all = (of: Record<string, readonly string[]>) => [...new Set(Object.values(of).flat())];

/**
 * Keys of a row that say nothing there, so that nobody is asked for them. What
 * is written in the row is shown all the same: the service says whether it may.
 */
export function idleKeys(list: string, row: Row): string[] {
  const idle = (() => {
    switch (list) {
      case 'items': return all(ofKind).filter((k) => !(ofKind[textOf(row.kind)] ?? []).includes(k));
      case 'outcomes': return [...all(ofOutcome), 'byRole'].filter((k) => !(ofOutcome[textOf(row.do)] ?? ['to', 'byRole']).includes(k));
      case 'bands': return idleOfBand(row);
      default: return [];
    }
  })();
  return idle.filter((k) => row[k] === undefined);
}

function idleOfBand(row: Row): string[] {
  const gains = row.gain !== undefined || row.gainers !== undefined;
  return [
    ...(sizes.some((s) => row[s] !== undefined) ? sizes : []),
    ...(gains ? ['small', 'ties'] : ['against']),
    ...(row.ties === 'capped' ? [] : ['cap']),
  ];
}
