import { Button, Input } from 'antd';
import { useState } from 'react';
import type { AnyVariables, TypedDocumentNode } from 'urql';
import { useAct } from '@/api/act';
import type { UserError } from '@/api/problem';
import { common } from '@/words/common';
import { useWords } from '@/words/language';
import { Asking } from './asking';
import { ActNotes, Field } from './fields';

/**
 * A button that does one thing to one object: at once, after a confirmation
 * that says what follows (about), or with a reason.
 */
export function ActButton<D extends Record<string, unknown>, V extends AnyVariables, P extends { userErrors: UserError[] }>({
  label, named, about, document, payload, input, reason = false, danger = false, done,
}: {
  label: string; /** What it is done to, for those who cannot see the row. */ named: string; about?: string;
  document: TypedDocumentNode<D, V>; payload: (data: D) => P; input: (reason: string) => V;
  reason?: boolean; danger?: boolean; done: (payload: P) => void;
}) {
  const c = useWords(common);
  const act = useAct<D, V, P>(document, payload);
  const [open, setOpen] = useState(false);
  const [why, setWhy] = useState('');
  const asks = reason || about !== undefined;
  const run = async () => {
    const answer = await act.run(input(why));
    if (answer) { setWhy(''); done(answer); }
    return answer !== null;
  };
  return (
    <>
      <Button size="small" danger={danger} loading={act.running && !asks} aria-label={`${label}：${named}`} onClick={() => { if (asks) setOpen(true); else void run(); }}>{label}</Button>
      {!asks && <ActNotes act={act} />}
      {asks && <Asking title={`${label}：${named}`} open={open} close={() => setOpen(false)} act={act} submit={run} button={label} danger={danger}>
        {about !== undefined && <p className="field wide">{about}</p>}
        {reason && <Field label={c.reason} wide><Input.TextArea required rows={2} value={why} onChange={(e) => setWhy(e.target.value)} /></Field>}
      </Asking>}
    </>
  );
}
