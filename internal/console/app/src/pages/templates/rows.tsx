import { Button, Flex } from 'antd';
import { useWords } from '@/words/language';
import { at, freeKey, isGroup, listOf, moved, placeOf, rowsOf, textOf, type Path, type Value } from './document';
import { isFrozen, rowKeysAt, rowName, useEditing } from './editing';
import { DocField, Plain, Select } from './field';
import { sought } from './places';
import { useFold } from './seek';
import { idleKeys } from './relevance';
import type { Form, Node } from './shape';
import { said } from './words';

type RowsForm = Extract<Form, { is: 'rows' }>;

// What a new row is called when nobody has named it yet.
const wishes: Record<string, string> = { bands: 'band', streaks: 'streak', channels: 'channel', items: 'item', grades: 'grade', steps: 'grade', ballots: 'ballot', options: 'option', groups: 'group', legend: 'light', levels: 'level', table: 'event', checks: 'check', parts: 'part', milestones: 'milestone' };

const keyNode: Node = { title: '键名', description: 'key', type: 'string' };

/** A list of rows of one shape: added, moved, removed; each with its fields. */
export function Rows({ path, form, label }: { path: Path; form: RowsForm; label: string }) {
  const e = useEditing();
  const w = useWords(said);
  const list = listOf(at(e.doc, path));
  const errors = e.errorsAt(path);
  const frozen = isFrozen(e, path);
  const keys = rowKeysAt(e, path);
  const free = keys?.filter((k) => !rowsOf(list).some((r) => textOf(r.key) === k.value)) ?? null;
  const add = (key?: string) => e.set(path, [...list, newRow(path, list, form, key)]);
  return (
    <fieldset className="group wide" data-place={placeOf(e.doc, path)}>
      <legend>{label}</legend>
      {errors.length > 0 && <small className="wrong" role="note">{errors.join(' ')}</small>}
      {list.map((_, i) => <Row key={i} path={[...path, i]} form={form} last={i === list.length - 1} />)}
      {!frozen && (free
        ? <Flex gap="small" wrap>{free.map((k) => <Button key={k.value} size="small" onClick={() => add(k.value)}>{`${w.add} ${k.label}`}</Button>)}</Flex>
        : <Button size="small" onClick={() => add()}>{`${w.add} ${label}`}</Button>)}
    </fieldset>
  );
}

function newRow(path: Path, list: Value[], form: RowsForm, key?: string): Value {
  const has = form.keyed || form.row.properties?.key !== undefined;
  if (!has) return {};
  const name = String(path.at(-1));
  return { key: key ?? freeKey(rowsOf(list), wishes[name] ?? 'row') };
}

function Row({ path, form, last }: { path: Path; form: RowsForm; last: boolean }) {
  const e = useEditing();
  const w = useWords(said);
  const place = path.at(-1) as number;
  const list = path.slice(0, -1);
  const frozen = isFrozen(e, path);
  const own = rowName(e, path);
  const name = own || w.rowName(place + 1);
  // A row inside a row is folded away once it has a name, or a page of grades would never end.
  const deep = path.filter((step) => typeof step === 'number').length > 1;
  const [open, setOpen] = useFold(e.seek, sought(e, path), !deep || own === '' || own === textOf(at(e.doc, [...path, 'key'])));
  return (
    <fieldset className="row" data-place={placeOf(e.doc, path)}>
      <legend>{name}</legend>
      {e.errorsAt(path).length > 0 && <small className="wrong" role="note">{e.errorsAt(path).join(' ')}</small>}
      {open && <div className="fields"><RowFields path={path} form={form} /></div>}
      {deep && <Button size="small" aria-expanded={open} aria-label={`${w.itemDetails} ${name}`} onClick={() => setOpen(!open)}>{w.itemDetails}</Button>}
      {!frozen && (
        <Flex gap={4} className="row-tools">
          <Button size="small" disabled={place === 0} aria-label={`${w.up} ${name}`} onClick={() => e.set(list, moved(listOf(at(e.doc, list)), place, -1))}>↑</Button>
          <Button size="small" disabled={last} aria-label={`${w.down} ${name}`} onClick={() => e.set(list, moved(listOf(at(e.doc, list)), place, 1))}>↓</Button>
          <Button size="small" aria-label={`${w.remove} ${name}`} onClick={() => e.set(path, undefined)}>{w.remove}</Button>
        </Flex>
      )}
    </fieldset>
  );
}

/** The fields of a row; its key stands last, for it seldom matters to people. */
export function RowFields({ path, form, leave = [] }: { path: Path; form: RowsForm; leave?: readonly string[] }) {
  const e = useEditing();
  const w = useWords(said);
  const props = form.row.properties;
  const keys = rowKeysAt(e, path.slice(0, -1));
  const row = at(e.doc, path);
  const left = [...leave, ...(isGroup(row) ? idleKeys(String(path.at(-2)), row) : [])];
  if (!props) return <DocField path={[...path, 'value']} node={form.row} label={w.rowName((path.at(-1) as number) + 1)} />;
  return (
    <>
      {Object.entries(props).sort(byOrder).filter(([key]) => key !== 'key' && !left.includes(key)).map(([key, node]) => (
        <DocField key={key} path={[...path, key]} node={node} required={form.row.required?.includes(key) === true} />
      ))}
      {(form.keyed || props.key) && (keys
        ? <Select path={[...path, 'key']} label={w.key} options={keys} />
        : <Plain path={[...path, 'key']} label={w.key} node={keyNode} />)}
    </>
  );
}

// The schema's keys stand by the alphabet; people expect what a thing is called first.
const first = ['key', 'title', 'name', 'every', 'day', 'scope', 'when', 'do', 'kind', 'band', 'length', 'source', 'weight', 'points', 'best', 'worst', 'next', 'by', 'values', 'to'];

export function byOrder([a]: [string, Node], [b]: [string, Node]): number {
  const [x, y] = [first.indexOf(a), first.indexOf(b)];
  return (x < 0 ? first.length : x) - (y < 0 ? first.length : y);
}
