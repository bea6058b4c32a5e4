import { Button, Flex } from 'antd';
import { Choice, Field } from '@/parts/fields';
import { common } from '@/words/common';
import { useWords } from '@/words/language';
import type { Basics } from './notice';
import { said } from './words';

type Text = Exclude<keyof Basics, 'basis' | 'members'>;

/** Notice, basis and leading group of a competition. */
export function BasicsForm({ value, set }: { value: Basics; set: (next: Basics) => void }) {
  const w = useWords(said);
  const c = useWords(common);
  const line = (key: Text, label: string, more: { hint?: string; required?: boolean; type?: string; wide?: boolean } = {}) => (
    <Field label={label} {...(more.hint ? { hint: more.hint } : {})} {...(more.wide ? { wide: true } : {})}>
      <input className="plain-input" type={more.type ?? 'text'} required={more.required} value={value[key]} onChange={(e) => set({ ...value, [key]: e.target.value })} />
    </Field>
  );
  const member = (i: number, next: Partial<Basics['members'][number]>) => set({ ...value, members: value.members.map((m, n) => (n === i ? { ...m, ...next } : m)) });
  const basis = (i: number, next: Partial<Basics['basis'][number]>) => set({ ...value, basis: value.basis.map((b, n) => (n === i ? { ...b, ...next } : b)) });
  const seats = Object.entries(w.seats).map(([key, label]) => ({ value: key, label }));
  return (
    <>
      <fieldset className="card"><legend>{w.notice}</legend>
        <div className="fields">
          {line('title', w.noticeTitle, { required: true, wide: true })}
          {line('number', w.number, { required: true })}{line('issuer', w.issuer, { required: true })}{line('date', w.date, { required: true, type: 'date' })}
          {line('filing', w.filing)}{line('distribution', w.distribution, { hint: w.distributionHint })}
          <Field label={w.text} wide><textarea className="plain-input" rows={3} value={value.text} onChange={(e) => set({ ...value, text: e.target.value })} /></Field>
        </div>
        {value.basis.map((b, i) => (
          <div key={i} className="fields" role="group" aria-label={`${w.basis} ${i + 1}`}>
            <Field label={w.basisTitle}><input className="plain-input" value={b.title} onChange={(e) => basis(i, { title: e.target.value })} /></Field>
            <Field label={w.basisNumber}><input className="plain-input" value={b.number} onChange={(e) => basis(i, { number: e.target.value })} /></Field>
            <Field label={w.basisIssuer}><input className="plain-input" value={b.issuer} onChange={(e) => basis(i, { issuer: e.target.value })} /></Field>
          </div>
        ))}
        <Button size="small" onClick={() => set({ ...value, basis: [...value.basis, { title: '', number: '', issuer: '', date: '' }] })}>{w.addBasis}</Button>
      </fieldset>
      <fieldset className="card"><legend>{w.group}</legend>
        {value.members.map((m, i) => (
          <Flex key={i} gap="small" wrap align="end" role="group" aria-label={`${w.group} ${i + 1}`}>
            <Choice label={w.seat} value={m.seat} options={seats} onChange={(seat) => member(i, { seat })} />
            <Field label={w.seatTitle}><input className="plain-input" value={m.title} onChange={(e) => member(i, { title: e.target.value })} /></Field>
            <Button aria-label={`${c.remove} ${m.title || i + 1}`} onClick={() => set({ ...value, members: value.members.filter((_, n) => n !== i) })}>{c.remove}</Button>
          </Flex>
        ))}
        <Button size="small" onClick={() => set({ ...value, members: [...value.members, { seat: 'member', title: '', person: '' }] })}>{w.addMember}</Button>
        <div className="fields">{line('offices', w.offices, { hint: w.officesHint })}{line('officeHead', w.officeHead)}</div>
      </fieldset>
    </>
  );
}
