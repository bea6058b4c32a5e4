import { Input } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import { Asking } from '@/parts/asking';
import { Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { plain } from './cells';
import { said } from './grid.words';
import { CorrectMarkDocument } from './operations';
import type { GridMark } from './sheet';

/** Replaces a mark by another, with the reason; the old one stays readable. */
export function Correct({ mark, what, close, done }: { mark: GridMark | null; what: string; close: () => void; done: () => void }) {
  const w = useWords(said);
  const act = useAct(CorrectMarkDocument, (d) => d.markCorrect);
  const [typed, setTyped] = useState({ for: '', id: '', value: '', reason: '' });
  const now = typed.for === mark?.id ? typed : { for: mark?.id ?? '', id: crypto.randomUUID(), value: mark?.value ?? '', reason: '' };
  const send = async () => {
    if (!mark) return false;
    const answer = await act.run({ input: { mark: mark.id, id: now.id, value: plain(now.value), reason: now.reason } });
    if (answer) done();
    return answer !== null;
  };
  return (
    <Asking title={w.correctTitle(what)} open={mark !== null} close={close} act={act} submit={send} button={w.correct} ready={now.reason.trim() !== '' && now.value.trim() !== ''}>
      <Field label={w.value}><Input inputMode="decimal" required value={now.value} onChange={(e) => setTyped({ ...now, id: crypto.randomUUID(), value: e.target.value })} /></Field>
      <Field wide label={w.reason}><Input.TextArea rows={2} required maxLength={2000} value={now.reason} onChange={(e) => setTyped({ ...now, id: crypto.randomUUID(), reason: e.target.value })} /></Field>
    </Asking>
  );
}
