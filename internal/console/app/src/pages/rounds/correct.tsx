import { Input } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import { Asking } from '@/parts/asking';
import { Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { markOf, type Column, type GridItem } from './cells';
import { said } from './grid.words';
import { CorrectMarkDocument } from './operations';
import type { GridMark } from './sheet';

/** Replaces a mark by another, with the reason; the old one stays readable. */
export function Correct({ mark, item, columns, what, close, done }: { mark: GridMark | null; item: GridItem | undefined; columns: readonly Column[]; what: string; close: () => void; done: () => void }) {
  const w = useWords(said);
  const act = useAct(CorrectMarkDocument, (d) => d.markCorrect);
  const first = item?.kind === 'POINTS' && mark && columns[0] ? { [columns[0].key]: mark.value } : {};
  const [typed, setTyped] = useState<{ for: string; id: string; texts: Partial<Record<string, string>>; reason: string }>({ for: '', id: '', texts: {}, reason: '' });
  const now = typed.for === mark?.id ? typed : { for: mark?.id ?? '', id: crypto.randomUUID(), texts: first, reason: '' };
  // What is changed is another correction, with an id of its own.
  const put = (more: Partial<typeof now>) => setTyped({ ...now, id: crypto.randomUUID(), ...more });
  const read = item ? markOf(item, columns, now.texts) : null;
  const wrong = read && 'wrong' in read ? read.wrong : null;
  const send = async () => {
    if (!mark || !read || 'wrong' in read) return false;
    const answer = await act.run({ input: { mark: mark.id, id: now.id, reason: now.reason, ...read } });
    if (answer) done();
    return answer !== null;
  };
  return (
    <Asking title={w.correctTitle(what)} open={mark !== null} close={close} act={act} submit={send} button={w.correct} ready={now.reason.trim() !== '' && read !== null && !wrong}>
      {columns.map((c) => {
        const why = wrong?.get(c.key);
        return (
          <Field key={c.key} label={c.part === '' ? w.value : c.label} hint={why ? w.wrong[why] : undefined}>
            <Input inputMode={c.kind === 'POINTS' ? 'decimal' : 'text'} value={now.texts[c.key] ?? ''} onChange={(e) => put({ texts: { ...now.texts, [c.key]: e.target.value } })} />
          </Field>
        );
      })}
      <Field wide label={w.reason}><Input.TextArea rows={2} required maxLength={2000} value={now.reason} onChange={(e) => put({ reason: e.target.value })} /></Field>
    </Asking>
  );
}
