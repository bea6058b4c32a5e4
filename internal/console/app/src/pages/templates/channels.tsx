import { Button, Flex } from 'antd';
import { useWords } from '@/words/language';
import { freeKey, listOf, moved, nameOf, placeOf, rowsOf, textOf, type Value } from './document';
import { isFrozen, useEditing } from './editing';
import { DocField } from './field';
import { labelOf } from './places';
import { RowFields } from './rows';
import { formOf, nodeAt, schema } from './shape';
import { Sum } from './sum';
import { valueName } from './values';
import { said } from './words';

// The sources that a village contest has, the most usual first.
const sources = ['onsite', 'ledger', 'assembly', 'speech', 'comment', 'verification', 'marks'];

/** The scale, and the channels that marks come from: their weights come to one hundred. */
export function Channels() {
  const e = useEditing();
  const w = useWords(said);
  const list = rowsOf(e.doc.channels);
  const form = formOf(nodeAt(['channels']));
  if (form.is !== 'rows' || !schema.properties?.scale) return null;
  const frozen = isFrozen(e, ['channels']);
  const add = (source: string) => {
    const key = freeKey(list, source);
    const row: Record<string, Value> = { key, name: valueName('source', source, 'zh-Hans'), source, judges: source === 'onsite' ? { min: 2, combine: 'mean' } : { min: 1 }, range: ['0', '100'], step: '0.5', ...(source === 'ledger' ? { reception: true } : {}) };
    e.set(['channels'], [...listOf(e.doc.channels), row]);
  };
  return (
    <>
      <div className="fields"><DocField path={['scale']} node={schema.properties.scale} required /></div>
      <h3>{labelOf(nodeAt(['channels']), 'channels', e.language)}</h3>
      <Sum label={w.weights} of={list.map((c) => c.weight)} want="100" />
      {e.errorsAt(['channels']).map((m) => <p key={m} className="wrong" role="note">{m}</p>)}
      {list.map((c, i) => {
        const name = nameOf(c.name, e.language) || textOf(c.key);
        return (
          <fieldset key={i} className="row" data-place={placeOf(e.doc, ['channels', i])}>
            <legend>{name}</legend>
            <div className="fields"><RowFields path={['channels', i]} form={form} /></div>
            {!frozen && (
              <Flex gap={4} className="row-tools">
                <Button size="small" disabled={i === 0} aria-label={`${w.up} ${name}`} onClick={() => e.set(['channels'], moved(list, i, -1))}>↑</Button>
                <Button size="small" disabled={i === list.length - 1} aria-label={`${w.down} ${name}`} onClick={() => e.set(['channels'], moved(list, i, 1))}>↓</Button>
                <Button size="small" aria-label={`${w.remove} ${name}`} onClick={() => e.set(['channels', i], undefined)}>{w.remove}</Button>
              </Flex>
            )}
          </fieldset>
        );
      })}
      {!frozen && (
        <Flex gap="small" wrap align="center"><span>{w.addChannel}</span>
          {sources.map((s) => <Button key={s} size="small" onClick={() => add(s)}>{valueName('source', s, e.language)}</Button>)}
        </Flex>
      )}
    </>
  );
}
