import { Button, Flex } from 'antd';
import { useWords } from '@/words/language';
import { at, isGroup, listOf, moved, placeOf, textOf, type Path, type Value } from './document';
import { isFrozen, useEditing, wordsAt } from './editing';
import { Boxed, DocField, Ticks } from './field';
import { byOrder } from './rows';
import type { Node } from './shape';
import { said } from './words';

/** A name: Chinese first, English when it is wanted. */
export function Names({ path, label }: { path: Path; label: string }) {
  const e = useEditing();
  const w = useWords(said);
  const value = at(e.doc, path);
  const zh = isGroup(value) ? textOf(value['zh-Hans']) : textOf(value);
  const en = isGroup(value) ? textOf(value.en) : '';
  const set = (nextZh: string, nextEn: string) => e.set(path, nextEn === '' ? (nextZh === '' ? undefined : nextZh) : { 'zh-Hans': nextZh, en: nextEn });
  return (
    <>
      <Boxed path={path} label={label}>
        {(id, about) => <input id={id} {...about} className="plain-input" autoComplete="off" value={zh} onChange={(x) => set(x.target.value, en)} />}
      </Boxed>
      {e.language === 'en' && (
        <Boxed path={[...path, 'en']} label={`${label}, ${w.english}`}>
          {(id, about) => <input id={id} {...about} className="plain-input" autoComplete="off" lang="en" value={en} onChange={(x) => set(zh, x.target.value)} />}
        </Boxed>
      )}
    </>
  );
}

/** Keys that belong together. One that may be left out is set or left out as a whole. */
export function Group({ path, of, required, label, whole }: { path: Path; of: Record<string, Node>; required: readonly string[]; label: string; whole: boolean }) {
  const e = useEditing();
  const w = useWords(said);
  const value = at(e.doc, path);
  const frozen = isFrozen(e, path);
  const set = isGroup(value);
  const errors = e.errorsAt(path);
  return (
    <fieldset className="group" data-place={placeOf(e.doc, path)}>
      <legend>{label}</legend>
      {errors.length > 0 && <small className="wrong" role="note">{errors.join(' ')}</small>}
      {set || whole
        ? <div className="fields">{Object.entries(of).sort(byOrder).map(([key, node]) => <DocField key={key} path={[...path, key]} node={node} required={required.includes(key)} />)}</div>
        : <p className="faint">{w.notUsed}</p>}
      {!whole && !frozen && <Button size="small" onClick={() => e.set(path, set ? undefined : {})} aria-label={`${set ? w.dropThis : w.useThis} ${label}`}>{set ? w.dropThis : w.useThis}</Button>}
    </fieldset>
  );
}

/** A list of words or numbers: ticked where the words are known, else written one after another. */
export function Words({ path, label, numbers }: { path: Path; label: string; numbers: boolean }) {
  const e = useEditing();
  const options = wordsAt(e, path);
  if (path.at(-1) === 'tieBreak' && options) return <InTurn path={path} label={label} options={options} />;
  if (options && options.length > 0) return <Ticks path={path} label={label} of={options} />;
  const all = listOf(at(e.doc, path)).map(textOf);
  const set = (text: string) => {
    const parts = text.split(/[,，、\s]+/);
    const next = parts.filter((p, i) => p !== '' || i === parts.length - 1);
    e.set(path, next.length === 0 || (next.length === 1 && next[0] === '') ? undefined : next);
  };
  const tidy = () => { const next = all.filter((p) => p !== ''); e.set(path, next.length > 0 ? next : undefined); };
  return (
    <Boxed path={path} label={label}>
      {(id, about) => <input id={id} {...about} className="plain-input" inputMode={numbers ? 'text' : 'text'} autoComplete="off" value={all.join(numbers ? ', ' : '、')} placeholder={numbers ? '5, 4, 3' : undefined} onChange={(x) => set(x.target.value)} onBlur={tidy} />}
    </Boxed>
  );
}

/** What is compared in turn: the order is what matters. */
function InTurn({ path, label, options }: { path: Path; label: string; options: readonly { value: string; label: string }[] }) {
  const e = useEditing();
  const w = useWords(said);
  const have = listOf(at(e.doc, path)).map(textOf);
  const frozen = isFrozen(e, path);
  const store = (next: Value[]) => e.set(path, next);
  const named = (value: string) => options.find((o) => o.value === value)?.label ?? value;
  return (
    <fieldset className="ticks" data-place={placeOf(e.doc, path)}>
      <legend>{label}</legend>
      <ol className="turns">
        {have.map((value, i) => (
          <li key={value}>
            <Flex gap={4} align="center"><span className="grow">{named(value)}</span>
              {!frozen && <>
                <Button size="small" disabled={i === 0} aria-label={`${w.up} ${named(value)}`} onClick={() => store(moved(have, i, -1))}>↑</Button>
                <Button size="small" disabled={i === have.length - 1} aria-label={`${w.down} ${named(value)}`} onClick={() => store(moved(have, i, 1))}>↓</Button>
                <Button size="small" aria-label={`${w.remove} ${named(value)}`} onClick={() => store(have.filter((h) => h !== value))}>×</Button>
              </>}
            </Flex>
          </li>
        ))}
      </ol>
      {!frozen && (
        <select className="choice" aria-label={`${w.add} ${label}`} value="" onChange={(x) => { if (x.target.value) store([...have, x.target.value]); }}>
          <option value="">{w.add}</option>
          {options.filter((o) => !have.includes(o.value)).map((o) => <option key={o.value} value={o.value}>{o.label}</option>)}
        </select>
      )}
    </fieldset>
  );
}
