import { isGroup, textOf, type Doc, type Value } from './document';

type Group = Record<string, Value>;

/** Whether two values say the same; the order of a group's keys says nothing. */
export function same(a: Value | undefined, b: Value | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((x, i) => same(x, b[i]));
  if (isGroup(a) && isGroup(b)) {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((k) => k in b && same(a[k], b[k]));
  }
  return a === b;
}

// Rows that are told apart by their keys, not by where they stand.
const byKey = (v: Value | undefined): v is Group[] => Array.isArray(v) && v.every((r) => isGroup(r) && textOf(r.key) !== '');

const keyed = (list: readonly Group[]): Group => Object.fromEntries(list.map((r) => [textOf(r.key), r]));

/** One place that differs, as the service writes places; undefined: nothing stands there. */
export interface Change { place: string; from: Value | undefined; to: Value | undefined }

/** What differs from one document to another, place by place. */
export function changesOf(from: Value | undefined, to: Value | undefined, place = ''): Change[] {
  if (same(from, to)) return [];
  const [a, b] = byKey(from) && byKey(to) ? [keyed(from), keyed(to)] : [from, to];
  if (!isGroup(a) || !isGroup(b)) return [{ place, from, to }];
  const inner = [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((k) => changesOf(a[k], b[k], place === '' ? k : `${place}.${k}`));
  return inner.length > 0 ? inner : [{ place, from, to }]; // the same rows in another order
}

/** What two people made of one document, put together. Where both changed the same place, mine stands. */
export function merged(base: Doc, mine: Doc, theirs: Doc): Doc {
  return both(base, mine, theirs) as Doc;
}

function both(base: Value | undefined, mine: Value | undefined, theirs: Value | undefined): Value | undefined {
  if (same(mine, base)) return theirs;
  if (same(theirs, base) || same(mine, theirs)) return mine;
  if (byKey(mine) && byKey(theirs)) {
    const [b, m, t] = [byKey(base) ? keyed(base) : {}, keyed(mine), keyed(theirs)];
    // Their order, then the rows that are only mine; a row that either took away is gone unless the other changed it.
    return [...new Set([...Object.keys(t), ...Object.keys(m)])].flatMap((k) => both(b[k], m[k], t[k]) ?? []);
  }
  if (isGroup(mine) && isGroup(theirs)) {
    const b = isGroup(base) ? base : {};
    const all = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])];
    return Object.fromEntries(all.flatMap((k) => {
      const value = both(b[k], mine[k], theirs[k]);
      return value === undefined ? [] : [[k, value]];
    }));
  }
  return mine;
}
