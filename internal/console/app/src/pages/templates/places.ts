import { isGroup, listOf, nameOf, placeOf, textOf, type Doc, type Path, type Value } from './document';
import type { Editing } from './editing';
import { formOf, schema, type Node } from './shape';

/** What a key is called: the schema has both languages, the requirement in brackets is left to the documentation. */
export function labelOf(node: Node, key: string, language: string): string {
  if (language !== 'en') return node.title?.replace(/（[^）]*[a-z][^）]*）/, '').split(/[，：]/, 1)[0] ?? key;
  const text = (node.description ?? key).replace(/\s*\([A-Q]\d[^)]*\)/g, '');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A place as the service writes it (channels.onsite.weight, items[2].points) in the words of the page. */
export function placeName(doc: Doc, field: string, language: string): string {
  let node: Node = schema;
  let value: Value | undefined = doc;
  const said: string[] = [];
  for (const step of field.match(/[^.[\]]+/g) ?? []) {
    const form = formOf(node);
    if (form.is === 'rows' || Array.isArray(value)) {
      const list = listOf(value);
      const at = /^\d+$/.test(step) ? Number(step) : list.findIndex((r) => isGroup(r) && textOf(r.key) === step);
      value = list[at];
      node = form.is === 'rows' ? form.row : {};
      said.push((isGroup(value) && nameOf(value.name, language)) || (at < 0 ? step : ordinal(at + 1, language)));
    } else {
      node = node.properties?.[step] ?? {};
      value = isGroup(value) ? value[step] : undefined;
      if (step === 'zh-Hans') continue; // the name itself
      said.push(step === 'en' ? (language === 'en' ? 'English' : '英文') : labelOf(node, step, language).replace(/（[^（]*）$/, ''));
    }
  }
  return said.join(' › ');
}

const ordinal = (n: number, language: string) => (language === 'en' ? `no. ${n}` : `第 ${n} 项`);

/** Whether a place the service names stands at a path, or inside of what stands there. */
export const inside = (field: string, place: string) => field === place || field.startsWith(`${place}.`) || field.startsWith(`${place}[`);

/** Whether what is looked for is inside of a row. */
export const sought = (e: Editing, path: Path) => e.seek !== null && inside(e.seek.field, placeOf(e.doc, path));
