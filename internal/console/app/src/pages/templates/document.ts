/** A template document as the editor holds it: what it does not know stays as it was read. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };
export type Doc = Record<string, Value>;
/** A place in a document: keys of maps and places in lists. */
export type Path = readonly (string | number)[];

export const isGroup = (v: Value | undefined): v is Record<string, Value> => typeof v === 'object' && v !== null && !Array.isArray(v);
export const listOf = (v: Value | undefined): Value[] => (Array.isArray(v) ? v : []);
export const rowsOf = (v: Value | undefined): Record<string, Value>[] => listOf(v).filter(isGroup);
export const textOf = (v: Value | undefined): string => (typeof v === 'string' ? v : typeof v === 'number' ? String(v) : '');

export function at(value: Value | undefined, path: Path): Value | undefined {
  let here: Value | undefined = value;
  for (const step of path) {
    if (typeof step === 'number') here = Array.isArray(here) ? here[step] : undefined;
    else here = isGroup(here) ? here[step] : undefined;
  }
  return here;
}

/** The document with one place changed; undefined takes the key out. Nothing else is touched. */
export function put(doc: Doc, path: Path, value: Value | undefined): Doc {
  return change(doc, path, value) as Doc;
}

function change(here: Value | undefined, path: Path, value: Value | undefined): Value | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const list = [...listOf(here)];
    const next = change(list[step], rest, value);
    if (next === undefined) list.splice(step, 1);
    else list[step] = next;
    return list;
  }
  const group = { ...(isGroup(here) ? here : {}) };
  const next = change(group[step], rest, value);
  if (next === undefined) {
    return without(group, step);
  }
  group[step] = next;
  return group;
}

/** The group without one of its keys. */
export function without(group: Record<string, Value>, key: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(group).filter(([k]) => k !== key));
}

/** The list with one member moved up (-1) or down (1); unchanged at its ends. */
export function moved<T>(list: readonly T[], from: number, by: -1 | 1): T[] {
  const next = [...list];
  const to = from + by;
  const [one, other] = [next[from], next[to]];
  if (one === undefined || other === undefined) return next;
  next[from] = other;
  next[to] = one;
  return next;
}

/** A key that no row has: the wish itself, else with a number. */
export function freeKey(rows: readonly Record<string, Value>[], wish: string): string {
  const taken = new Set(rows.map((r) => textOf(r.key)));
  if (!taken.has(wish)) return wish;
  for (let n = 2; ; n++) if (!taken.has(`${wish}-${n}`)) return `${wish}-${n}`;
}

/** A name in the reader's language. */
export function nameOf(v: Value | undefined, language: string): string {
  if (isGroup(v)) return textOf(language === 'en' ? v.en ?? v['zh-Hans'] : v['zh-Hans'] ?? v.en);
  return textOf(v);
}

/** What a document is stored as. Lists and groups that were emptied are left out. */
export function written(doc: Doc): string {
  return JSON.stringify(doc, null, 2);
}

/** A blank page: only what every template has. Its key is of the day, and somebody may choose another. */
export function blank(today: string): Doc {
  return { schemaVersion: 1, key: `contest-${today.replaceAll('-', '')}`, name: '', subject: 'village', calendar: { every: 'month', day: 30 }, channels: [], items: [] };
}

/** The place of a refused field as the service writes it: channels.onsite.weight, items[2].points. */
export function placeOf(doc: Doc, path: Path): string {
  let here: Value | undefined = doc;
  let text = '';
  path.forEach((step, i) => {
    if (typeof step === 'number') {
      const row: Value | undefined = Array.isArray(here) ? here[step] : undefined;
      const keyed = isGroup(row) && keyedLists.has(String(path[i - 1]));
      text += keyed ? `.${textOf(row.key)}` : `[${step}]`;
      here = row;
    } else {
      text += (text === '' ? '' : '.') + step;
      here = isGroup(here) ? here[step] : undefined;
    }
  });
  return text;
}

// What is a map in a written document and a list with keys in the form that is
// edited, because its order means something.
const keyedLists = new Set(['channels', 'split', 'table', 'levels', 'bands', 'streaks', 'rollups', 'ballots', 'options', 'legend', 'grades', 'steps', 'needs', 'talkIf']);
