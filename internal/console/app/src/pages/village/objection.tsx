import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { Asking } from '@/parts/asking';
import { useDraft } from '@/parts/draft';
import { ActNotes, Choice, Field } from '@/parts/fields';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import { VillageObjectDocument, VillageWithdrawDocument, type VillageResultQuery } from './operations';
import { said } from './words';

type Round = NonNullable<VillageResultQuery['round']>;
type Explain = NonNullable<VillageResultQuery['explain']>;
type Objection = VillageResultQuery['objections'][number];

/** Objections of the village to an announced result: the form, and what became of them. */
export function Objections({ round, explain, objections, again }: { round: Round; explain: Explain; objections: readonly Objection[]; again: () => void }) {
  const w = useWords(said);
  const { may } = useSession();
  const running = round.state === 'PROVISIONAL';
  if (!running && objections.length === 0) return null;
  return (
    <section className="card vill">
      <h2>{w.objection}</h2>
      {running && may('objection:file') && explain.row.subject && <Filing round={round} subject={explain.row.subject} again={again} />}
      {objections.length > 0 && (
        <>
          <h3>{w.objections}</h3>
          <ul className="asked-list">{objections.map((o) => <Filed key={o.id} objection={o} item={round.rubric.find((i) => i.key === o.item)?.name ?? o.item} open={running} again={again} />)}</ul>
        </>
      )}
    </section>
  );
}

function Filing({ round, subject, again }: { round: Round; subject: string; again: () => void }) {
  const w = useWords(said);
  const draft = useDraft<{ key: string; item: string; reason: string }>(`objection.${round.id}`, { key: crypto.randomUUID(), item: '', reason: '' });
  const act = useAct(VillageObjectDocument, (d) => d.objectionFile);
  const { key, item, reason } = draft.value;
  const file = async () => {
    const done = await act.run({ input: { key, round: round.id, subject, item, reason } });
    if (!done) return;
    draft.set({ key: crypto.randomUUID(), item: '', reason: '' });
    again();
  };
  return (
    <form className="fields" onSubmit={(e) => { e.preventDefault(); void file(); }}>
      <p className="field wide">{w.objectionAbout(round.objectionsUntil ?? '')}</p>
      <Choice label={w.objectItem} value={item} empty={w.choose} required options={round.rubric.map((i) => ({ value: i.key, label: i.name }))} onChange={(v) => draft.set((d) => ({ ...d, item: v }))} />
      <Field label={w.objectReason} hint={w.objectReasonHint} wide><textarea className="plain-input" rows={4} required value={reason} onChange={(e) => draft.set((d) => ({ ...d, reason: e.target.value }))} /></Field>
      <div className="field wide"><ActNotes act={act} /><div><Button type="primary" htmlType="submit" loading={act.running} disabled={!item || !reason.trim()}>{w.file}</Button></div></div>
    </form>
  );
}

function Filed({ objection, item, open, again }: { objection: Objection; item: string; open: boolean; again: () => void }) {
  const w = useWords(said);
  const moment = useMoment();
  const { may } = useSession();
  const [asking, setAsking] = useState(false);
  const act = useAct(VillageWithdrawDocument, (d) => d.objectionWithdraw);
  const submit = async () => {
    const done = await act.run({ input: { objection: objection.id, revision: objection.revision } });
    if (done) again();
    return done !== null;
  };
  return (
    <li>
      <span>{w.number(objection.number)} {item}：{objection.reason}</span>
      <small className="faint">{moment(objection.filedAt)} · {w.stateOf[objection.state]}</small>
      {objection.decision && <p>{w.decision}：{objection.decision}</p>}
      {open && objection.state === 'FILED' && may('objection:file') && <Button size="small" onClick={() => setAsking(true)}>{w.withdraw}</Button>}
      <Asking title={w.withdraw} open={asking} close={() => setAsking(false)} act={act} submit={submit} button={w.withdraw}><p>{w.withdrawSure}</p></Asking>
    </li>
  );
}
