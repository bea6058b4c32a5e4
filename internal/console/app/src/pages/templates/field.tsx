import { useId, type ReactNode } from 'react';
import { useWords } from '@/words/language';
import { at, placeOf, textOf, type Path } from './document';
import { isFrozen, optionsAt, useEditing } from './editing';
import { Group, Names, Words } from './compound';
import { labelOf } from './places';
import { Rows } from './rows';
import { formOf, type Node } from './shape';
import { valueName } from './values';
import { said } from './words';

/** The control of one key of the document, whatever the schema says it is. */
export function DocField({ path, node, label, required }: { path: Path; node: Node; label?: string; required?: boolean }) {
  const e = useEditing();
  const key = String(path.at(-1));
  const name = label ?? labelOf(node, key, e.language);
  const form = formOf(node);
  switch (form.is) {
    case 'names': return <Names path={path} label={name} />;
    case 'rows': return <Rows path={path} form={form} label={name} />;
    case 'group': return <Group path={path} of={form.of} required={form.required} label={name} whole={required === true} />;
    case 'ticks': return <Ticks path={path} of={form.of.map((value) => ({ value, label: valueName(key, value, e.language) }))} label={name} {...(Array.isArray(node.default) ? { otherwise: node.default as string[] } : {})} />;
    case 'words': return <Words path={path} label={name} numbers={form.numbers} />;
    case 'switch': return <Switch path={path} label={name} otherwise={node.default === true} />;
    case 'choice': return <Select path={path} label={name} options={form.of.map((value) => ({ value, label: valueName(key, value, e.language) }))} {...(typeof node.default === 'string' ? { otherwise: node.default } : {})} />;
    default: {
      const options = optionsAt(e, path);
      if (options && options.length > 0) return <Select path={path} label={name} options={options} {...(typeof node.default === 'string' ? { otherwise: node.default } : {})} />;
      return <Plain path={path} label={name} node={node} />;
    }
  }
}

/** A control with its name, and what the service says of it. */
export function Boxed({ path, label, children }: { path: Path; label: ReactNode; children: (id: string, about: { 'aria-invalid'?: boolean; 'aria-describedby'?: string; disabled?: boolean }) => ReactNode }) {
  const e = useEditing();
  const w = useWords(said);
  const id = useId();
  const errors = e.errorsAt(path);
  const frozen = isFrozen(e, path);
  return (
    <div className="field" data-place={placeOf(e.doc, path)}>
      <label htmlFor={id}>{label}</label>
      {children(id, { ...(errors.length > 0 ? { 'aria-invalid': true, 'aria-describedby': `${id}e` } : {}), ...(frozen ? { disabled: true } : {}) })}
      {frozen && !e.frozen && <small className="faint">{w.lockedHint}</small>}
      {errors.length > 0 && <small className="wrong" id={`${id}e`} role="note">{errors.join(' ')}</small>}
    </div>
  );
}

/** A line or a paragraph of text, or a number as it is written. */
export function Plain({ path, label, node, placeholder }: { path: Path; label: ReactNode; node: Node; placeholder?: string }) {
  const e = useEditing();
  const form = formOf(node);
  const value = textOf(at(e.doc, path));
  const hint = placeholder ?? (typeof node.default === 'number' || typeof node.default === 'string' ? String(node.default) : undefined);
  const whole = form.is === 'number' && form.whole;
  const set = (text: string) => e.set(path, text === '' ? undefined : whole && /^\d+$/.test(text) ? Number(text) : text);
  return (
    <Boxed path={path} label={label}>
      {(id, about) => form.is === 'text' && form.long
        ? <textarea id={id} {...about} className="plain-input" rows={2} value={value} onChange={(x) => set(x.target.value)} />
        : <input id={id} {...about} className="plain-input" type={node.title === '成文日期' ? 'date' : 'text'} inputMode={form.is === 'number' ? 'decimal' : 'text'} autoComplete="off" value={value} placeholder={hint} onChange={(x) => set(x.target.value)} />}
    </Boxed>
  );
}

/** One of several; what is chosen and not offered stays visible. */
export function Select({ path, label, options, otherwise }: { path: Path; label: ReactNode; options: readonly { value: string; label: string }[]; otherwise?: string }) {
  const e = useEditing();
  const w = useWords(said);
  const value = textOf(at(e.doc, path));
  const usual = otherwise === undefined ? undefined : options.find((o) => o.value === otherwise)?.label ?? otherwise;
  return (
    <Boxed path={path} label={label}>
      {(id, about) => (
        <select id={id} {...about} className="choice" value={value} onChange={(x) => e.set(path, x.target.value === '' ? undefined : x.target.value)}>
          <option value="">{usual === undefined ? w.choose : `${usual}（${w.byDefault}）`}</option>
          {value !== '' && !options.some((o) => o.value === value) && <option value={value}>{w.notHere(value)}</option>}
          {options.map((o) => <option key={o.value} value={o.value}>{o.label}</option>)}
        </select>
      )}
    </Boxed>
  );
}

function Switch({ path, label, otherwise }: { path: Path; label: ReactNode; otherwise: boolean }) {
  const e = useEditing();
  const value = at(e.doc, path);
  const on = typeof value === 'boolean' ? value : otherwise;
  return <label className="check" data-place={placeOf(e.doc, path)}><input type="checkbox" checked={on} disabled={isFrozen(e, path)} onChange={(x) => e.set(path, x.target.checked)} /><span>{label}</span></label>;
}

/** Some of several, in the order in which they are listed. */
export function Ticks({ path, label, of, otherwise }: { path: Path; label: ReactNode; of: readonly { value: string; label: string }[]; otherwise?: readonly string[] }) {
  const e = useEditing();
  const value = at(e.doc, path);
  const have = Array.isArray(value) ? value.map(textOf) : otherwise ?? [];
  const frozen = isFrozen(e, path);
  const turn = (one: string, on: boolean) => {
    const next = on ? [...have, one] : have.filter((h) => h !== one);
    e.set(path, next.length > 0 || otherwise !== undefined ? next : undefined);
  };
  const errors = e.errorsAt(path);
  return (
    <fieldset className={of.length > 4 ? 'ticks wide' : 'ticks'} data-place={placeOf(e.doc, path)}>
      <legend>{label}</legend>
      <div className="tick-row">
        {of.map((o) => <label key={o.value} className="check"><input type="checkbox" disabled={frozen} checked={have.includes(o.value)} onChange={(x) => turn(o.value, x.target.checked)} /><span>{o.label}</span></label>)}
      </div>
      {errors.length > 0 && <small className="wrong" role="note">{errors.join(' ')}</small>}
    </fieldset>
  );
}
