import { Button, Flex, Input, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { Asking } from '@/parts/asking';
import { ActNotes, Field } from '@/parts/fields';
import type { Names } from '@/parts/names';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import { useMarksOf } from './marks';
import { ApproveObjectionDecideDocument, ApproveObjectionsApplyDocument, type ApproveObjectionDecideMutation, type ApproveObjectionsApplyMutation, type FiledObjectionFragment } from './operations';
import { Blockers } from './preview';
import { said } from './words';

const decided = (d: ApproveObjectionDecideMutation) => d.objectionDecide;
const appliedOf = (d: ApproveObjectionsApplyMutation) => d.objectionsApply;

interface Asked { id: string; accept: boolean }

/** Objections with what was decided on them, and their marks applied as one set. */
export function Objections({ round, objections, names, again }: { round: { id: string; revision: number; state: string }; objections: FiledObjectionFragment[]; names: Names; again: () => void }) {
  const w = useWords(said);
  const { me } = useSession();
  const [asked, setAsked] = useState<Asked | null>(null);
  // Only members of the review group decide; who else may look is told so.
  const reviews = me?.roles.some((r) => r.role === 'review-group') ?? false;
  const open = objections.some((o) => o.state === 'FILED');
  const about = objections.find((o) => o.id === asked?.id);
  return (
    <section id="objections">
      <Typography.Title level={2}>{w.objections}</Typography.Title>
      {objections.length === 0 && <p>{w.noObjections}</p>}
      {open && !reviews && <p>{w.reviewers}</p>}
      <div className="cards">{objections.map((o) => <Filed key={o.id} objection={o} names={names} {...(reviews ? { ask: setAsked } : {})} />)}</div>
      {objections.some((o) => o.state === 'ACCEPTED') && round.state === 'PROVISIONAL' && <Apply round={round} again={again} />}
      {asked && about && <Deciding key={asked.id + String(asked.accept)} round={round.id} objection={about} accept={asked.accept} names={names} close={() => setAsked(null)} again={again} />}
    </section>
  );
}

function Filed({ objection: o, names, ask }: { objection: FiledObjectionFragment; names: Names; ask?: (asked: Asked) => void }) {
  const w = useWords(said);
  const moment = useMoment();
  return (
    <article className="card">
      <h3 className="card-title">{o.number}. {o.subjectName}：{names.item(o.item)}{o.channel && `（${names.channel(o.channel)}）`}</h3>
      <p><Tag color={o.state === 'FILED' || o.state === 'ACCEPTED' ? 'orange' : 'default'}>{w.state[o.state]}</Tag> <small className="faint">{w.filed} {moment(o.filedAt)}{o.evidence.length > 0 && `，${w.evidence(o.evidence.length)}`}</small></p>
      <p>{o.reason}</p>
      {o.decision && <p>{w.decision}：{o.decision}{o.decidedAt && <small className="faint">（{moment(o.decidedAt)}）</small>}</p>}
      {ask && (o.state === 'FILED' || o.state === 'ACCEPTED') && <Flex gap="small" wrap>
        <Button aria-label={`${w.accept} ${o.number}`} onClick={() => ask({ id: o.id, accept: true })}>{o.state === 'FILED' ? w.accept : w.anew}</Button>
        <Button aria-label={`${w.reject} ${o.number}`} onClick={() => ask({ id: o.id, accept: false })}>{w.reject}</Button>
      </Flex>}
    </article>
  );
}

function Apply({ round, again }: { round: { id: string; revision: number }; again: () => void }) {
  const w = useWords(said);
  const { may } = useSession();
  const apply = useAct(ApproveObjectionsApplyDocument, appliedOf);
  const [met, setMet] = useState<ApproveObjectionsApplyMutation['objectionsApply'] | null>(null);
  if (!may('round:compute')) return <p>{w.applyWaits}</p>;
  const run = async () => { setMet(await apply.run({ input: { round: round.id, revision: round.revision } })); again(); };
  return (
    <>
      {met && met.blockers.length > 0 && <Blockers blockers={met.blockers} round={round.id} />}
      <p className="no-print"><Button loading={apply.running} onClick={() => void run()}>{w.apply}</Button></p>
      <ActNotes act={apply} />
    </>
  );
}

function Deciding({ round, objection, accept, names, close, again }: { round: string; objection: FiledObjectionFragment; accept: boolean; names: Names; close: () => void; again: () => void }) {
  const w = useWords(said);
  const act = useAct(ApproveObjectionDecideDocument, decided);
  const marks = useMarksOf(round, objection.subject, objection.item, accept);
  const [reason, setReason] = useState('');
  const [values, setValues] = useState<Record<string, string>>({});
  const submit = async () => {
    const corrections = Object.entries(values).filter(([, value]) => value.trim() !== '').map(([mark, value]) => ({ mark, value: value.trim() }));
    const answer = await act.run({ input: { objection: objection.id, revision: objection.revision, accept, reason, ...(accept ? { corrections } : {}) } });
    again(); // refused: perhaps somebody else decided meanwhile
    return answer !== null;
  };
  return (
    <Asking title={`${accept ? w.accept : w.reject}：${objection.subjectName} ${names.item(objection.item)}`} open close={close} act={act} submit={submit}>
      <p className="field wide">{objection.reason}</p>
      {accept && <fieldset className="field wide plain-set">
        <legend>{w.marks} <small className="faint">{w.marksAbout}</small></legend>
        {marks?.length === 0 && <p>{w.noMarks}</p>}
        <div className="fields">{(marks ?? []).map((m) => (
          <Field key={m.id} label={w.standing(names.channel(m.channel), m.judge, m.value)}><Input inputMode="decimal" value={values[m.id] ?? ''} onChange={(e) => setValues({ ...values, [m.id]: e.target.value })} /></Field>
        ))}</div>
      </fieldset>}
      <Field label={w.opinion} wide><Input.TextArea required rows={3} value={reason} onChange={(e) => setReason(e.target.value)} /></Field>
    </Asking>
  );
}
