import kept from './schema.json';

/** A node of the JSON Schema of templates, as far as the editor asks it. */
export interface Node {
  title?: string;
  description?: string;
  type?: string | string[];
  enum?: string[];
  const?: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  properties?: Record<string, Node>;
  required?: string[];
  additionalProperties?: Node | boolean;
  items?: Node;
  anyOf?: Node[];
}

/** The published schema: what a document may hold is said there and nowhere else. */
export const schema = kept as Node;

/** What a node is to somebody who fills it in. */
export type Form =
  | { is: 'names' } // a text in two languages
  | { is: 'rows'; keyed: boolean; row: Node; bare?: string } // a list; keyed: each row has its key; bare: the property a single value stands for
  | { is: 'group'; of: Record<string, Node>; required: readonly string[] }
  | { is: 'ticks'; of: readonly string[] } // some of several words
  | { is: 'words'; numbers: boolean } // a list of words or numbers
  | { is: 'choice'; of: readonly string[] }
  | { is: 'switch' }
  | { is: 'number'; whole: boolean }
  | { is: 'text'; long: boolean };

const isNumber = (n: Node) => Array.isArray(n.type) && n.type.includes('number');

export function formOf(node: Node): Form {
  if (node.anyOf) return eitherForm(node.anyOf);
  if (node.enum) return { is: 'choice', of: node.enum };
  if (node.const !== undefined) return { is: 'choice', of: [node.const] };
  switch (node.type) {
    case 'object': return { is: 'group', of: node.properties ?? {}, required: node.required ?? [] };
    case 'array': return listForm(node.items ?? {});
    case 'boolean': return { is: 'switch' };
    case 'integer': return { is: 'number', whole: true };
    default: return isNumber(node) ? { is: 'number', whole: false } : { is: 'text', long: (node.maxLength ?? 0) > 1000 };
  }
}

function listForm(of: Node): Form {
  if (of.enum) return { is: 'ticks', of: of.enum };
  return of.type === 'object' ? { is: 'rows', keyed: false, row: of } : { is: 'words', numbers: isNumber(of) };
}

function eitherForm([first, second]: Node[]): Form {
  if (first?.type === 'string' && second?.properties?.['zh-Hans']) return { is: 'names' };
  const row = first?.additionalProperties;
  if (typeof row === 'object') {
    const whole = row.anyOf?.[1];
    return whole ? { is: 'rows', keyed: true, row: whole, bare: whole.required?.[0] ?? 'value' } : { is: 'rows', keyed: true, row };
  }
  return { is: 'text', long: false };
}

/** The node at a place of the document, lists left out: ['channels', 'judges', 'min']. */
export function nodeAt(path: readonly string[]): Node {
  let at = schema;
  for (const step of path) {
    const form = formOf(at);
    const row = form.is === 'rows' ? form.row : at;
    at = row.properties?.[step] ?? {};
  }
  return at;
}
