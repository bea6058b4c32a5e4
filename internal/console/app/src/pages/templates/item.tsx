import { Button, Flex } from 'antd';
import { useWords } from '@/words/language';
import { nameOf, placeOf, rowsOf, textOf } from './document';
import { isFrozen, useEditing } from './editing';
import { Boxed, DocField } from './field';
import { RowFields } from './rows';
import { formOf, nodeAt } from './shape';
import { sought } from './places';
import { useFold } from './seek';
import { movedWithin, underDimension } from './tree';
import { said } from './words';

const shown = ['name', 'kind', 'points', 'dimension', 'section'];

/** One item: what it is called, how it is scored, what it is worth; the rest is folded away. */
export function ItemRow({ at, first, last, sections }: { at: number; first: boolean; last: boolean; sections: readonly string[] }) {
  const e = useEditing();
  const w = useWords(said);
  
  const items = rowsOf(e.doc.items);
  const item = items[at] ?? {};
  const path = ['items', at] as const;
  const [more, setMore] = useFold(e.seek, sought(e, path) && !shown.some((k) => sought(e, [...path, k])), false);
  const frozen = isFrozen(e, path);
  const name = nameOf(item.name, e.language) || w.rowName(at + 1);
  const form = formOf(nodeAt(['items']));
  if (form.is !== 'rows') return null;
  const kind = textOf(item.kind) || 'points';
  const store = (next: typeof items) => e.set(['items'], next);
  return (
    <fieldset className="row" data-place={placeOf(e.doc, path)}>
      <legend>{name}</legend>
      <div className="fields item-fields">
        <DocField path={[...path, 'name']} node={nodeAt(['items', 'name'])} />
        <DocField path={[...path, 'kind']} node={nodeAt(['items', 'kind'])} />
        {kind !== 'bonus' && kind !== 'veto' && <DocField path={[...path, 'points']} node={nodeAt(['items', 'points'])} />}
        <Boxed path={[...path, 'dimension']} label={w.dimension}>
          {(id, about) => (
            <select id={id} {...about} className="choice" value={textOf(item.dimension)} onChange={(x) => store(underDimension(items, at, x.target.value))}>
              <option value="">{w.choose}</option>
              {e.lists.dimensions.map((d) => <option key={d.key} value={d.key}>{d.name}</option>)}
              {item.dimension !== undefined && !e.lists.dimensions.some((d) => d.key === item.dimension) && <option value={textOf(item.dimension)}>{textOf(item.dimension)}</option>}
            </select>
          )}
        </Boxed>
        {sections.length > 0 && (
          <Boxed path={[...path, 'section']} label={w.toSection}>
            {(id, about) => (
              <select id={id} {...about} className="choice" value={textOf(item.section)} onChange={(x) => e.set([...path, 'section'], x.target.value || undefined)}>
                <option value="">{w.noSection}</option>
                {sections.map((s) => <option key={s} value={s}>{s}</option>)}
              </select>
            )}
          </Boxed>
        )}
      </div>
      {more && <div className="fields"><RowFields path={path} form={form} leave={shown} /></div>}
      {!more && unseenErrors(e.errorsAt, path, item).map((m) => <small key={m} className="wrong" role="note">{m}</small>)}
      <Flex gap={4} wrap className="row-tools">
        <Button size="small" aria-expanded={more} aria-label={`${w.itemDetails} ${name}`} onClick={() => setMore(!more)}>{w.itemDetails}</Button>
        {!frozen && <>
          <Button size="small" disabled={first} aria-label={`${w.up} ${name}`} onClick={() => store(movedWithin(items, at, -1))}>↑</Button>
          <Button size="small" disabled={last} aria-label={`${w.down} ${name}`} onClick={() => store(movedWithin(items, at, 1))}>↓</Button>
          <Button size="small" aria-label={`${w.remove} ${name}`} onClick={() => e.set(path, undefined)}>{w.remove}</Button>
        </>}
      </Flex>
    </fieldset>
  );
}

// What is wrong with a field that is folded away is told all the same.
function unseenErrors(errorsAt: (path: (string | number)[]) => readonly string[], path: readonly [string, number], item: object): string[] {
  const keys = [...new Set([...Object.keys(item), 'table', 'checks', 'levels', 'formula', 'values', 'cap', 'ballot', 'basis', 'key'])];
  return [...errorsAt([...path]), ...keys.filter((k) => !shown.includes(k)).flatMap((k) => [...errorsAt([...path, k])])];
}
