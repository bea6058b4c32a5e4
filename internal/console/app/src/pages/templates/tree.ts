import { freeKey, textOf, without, type Value } from './document';

type Item = Record<string, Value>;

/** A section with the places its items have in the document. */
export interface Branch { section: string; at: number[] }

/** Items by the section they stand in, sections in the order in which they first come. */
export function branches(items: readonly Item[]): Branch[] {
  const found = new Map<string, number[]>();
  items.forEach((item, i) => {
    const section = textOf(item.section);
    found.set(section, [...(found.get(section) ?? []), i]);
  });
  return [...found].map(([section, at]) => ({ section, at }));
}

/** The items with one moved before or after its neighbour of the same section. */
export function movedWithin(items: readonly Item[], from: number, by: -1 | 1): Item[] {
  const branch = branches(items).find((b) => b.at.includes(from));
  const to = branch?.at[branch.at.indexOf(from) + by];
  const next = [...items];
  const [one, other] = [next[from], to === undefined ? undefined : next[to]];
  if (!one || !other || to === undefined) return next;
  next[from] = other;
  next[to] = one;
  return next;
}

/** The items with one more at the end of a section. */
export function withItem(items: readonly Item[], section: string): Item[] {
  const item: Item = { key: numbered(items), ...(section ? { section } : {}), kind: 'points' };
  const last = branches(items).find((b) => b.section === section)?.at.at(-1);
  const next = [...items];
  next.splice(last === undefined ? next.length : last + 1, 0, item);
  return next;
}

function numbered(items: readonly Item[]): string {
  const taken = new Set(items.map((i) => textOf(i.key)));
  for (let n = items.length + 1; ; n++) if (!taken.has(`item-${n}`)) return `item-${n}`;
}

/** An item under another dimension: a key that nobody chose follows it. */
export function underDimension(items: readonly Item[], at: number, dimension: string): Item[] {
  return items.map((item, i) => {
    if (i !== at) return item;
    if (!dimension) return without(item, 'dimension');
    const own = /^item-\d+$/.test(textOf(item.key));
    return { ...item, dimension, ...(own ? { key: freeKey(items, dimension) } : {}) };
  });
}

/** What the points of items come to: bonuses and vetoes stand beside the scale. */
export const scored = (items: readonly Item[]): Value[] => items.filter((i) => i.kind !== 'bonus' && i.kind !== 'veto').map((i) => i.points ?? '');
