import { Input } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import { Asking } from '@/parts/asking';
import { Choice, Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { said } from './ledgers.words';
import { ReceiveLedgerDocument } from './operations';
import { nearest, shownAs, useEverybody } from './people';

/** Checks a village's ledger in: who brought it, when it was taken is the service's clock. */
export function Receive({ round, held, subject, close, done }: {
  round: string; held: string; subject: { subject: string; name: string; unit: { id: string } } | null; close: () => void; done: () => void;
}) {
  const w = useWords(said);
  const act = useAct(ReceiveLedgerDocument, (d) => d.ledgerReceive);
  const { people, failed } = useEverybody(subject === null);
  const [typed, setTyped] = useState({ for: '', by: '', note: '' });
  const near = subject && people ? nearest(people, subject.unit.id, held) : [];
  const first = near[0];
  const secretary = subject && first?.posts.some((p) => p.unit?.id === subject.unit.id && p.kind === 'village-secretary') ? first.id : '';
  const now = typed.for === subject?.subject ? typed : { for: subject?.subject ?? '', by: secretary, note: '' };
  const send = async () => {
    if (!subject) return false;
    const answer = await act.run({ input: { round, subject: subject.subject, deliveredBy: now.by, note: now.note } });
    if (answer) done();
    return answer !== null;
  };
  return (
    <Asking title={w.receiveTitle(subject?.name ?? '')} open={subject !== null} close={close} act={act} submit={send} button={w.receive} ready={now.by !== ''}>
      {people
        ? <Choice label={w.deliveredBy} required value={now.by} empty={w.chosenFirst} onChange={(by) => setTyped({ ...now, by })} options={near.map((p) => ({ value: p.id, label: shownAs(p, held) }))} />
        : <p role="status">{failed ? w.failed : w.reading}</p>}
      <Field wide label={w.note} hint={w.noteHint}><Input maxLength={2000} value={now.note} onChange={(e) => setTyped({ ...now, note: e.target.value })} /></Field>
    </Asking>
  );
}
