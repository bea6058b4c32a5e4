import type { CheckState, ItemKind, MarkDetailInput } from '@/api/schema';

/** One column of the grid: an item by a channel, or one check or event of it. */
export interface Column { key: string; item: string; channel: string; kind: ItemKind; part: string; label: string; under: string; /** Name of the item alone. */ whole: string }

/** What an item needs so that columns can be made of it. */
export interface GridItem {
  key: string; kind: ItemKind;
  rule: { levels: { key: string; name: string }[]; checks: { key: string; name: string }[]; table: { key: string; name: string }[] };
  channels: { channel: string; weight: string }[];
}

/** A block of a spreadsheet as it lies on the clipboard: rows of cells, quoted cells with line breaks in them kept whole. */
export function pasted(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const close = () => { rows.at(-1)?.push(cell.trim()); cell = ''; };
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? '';
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') { cell += '"'; i++; } else quoted = false;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === '\t') close();
    else if (c === '\n') { close(); rows.push([]); } else if (c !== '\r') cell += c;
  }
  close();
  // A spreadsheet ends its block with a line break, which is no row.
  const last = rows.at(-1);
  if (rows.length > 1 && last?.length === 1 && last[0] === '') rows.pop();
  return rows;
}

/** Digits as a keyboard of full-width signs makes them are the same digits. */
export function plain(text: string): string {
  return text.trim().replace(/[０-９．－]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/。/g, '.');
}

/** The columns of somebody's sheet: items by channels, checks and events one by one. */
export function columnsOf(items: readonly GridItem[], channels: readonly string[], nameOf: { item: (key: string) => string; channel: (key: string) => string }): Column[] {
  return items.flatMap((item) => channels.filter((ch) => item.channels.length === 0 || item.channels.some((c) => c.channel === ch)).flatMap((channel) => {
    const base = { item: item.key, channel, kind: item.kind, under: nameOf.channel(channel), whole: nameOf.item(item.key) };
    const parts = item.kind === 'CHECKLIST' ? item.rule.checks : item.kind === 'DEDUCTIONS' || item.kind === 'BONUS' ? item.rule.table : null;
    if (!parts) return [{ ...base, key: `${item.key}/${channel}`, part: '', label: nameOf.item(item.key) }];
    return parts.map((p) => ({ ...base, key: `${item.key}/${channel}/${p.key}`, part: p.key, label: `${nameOf.item(item.key)}：${p.name}` }));
  }));
}

/** Kinds of items that nobody marks. */
export const unmarked: readonly ItemKind[] = ['METRIC', 'EXAM', 'BALLOT'];

/** Why the text of a cell cannot be sent. */
export type Wrong = 'number' | 'count' | 'check' | 'level' | 'yesno' | 'incomplete';

const answers: Partial<Record<string, CheckState>> = { 是: 'YES', 否: 'NO', 不适用: 'NA', yes: 'YES', no: 'NO', 'n/a': 'NA', na: 'NA' };

/** What a row's texts come to for one item and channel: nothing typed, a mark, or cells that are wrong. */
export type Reading = { value?: string; detail?: MarkDetailInput } | { wrong: Map<string, Wrong> } | null;

/** Reads the cells of one mark. Only what kind of text it is gets looked at; ranges, steps and sums are the service's. */
export function markOf(item: GridItem, columns: readonly Column[], texts: Readonly<Partial<Record<string, string>>>): Reading {
  const cells = columns.map((c) => ({ column: c, text: plain(texts[c.key] ?? '') }));
  if (cells.every((c) => c.text === '')) return null;
  const wrong = new Map<string, Wrong>();
  const first = cells[0]?.text ?? '';
  const bad = (why: Wrong) => { wrong.set(columns[0]?.key ?? '', why); return { wrong }; };
  switch (item.kind) {
    case 'LEVELS': {
      const level = item.rule.levels.find((l) => l.key === first || l.name === first);
      return level ? { detail: { level: level.key } } : bad('level');
    }
    case 'VETO': {
      const answer = answers[first.toLowerCase()];
      return answer === 'YES' || answer === 'NO' ? { detail: { veto: answer === 'YES' } } : bad('yesno');
    }
    case 'CHECKLIST': {
      const checks = cells.map((c) => ({ key: c.column.part, answer: answers[c.text.toLowerCase()], column: c.column.key, empty: c.text === '' }));
      for (const c of checks) if (!c.answer) wrong.set(c.column, c.empty ? 'incomplete' : 'check');
      return wrong.size > 0 ? { wrong } : { detail: { checks: checks.map((c) => ({ key: c.key, answer: c.answer as CheckState })) } };
    }
    case 'DEDUCTIONS':
    case 'BONUS': {
      for (const c of cells) if (!/^\d{0,4}$/.test(c.text)) wrong.set(c.column.key, 'count');
      return wrong.size > 0 ? { wrong } : { detail: { events: cells.filter((c) => Number(c.text) > 0).map((c) => ({ key: c.column.part, count: Number(c.text) })) } };
    }
    default:
      return /^-?\d+(\.\d+)?$/.test(first) ? { value: first } : bad('number');
  }
}

/** Texts of the grid by subject and column. */
export type Texts = Partial<Record<string, Partial<Record<string, string>>>>;

/** Puts a block into the cells from one cell on; what does not fit is handed back. Cells that hold a mark already are passed over and handed back, too. */
export function laid(texts: Texts, block: string[][], subjects: readonly string[], columns: readonly string[], from: { row: number; column: number }, taken: (subject: string, column: string) => boolean): { texts: Texts; left: string[][] } {
  const next = { ...texts };
  const left: string[][] = [];
  block.forEach((cells, r) => {
    const subject = subjects[from.row + r];
    const over: string[] = [];
    cells.forEach((text, c) => {
      const column = columns[from.column + c];
      if (subject !== undefined && column !== undefined && !taken(subject, column)) next[subject] = { ...next[subject], [column]: text };
      else if (text !== '') over.push(text);
    });
    if (over.length > 0) left.push(over);
  });
  return { texts: next, left };
}
