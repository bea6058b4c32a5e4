import { Alert, Input } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import type { Audience } from '@/api/schema';
import { Asking } from '@/parts/asking';
import { Choice, Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { ApprovePublishDocument, type ApprovePublishMutation } from './operations';
import { Blockers } from './preview';
import { said } from './words';

type Payload = ApprovePublishMutation['roundPublish'];
const payload = (d: ApprovePublishMutation): Payload => d.roundPublish;

/** Freezes a revision under the approver's name, for those it is for. */
export function Publishing({ round, open, close, again }: { round: { id: string; revision: number; publications: unknown[] }; open: boolean; close: () => void; again: () => void }) {
  const w = useWords(said);
  const act = useAct(ApprovePublishDocument, payload);
  const [audience, setAudience] = useState('');
  const [comment, setComment] = useState('');
  const [number, setNumber] = useState('');
  const [reason, setReason] = useState('');
  const [met, setMet] = useState<Payload | null>(null);
  const submit = async () => {
    const answer = await act.run({ input: { round: round.id, revision: round.revision, comment, bulletinNumber: number, ...(audience ? { audience: audience as Audience } : {}), ...(reason ? { reason } : {}) } });
    setMet(answer);
    if (answer?.blockers.length === 0) { setComment(''); setNumber(''); setReason(''); }
    again(); // refused: perhaps somebody else was faster
    return answer?.blockers.length === 0;
  };
  return (
    <>
      {met?.blockers.length === 0 && <Alert role="status" type="success" showIcon title={w.done} description={met.warnings.length > 0 ? <ul className="plain">{met.warnings.map((x) => <li key={x.code + x.field}>{x.message}</li>)}</ul> : undefined} />}
      <Asking title={w.publish} open={open} close={close} act={act} submit={submit} button={w.publish}>
        <p className="field wide">{w.publishAbout}</p>
        {met && met.blockers.length > 0 && <div className="field wide"><Blockers blockers={met.blockers} round={round.id} /></div>}
        <Choice label={w.audience} value={audience} onChange={setAudience} empty={w.audienceDefault} options={(['PERSON', 'TOWNSHIP', 'COUNTY', 'PUBLIC'] as const).map((a) => ({ value: a, label: w.audiences[a] }))} />
        <Field label={w.number}><Input value={number} onChange={(e) => setNumber(e.target.value)} /></Field>
        <Field label={w.comment} wide><Input.TextArea rows={3} value={comment} onChange={(e) => setComment(e.target.value)} /></Field>
        {round.publications.length > 0 && <Field label={w.why} hint={w.whyHint} wide><Input.TextArea rows={2} value={reason} onChange={(e) => setReason(e.target.value)} /></Field>}
      </Asking>
    </>
  );
}
