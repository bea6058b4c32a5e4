import { Input } from 'antd';
import { useState } from 'react';
import type { MissingDecisionKind } from '@/api/schema';
import { useAct } from '@/api/act';
import { Asking } from '@/parts/asking';
import { Choice, Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import type { Contestant, Gap } from './ledgers';
import { said } from './ledgers.words';
import { AbsentEntryDocument, DecideMissingDocument } from './operations';
import type { PartProps } from './round';

interface Props { round: string; subject: Contestant | null; close: () => void; done: () => void }

/** Records that somebody does not take part, or does after all. */
export function Absence({ round, subject, close, done }: Props) {
  const w = useWords(said);
  const act = useAct(AbsentEntryDocument, (d) => d.entryAbsent);
  const [reason, setReason] = useState('');
  const send = async () => {
    if (!subject) return false;
    const answer = await act.run({ input: { round, subject: subject.subject, absent: !subject.absent, reason } });
    if (answer) { setReason(''); done(); }
    return answer !== null;
  };
  const title = subject?.absent ? w.undoTitle(subject.name) : w.absentTitle(subject?.name ?? '');
  return (
    <Asking title={title} open={subject !== null} close={close} act={act} submit={send} ready={reason.trim() !== ''}>
      <Field wide label={w.reason}><Input.TextArea rows={2} required maxLength={2000} value={reason} onChange={(e) => setReason(e.target.value)} /></Field>
    </Asking>
  );
}

/** Decides what a missing subject or mark means. */
export function Missing({ round, subject, gaps, names, close, done }: Props & { gaps: Gap[]; names: PartProps['names'] }) {
  const w = useWords(said);
  const act = useAct(DecideMissingDocument, (d) => d.missingDecide);
  const [what, setWhat] = useState('');
  const [decision, setDecision] = useState<MissingDecisionKind>('UNRANKED');
  const [reason, setReason] = useState('');
  const send = async () => {
    if (!subject) return false;
    const gap = gaps.find((g) => `${g.item} ${g.channel}` === what);
    const answer = await act.run({ input: { round, subject: subject.subject, decision, reason, ...(gap ? { item: gap.item, channel: gap.channel } : {}) } });
    if (answer) { setReason(''); setWhat(''); done(); }
    return answer !== null;
  };
  return (
    <Asking title={w.decideTitle(subject?.name ?? '')} open={subject !== null} close={close} act={act} submit={send} ready={reason.trim() !== ''}>
      <Choice label={w.what} value={what} onChange={setWhat} empty={w.whole} options={gaps.map((g) => ({ value: `${g.item} ${g.channel}`, label: `${names.item(g.item)} · ${names.channel(g.channel)}` }))} />
      <Choice label={w.decision} value={decision} onChange={(v) => setDecision(v as MissingDecisionKind)} options={Object.entries(w.kinds).map(([value, label]) => ({ value, label }))} />
      <Field wide label={w.reason}><Input.TextArea rows={2} required maxLength={2000} value={reason} onChange={(e) => setReason(e.target.value)} /></Field>
    </Asking>
  );
}
