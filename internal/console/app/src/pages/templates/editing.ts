import { createContext, use } from 'react';
import type { Seek } from './seek';
import { at, isGroup, nameOf, rowsOf, textOf, type Doc, type Path, type Value } from './document';
import { valueName } from './values';

export interface Option { value: string; label: string }

/** What the tenant has that a document may name. */
export interface Lists {
  dimensions: readonly { key: string; name: string }[];
  groupSets: readonly { key: string; name: string; classes: readonly { key: string; name: string }[] }[];
}

/** The document under edit, for every control of the page. */
export interface Editing {
  doc: Doc;
  set: (path: Path, value: Value | undefined) => void;
  /** What the service says of a place. */
  errorsAt: (path: Path) => readonly string[];
  /** Fields that the parent locks: they stay as they are there. */
  locked: readonly string[];
  frozen: boolean;
  /** What somebody wants to see. */
  seek: Seek | null;
  lists: Lists;
  language: 'zh-Hans' | 'en';
}

export const EditingContext = createContext<Editing | null>(null);

export function useEditing(): Editing {
  const editing = use(EditingContext);
  if (!editing) throw new Error('outside of the editor');
  return editing;
}

/** Whether a place may not be changed here: an active version, or locked by the parent. */
export function isFrozen(e: Editing, path: Path): boolean {
  if (e.frozen) return true;
  const keys: string[] = [];
  for (let i = 0; i < path.length; i++) {
    const step = path[i];
    keys.push(typeof step === 'number' ? textOf(at(e.doc, [...path.slice(0, i + 1), 'key'])) || String(step) : String(step));
  }
  const place = keys.join('.');
  return e.locked.some((l) => place === l || place.startsWith(`${l}.`));
}

const keysOf = (e: Editing, path: Path): Option[] => rowsOf(at(e.doc, path)).map((r) => ({ value: textOf(r.key), label: nameOf(r.name, e.language) || textOf(r.key) }));
const prefixed = (prefix: string, all: Option[]): Option[] => all.map((o) => ({ ...o, value: `${prefix}.${o.value}` }));
// An item and a component of the total may have the same key: it is offered once.
const once = (all: Option[]): Option[] => all.filter((o, i) => all.findIndex((x) => x.value === o.value) === i);
const lengths = ['quarter', 'half-year', 'year', 'term'];
const rollupNames: Record<string, [string, string]> = { quarter: ['季度', 'quarter'], 'half-year': ['半年', 'half-year'], year: ['全年', 'year'], term: ['任期', 'term'] };

/**
 * What may stand at a place that names something else of the document; null
 * where anything may. Nothing here is a rule: the service judges what is chosen.
 */
export function optionsAt(e: Editing, path: Path): Option[] | null {
  const words = path.filter((p): p is string => typeof p === 'string');
  const last = words.at(-1) ?? '';
  const list = words.at(-2) ?? '';
  const word = (value: string): Option => ({ value, label: valueName(last, value, e.language) });
  switch (last) {
    case 'band': case 'lead': case 'follow': return keysOf(e, ['bands']);
    case 'when': return words[0] === 'rollups' ? keysOf(e, [...path.slice(0, 2), 'bands']) : [...keysOf(e, ['bands']), ...keysOf(e, ['streaks'])];
    case 'tieBreak': return once([...keysOf(e, ['channels']), ...keysOf(e, ['items']), ...keysOf(e, ['ballots']), ...keysOf(e, ['parts']), word('heaviest-item'), word('daysTotal')]);
    case 'groupSet': return e.lists.groupSets.map((g) => ({ value: g.key, label: g.name }));
    case 'for': return once(e.lists.groupSets.flatMap((g) => g.classes.map((c) => ({ value: c.key, label: `${g.name}：${c.name}` }))));
    case 'dimension': return e.lists.dimensions.map((d) => ({ value: d.key, label: d.name }));
    case 'ballot': return keysOf(e, ['ballots']);
    case 'mergeWith': return keysOf(e, path.slice(0, 3));
    case 'grade': return keysOf(e, ['grades', rowsOf(e.doc.grades).findIndex((g) => textOf(g.key) === textOf(at(e.doc, [...path.slice(0, -1), 'key']))), 'steps']);
    case 'basis': return list === '' ? null : rowsOf(e.doc.basis).map((b) => textOf(b.number)).filter(Boolean).map((n) => ({ value: n, label: n }));
    case 'from': return list === 'parts' ? [...(words[0] === 'rollups' ? [word('rounds')] : [word('items')]), word('entered'), ...prefixed('ballots', keysOf(e, ['ballots'])), ...prefixed('rollups', keysOf(e, ['rollups'])), { value: 'feeds', label: e.language === 'en' ? 'other schemes' : '其他方案的结果' }] : null;
    case 'of': return list === 'grades' ? [word('total'), word('entered'), ...prefixed('items', keysOf(e, ['items'])), ...prefixed('parts', keysOf(e, ['parts']))]
      : list === 'rollups' ? [word('rounds'), ...lengths.map((value) => ({ value, label: rollupName(value, e.language) }))] : null;
    default: return null;
  }
}

const rollupName = (value: string, language: string) => rollupNames[value]?.[language === 'en' ? 1 : 0] ?? value;

/** Keys that rows of a list may have; null where somebody may choose. */
export function rowKeysAt(e: Editing, path: Path): Option[] | null {
  switch (path.at(-1)) {
    case 'rollups': return lengths.map((value) => ({ value, label: rollupName(value, e.language) }));
    case 'split': return keysOf(e, ['channels']);
    case 'talkIf': return keysOf(e, ['grades']);
    case 'needs': return keysOf(e, ['grades']);
    default: return null;
  }
}

/** Grades that lead to an interview are named by the scale of their row. */
export function wordsAt(e: Editing, path: Path): Option[] | null {
  if (path[0] !== 'talkIf' || typeof path[1] !== 'number') return optionsAt(e, path);
  const scale = textOf(at(e.doc, ['talkIf', path[1], 'key']));
  return keysOf(e, ['grades', rowsOf(e.doc.grades).findIndex((g) => textOf(g.key) === scale), 'steps']);
}

/** What somebody would call a row: its name, what it says follows, else its key. */
export function rowName(e: Editing, path: Path): string {
  const row = at(e.doc, path);
  if (!isGroup(row)) return textOf(row);
  if (typeof row.do === 'string') return [optionsAt(e, [...path, 'when'])?.find((o) => o.value === row.when)?.label, valueName('do', row.do, e.language)].filter(Boolean).join('：');
  return nameOf(row.name, e.language) || textOf(row.key) || textOf(row.title);
}
