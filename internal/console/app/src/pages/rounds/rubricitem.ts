import type { ItemKind, RubricItemInput } from '@/api/schema';
import type { NamedItem } from '@/parts/names';
import type { RoundRubricQuery } from './operations';

/** An item of a rubric as read. */
export type ItemNow = NonNullable<RoundRubricQuery['round']>['rubric'][number];

/** A row of a table, a level or a check as it is being typed. */
export interface RowDraft { key: string; name: string; points: string; /** Kept as it was read; the form has no field for it. */ nameEn?: string }

/** An item as it is being typed: every field text, nothing judged. */
export interface ItemDraft {
  key: string; name: string; nameEn: string; dimension: string; points: string; kind: ItemKind; criteria: string; owner: string;
  weights: Record<string, string>; rows: RowDraft[]; cap: string;
}

export const emptyItem: ItemDraft = { key: '', name: '', nameEn: '', dimension: '', points: '', kind: 'POINTS', criteria: '', owner: '', weights: {}, rows: [], cap: '' };

/** The kinds whose rule is rows that a form can hold. */
export const withRows = ['DEDUCTIONS', 'BONUS', 'LEVELS', 'CHECKLIST'] as const;

export const hasRows = (kind: ItemKind): kind is (typeof withRows)[number] => (withRows as readonly string[]).includes(kind);

/** A key that no row has yet. */
export function freshKey(rows: readonly RowDraft[]): string {
  let n = rows.length + 1;
  while (rows.some((r) => r.key === `row-${n}`)) n++;
  return `row-${n}`;
}

/** What is read, as the form begins; owner is a person's id. */
export function draftOf(item: ItemNow, owner: string): ItemDraft {
  const rows = item.kind === 'LEVELS' ? item.rule.levels : item.kind === 'CHECKLIST' ? item.rule.checks : item.rule.table;
  return {
    key: item.key, name: item.name, nameEn: item.nameEn, dimension: item.dimension, points: item.points, kind: item.kind, criteria: item.criteria, owner,
    weights: Object.fromEntries(item.channels.map((c) => [c.channel, c.weight])),
    rows: rows.map((r) => ({ key: r.key, name: r.name, points: r.points, nameEn: r.nameEn })), cap: item.rule.cap ?? '',
  };
}

/** An item as the template has it, to begin with; what else was typed stays. Rules of other kinds than points are written by hand. */
export function fromTemplate(draft: ItemDraft, item: NamedItem): ItemDraft {
  return {
    ...draft, key: item.key, name: item.name, nameEn: item.nameEn, dimension: item.dimension, points: item.points,
    ...(item.kind === 'points' ? { kind: 'POINTS' as const } : {}), criteria: draft.criteria || item.criteria,
  };
}

/** What is sent. Parts of an item that the form does not show are sent as they were read. */
export function inputOf(draft: ItemDraft, read: ItemNow | null): RubricItemInput {
  const channels = Object.entries(draft.weights).filter(([, weight]) => weight.trim() !== '').map(([channel, weight]) => ({ channel, weight: weight.trim() }));
  const rows = draft.rows.map((r) => ({ key: r.key, name: r.name, points: r.points.trim(), ...(r.nameEn ? { nameEn: r.nameEn } : {}) }));
  const kept = read && read.kind === draft.kind ? read.rule : null;
  const cap = draft.cap.trim();
  const rule = {
    ...(kept ? { formula: kept.formula || null, basis: kept.basis || null, effect: kept.effect || null, floor: kept.floor ?? null } : {}),
    ...(draft.kind === 'DEDUCTIONS' || draft.kind === 'BONUS' ? { table: rows } : {}),
    ...(draft.kind === 'LEVELS' ? { levels: rows } : {}),
    ...(draft.kind === 'CHECKLIST' ? { checks: rows } : {}),
    ...(cap !== '' ? { cap } : {}),
  };
  return {
    key: draft.key.trim(), name: draft.name.trim(), dimension: draft.dimension, points: draft.points.trim(), kind: draft.kind, criteria: draft.criteria,
    ...(draft.nameEn.trim() ? { nameEn: draft.nameEn.trim() } : {}), ...(draft.owner ? { owner: draft.owner } : {}),
    ...(channels.length > 0 ? { channels } : {}), ...(read && read.evidence.length > 0 ? { evidence: read.evidence } : {}), ...(read && read.for.length > 0 ? { for: read.for } : {}),
    ...(Object.values(rule).some((v) => v !== null) ? { rule } : {}),
  };
}
