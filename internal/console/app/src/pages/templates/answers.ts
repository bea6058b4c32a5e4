import { at, isGroup, listOf, nameOf, rowsOf, textOf, type Path, type Value } from './document';
import type { Editing } from './editing';
import type { Reading } from './readings';
import { formOf, nodeAt } from './shape';
import { knownValues, valueName } from './values';

/** Every place of a document where a reading is answered. */
export function placesOf(e: Pick<Editing, 'doc'>, reading: Reading): Path[] {
  let places: Path[] = [[]];
  reading.path.forEach((step, i) => {
    places = places.map((p) => [...p, step]);
    if (i === reading.path.length - 1 || formOf(nodeAt(reading.path.slice(0, i + 1))).is !== 'rows') return;
    places = places.flatMap((p) => listOf(at(e.doc, p)).map((_, n) => [...p, n]));
  });
  return places.filter((p) => fits(e, reading, p));
}

// A reading belongs to some rows of a list only: penalties to bands counted from the bottom, and so on.
function fits(e: Pick<Editing, 'doc'>, { q }: Reading, place: Path): boolean {
  const row = at(e.doc, place.slice(0, -1));
  const has = (key: string) => at(row, [key]) !== undefined;
  switch (q) {
    case 'Q4': return at(row, ['do']) === 'points' && rowsOf(e.doc.bands).some((b) => b.key === at(row, ['when']) && b.worst === undefined);
    case 'Q5': return at(row, ['do']) === 'points' && !rowsOf(e.doc.bands).some((b) => b.key === at(row, ['when']) && b.worst === undefined);
    case 'Q6': return !has('worst') && !has('gain') && !has('gainers');
    case 'Q7': return has('worst');
    case 'Q12': return !has('gain') && !has('gainers');
    case 'Q25': return has('gain');
    case 'Q29': return at(row, ['kind']) === 'exam';
    case 'Q17': case 'Q21': return has('quota');
    case 'Q18': case 'Q20': return row !== undefined;
    case 'Q19': return at(row, ['quota', 'atLeast']) !== undefined;
    case 'Q15': case 'Q36': return e.doc.issues !== undefined;
    case 'Q22': case 'Q23': return e.doc.postings !== undefined;
    case 'Q24': return e.doc.tracks !== undefined || has('scope');
    default: return true;
  }
}

/** Where a reading has several answers, each is named by its row. */
export function rowOf(e: Editing, place: Path): string {
  const rows = place.flatMap((step, i) => (typeof step === 'number' ? [place.slice(0, i + 1)] : []));
  return rows.map((p) => nameOf(at(e.doc, [...p, 'name']), e.language) || textOf(at(e.doc, [...p, 'key'])) || bandName(e, textOf(at(e.doc, [...p, 'when'])))).filter(Boolean).join(' · ');
}

const bandName = (e: Editing, key: string) => nameOf([...rowsOf(e.doc.bands), ...rowsOf(e.doc.streaks)].find((b) => b.key === key)?.name, e.language) || key;

/** How a reading is answered at a place, in words: what is written, else what holds when nothing is. */
export function answerAt(e: Editing, place: Path): string {
  const node = nodeAt(place.filter((p): p is string => typeof p === 'string'));
  const value = at(e.doc, place) ?? (node.default as string | number | boolean | string[] | undefined);
  const key = String(place.at(-1));
  return wordAt(key, value, e.language);
}

/** A value as its page says it: known words in the reader's language, numbers and texts as they stand, names for rows. */
export function wordAt(place: string, value: Value | undefined, language: 'zh-Hans' | 'en'): string {
  const key = /([a-zA-Z]+)(?:\[\d+\])?$/.exec(place)?.[1] ?? '';
  if (typeof value === 'boolean') return language === 'en' ? (value ? 'yes' : 'no') : value ? '是' : '否';
  if (Array.isArray(value)) return value.map((v) => wordAt(place, v, language)).filter(Boolean).join('、');
  if (isGroup(value)) return nameOf(value['zh-Hans'] === undefined ? value.name : value, language) || textOf(value.key);
  const text = textOf(value);
  return knownValues[`${key}.${text}`] !== undefined || knownValues[text] !== undefined ? valueName(key, text, language) : text;
}
