import { Button, Flex } from 'antd';
import type { ReactNode } from 'react';
import type { Act } from '@/api/act';
import { common } from '@/words/common';
import { useWords } from '@/words/language';
import { ProblemNote, UserErrors } from './problem';
import '@/shell/tables.css';
import './fields.css';

/** A control with its name above it and, where it helps, a line below. */
export function Field({ label, hint, wide, children }: { label: ReactNode; hint?: ReactNode; wide?: boolean; children: ReactNode }) {
  return (
    <label className={wide ? 'field wide' : 'field'}>
      <span>{label}</span>
      {children}
      {hint !== undefined && <small className="faint">{hint}</small>}
    </label>
  );
}

/** One of a list, by the browser's own control: light, and known on every phone. */
export function Choice({ label, hint, wide, value, options, onChange, empty, required, disabled }: {
  label: ReactNode; hint?: ReactNode; wide?: boolean; value: string; options: readonly { value: string; label: string }[];
  onChange: (value: string) => void; empty?: string; required?: boolean; disabled?: boolean;
}) {
  return (
    <Field label={label} {...(hint !== undefined ? { hint } : {})} {...(wide ? { wide } : {})}>
      <select className="choice" value={value} required={required} disabled={disabled} onChange={(e) => onChange(e.target.value)}>
        {empty !== undefined && <option value="">{empty}</option>}
        {options.map((o) => <option key={o.value} value={o.value}>{o.label}</option>)}
      </select>
    </Field>
  );
}

/** Why an act was refused, beside the button that was pressed. */
export function ActNotes({ act }: { act: Pick<Act<never, unknown>, 'errors' | 'problem'> }) {
  return <><UserErrors errors={act.errors} /><ProblemNote problem={act.problem} /></>;
}

/** More of a list that grows. */
export function MoreButton({ list }: { list: { hasMore: boolean; loading: boolean; more: () => void } }) {
  const { loadMore } = useWords(common);
  if (!list.hasMore) return null;
  return <Flex justify="center" className="no-print"><Button loading={list.loading} onClick={list.more}>{loadMore}</Button></Flex>;
}
