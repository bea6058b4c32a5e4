import { Button, Flex } from 'antd';
import { useState } from 'react';
import { useWords } from '@/words/language';
import { at, rowsOf, textOf, without } from './document';
import { isFrozen, useEditing } from './editing';
import { DocField } from './field';
import { ItemRow } from './item';
import { nodeAt } from './shape';
import { Sum } from './sum';
import { branches, scored, withItem } from './tree';
import { said } from './words';

/** The tree of what is judged: sections, and in each its items. */
export function Items() {
  const e = useEditing();
  const w = useWords(said);
  const [section, setSection] = useState('');
  const items = rowsOf(e.doc.items);
  const all = branches(items);
  const frozen = isFrozen(e, ['items']);
  const full = textOf(at(e.doc, ['scale', 'points'])) || '100';
  const sections = all.map((b) => b.section).filter(Boolean);
  const add = (to: string) => e.set(['items'], withItem(items, to));
  return (
    <>
      <div className="fields"><DocField path={['scale', 'points']} node={nodeAt(['scale', 'points'])} /><DocField path={['scale', 'items']} node={nodeAt(['scale', 'items'])} /></div>
      {textOf(at(e.doc, ['scale', 'items'])) !== 'mean' && <Sum label={w.points} of={scored(items)} want={full} />}
      {e.errorsAt(['items']).map((m) => <p key={m} className="wrong" role="note">{m}</p>)}
      {all.map((b) => (
        <section key={b.section} className="branch" aria-label={b.section || w.noSection}>
          {(b.section !== '' || sections.length > 0) && <SectionName section={b.section} at={b.at} frozen={frozen} />}
          {b.at.map((i, n) => <ItemRow key={i} at={i} first={n === 0} last={n === b.at.length - 1} sections={sections} />)}
          {!frozen && <Button size="small" onClick={() => add(b.section)}>{b.section ? `${w.addItem}（${b.section}）` : w.addItem}</Button>}
        </section>
      ))}
      {!frozen && (
        <Flex gap="small" wrap align="end">
          {all.length === 0 && <Button type="primary" onClick={() => add('')}>{w.addItem}</Button>}
          <input className="plain-input" aria-label={w.sectionName} placeholder={w.sectionName} value={section} onChange={(x) => setSection(x.target.value)} />
          <Button disabled={section.trim() === '' || sections.includes(section.trim())} onClick={() => { add(section.trim()); setSection(''); }}>{w.addSection}</Button>
        </Flex>
      )}
    </>
  );
}

function SectionName({ section, at: places, frozen }: { section: string; at: number[]; frozen: boolean }) {
  const e = useEditing();
  const w = useWords(said);
  const [name, setName] = useState(section);
  const rename = () => {
    const next = name.trim();
    if (next === section) return;
    e.set(['items'], rowsOf(e.doc.items).map((item, i) => {
      return !places.includes(i) ? item : next === '' ? without(item, 'section') : { ...item, section: next };
    }));
  };
  if (section === '') return <h3>{w.noSection}</h3>;
  return <h3><input className="plain-input" aria-label={w.sectionName} disabled={frozen} value={name} onChange={(x) => setName(x.target.value)} onBlur={rename} onKeyDown={(x) => { if (x.key === 'Enter') rename(); }} /></h3>;
}
