import { isGroup, listOf, type Doc, type Value } from './document';
import { formOf, schema, type Node } from './shape';

/** open reads a stored document (the JSON of the service) into the form that is edited. Throws when it is no JSON. */
export function open(text: string): Doc {
  const value = JSON.parse(text) as Value;
  if (!isGroup(value)) throw new SyntaxError('not a document');
  return spread(value, schema) as Doc;
}

// A row that was written as one value (a weight, a score) becomes a row with
// that key, so that a name can be added to it; a map by keys becomes rows.
function spread(value: Value, node: Node): Value {
  const form = formOf(node);
  if (form.is === 'rows') return rows(value, form).map((row) => (isGroup(row) ? members(row, form.row.properties ?? {}) : row));
  return form.is === 'group' && isGroup(value) ? members(value, form.of) : value;
}

function members(value: Record<string, Value>, of: Record<string, Node>): Record<string, Value> {
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, of[key] ? spread(v, of[key]) : v]));
}

function rows(value: Value, form: { keyed: boolean; bare?: string; row: Node }): Value[] {
  const list = form.keyed && isGroup(value) ? Object.entries(value).map(([key, v]): Value => (isGroup(v) ? { key, ...v } : { key, value: v })) : listOf(value);
  if (form.bare === undefined || !form.row.properties) return list;
  return list.map((row) => {
    if (!isGroup(row) || !('value' in row)) return row;
    const { value: one = null, ...rest } = row;
    return { ...rest, [form.bare ?? 'value']: one };
  });
}
