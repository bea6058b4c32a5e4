import { Button, Flex, Input, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { Asking } from '@/parts/asking';
import { ActNotes, Field } from '@/parts/fields';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import { useMarksOf } from './marks';
import { ApproveObjectionDecideDocument, ApproveObjectionsApplyDocument, type ApproveObjectionDecideMutation, type ApproveObjectionsApplyMutation, type FiledObjectionFragment } from './operations';
import { said } from './words';

const decided = (d: ApproveObjectionDecideMutation) => d.objectionDecide;
const appliedOf = (d: ApproveObjectionsApplyMutation) => d.objectionsApply;

/** Objections with what was decided on them, and their marks applied as one set. */
export function Objections({ round, objections, again }: { round: { id: string; revision: number }; objections: FiledObjectionFragment[]; again: () => void }) {
  const w = useWords(said);
  const moment = useMoment();
  const { may } = useSession();
  const [asked, setAsked] = useState<{ objection: FiledObjectionFragment; accept: boolean } | null>(null);
  const apply = useAct(ApproveObjectionsApplyDocument, appliedOf);
  const run = async () => { if (await apply.run({ input: { round: round.id, revision: round.revision } })) again(); };
  return (
    <section>
      <Typography.Title level={2}>{w.objections}</Typography.Title>
      {objections.length === 0 && <p>{w.noObjections}</p>}
      <div className="cards">{objections.map((o) => (
        <article key={o.id} className="card">
          <h3 className="card-title">{o.number}. {o.subjectName} {o.item}</h3>
          <p><Tag color={o.state === 'FILED' ? 'orange' : 'default'}>{w.state[o.state]}</Tag> <small className="faint">{w.filed} {moment(o.filedAt)}</small></p>
          <p>{o.reason}</p>
          {o.decision && <p>{w.decision}：{o.decision}</p>}
          {o.state === 'FILED' && may('objection:decide') && <Flex gap="small" wrap>
            <Button aria-label={`${w.accept} ${o.number}`} onClick={() => setAsked({ objection: o, accept: true })}>{w.accept}</Button>
            <Button aria-label={`${w.reject} ${o.number}`} onClick={() => setAsked({ objection: o, accept: false })}>{w.reject}</Button>
          </Flex>}
        </article>
      ))}</div>
      {objections.some((o) => o.state === 'ACCEPTED') && may('round:compute') && <p><Button loading={apply.running} onClick={() => void run()}>{w.apply}</Button></p>}
      <ActNotes act={apply} />
      {asked && <Deciding key={asked.objection.id + String(asked.accept)} round={round.id} {...asked} close={() => setAsked(null)} again={again} />}
    </section>
  );
}

function Deciding({ round, objection, accept, close, again }: { round: string; objection: FiledObjectionFragment; accept: boolean; close: () => void; again: () => void }) {
  const w = useWords(said);
  const act = useAct(ApproveObjectionDecideDocument, decided);
  const marks = useMarksOf(round, objection.subject, objection.item, accept);
  const [reason, setReason] = useState('');
  const [values, setValues] = useState<Record<string, string>>({});
  const submit = async () => {
    const corrections = Object.entries(values).filter(([, value]) => value.trim() !== '').map(([mark, value]) => ({ mark, value: value.trim() }));
    const answer = await act.run({ input: { objection: objection.id, revision: objection.revision, accept, reason, ...(accept ? { corrections } : {}) } });
    if (answer) again();
    return answer !== null;
  };
  return (
    <Asking title={`${accept ? w.accept : w.reject}：${objection.subjectName} ${objection.item}`} open close={close} act={act} submit={submit}>
      <p className="field wide">{objection.reason}</p>
      {accept && <fieldset className="field wide plain-set">
        <legend>{w.marks} <small className="faint">{w.marksAbout}</small></legend>
        {marks?.length === 0 && <p>{w.noMarks}</p>}
        <div className="fields">{(marks ?? []).map((m) => (
          <Field key={m.id} label={`${m.judge}（${m.value}）`}><Input inputMode="decimal" aria-label={w.newValue(m.judge)} value={values[m.id] ?? ''} onChange={(e) => setValues({ ...values, [m.id]: e.target.value })} /></Field>
        ))}</div>
      </fieldset>}
      <Field label={w.opinion} wide><Input.TextArea required rows={3} value={reason} onChange={(e) => setReason(e.target.value)} /></Field>
    </Asking>
  );
}
