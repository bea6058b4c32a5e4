/** One line of what an entry says: a field, and the value or how it changed. */
export interface Said { field: string; before?: string; after: string }

interface Book { /** What a field is called; empty for one that only programs read. */ field: (key: string) => string; values: Record<string, string>; count: (n: number) => string; empty: string; moment: (at: string) => string }

const identifier = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const digest = /^[0-9a-f]{64}$/;

function object(text: string | null | undefined): Record<string, unknown> {
  if (!text) return {};
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value as Record<string, unknown> : {};
  } catch {
    return {};
  }
}

// A value as a reader of the audit wants it; empty where it says nothing to people.
function shown(value: unknown, book: Book): string {
  if (value === null || value === undefined || value === '') return '';
  if (Array.isArray(value)) {
    const plain = value.map((v) => shown(v, book));
    return value.length > 0 && plain.every((p) => p !== '') && value.length <= 6 ? plain.join('、') : book.count(value.length);
  }
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return '';
  const text = String(value);
  if (identifier.test(text) || digest.test(text)) return '';
  if (moment.test(text)) return book.moment(text);
  return Object.hasOwn(book.values, text) ? book.values[text] ?? text : text;
}

/** What an entry of the audit says, for people: fields that have a name, without numbers that only programs read. */
export function saidBy(entry: { before?: string | null; after?: string | null; detail: string }, book: Book): Said[] {
  const before = object(entry.before);
  const after = object(entry.after);
  const lines: Said[] = [];
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const field = key === 'revision' ? '' : book.field(key);
    if (field === '') continue;
    const was = shown(before[key], book);
    const is = shown(after[key], book);
    if (was !== is) lines.push({ field, before: was || book.empty, after: is || book.empty });
  }
  for (const [key, value] of Object.entries(object(entry.detail))) {
    const text = shown(value, book);
    const field = book.field(key);
    if (text !== '' && field !== '') lines.push({ field, after: text });
  }
  return lines;
}
