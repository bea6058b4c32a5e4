import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import { useMe, useSession } from '@/api/session';
import { Asking } from '@/parts/asking';
import { useDraft } from '@/parts/draft';
import { ActNotes, Choice, Field } from '@/parts/fields';
import type { Names } from '@/parts/names';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import { Attachments, type Attached } from '../issues/attach';
import { VillageObjectDocument, VillageWithdrawDocument, type VillageResultQuery } from './operations';
import { said } from './words';

type Round = NonNullable<VillageResultQuery['round']>;
type Explain = NonNullable<VillageResultQuery['explain']>;
type Objection = VillageResultQuery['objections'][number];

interface Props { round: Round; explain: Explain; names: Names; unitCode: string; objections: readonly Objection[]; again: () => void }

/** Objections of the village to an announced result: the form, and what became of them. */
export function Objections({ round, explain, names, unitCode, objections, again }: Props) {
  const w = useWords(said);
  const { may } = useSession();
  const { today } = useMe();
  const [told, setTold] = useState('');
  const running = round.state === 'PROVISIONAL';
  if (!running && objections.length === 0) return null;
  const until = round.objectionsUntil ?? '';
  const over = until !== '' && today > until; // the service decides; here only what is offered
  const done = (text: string) => { setTold(text); again(); };
  return (
    <section className="card vill" aria-label={w.objection}>
      <h2>{w.objection}</h2>
      {running && over && <p>{w.objectionOver(until)}</p>}
      {running && !over && may('objection:file') && explain.row.subject && <Filing round={round} explain={explain} names={names} unitCode={unitCode} subject={explain.row.subject} done={done} />}
      {told && <Alert role="status" type="success" showIcon title={told} />}
      {objections.length > 0 && (
        <>
          <h3>{w.objections}</h3>
          <ul className="asked-list">{objections.map((o) => <Filed key={o.id} objection={o} item={round.rubric.find((i) => i.key === o.item)?.name ?? o.item} open={running && !over} done={done} />)}</ul>
        </>
      )}
    </section>
  );
}

interface Typed { key: string; item: string; channel: string; reason: string; files?: readonly Attached[] }

const nothing = (): Typed => ({ key: crypto.randomUUID(), item: '', channel: '', reason: '', files: [] });

function Filing({ round, explain, names, unitCode, subject, done }: Omit<Props, 'objections' | 'again'> & { subject: string; done: (text: string) => void }) {
  const w = useWords(said);
  const draft = useDraft<Typed>(`objection.${round.id}`, nothing());
  const act = useAct(VillageObjectDocument, (d) => d.objectionFile);
  const { key, item, channel, reason, files = [] } = draft.value;
  const put = (part: Partial<Typed>) => draft.set((d) => ({ ...d, ...part }));
  const label = round.rubric.find((i) => i.key === item)?.name;
  const channels = explain.lines.find((l) => l.label === label)?.channels ?? [];
  const file = async () => {
    const answer = await act.run({ input: { key, round: round.id, subject, item, reason, ...(channel ? { channel } : {}), ...(files.length > 0 ? { evidence: files.map((f) => f.id) } : {}) } });
    if (!answer) return;
    draft.set(nothing());
    done(w.filedNow(answer.objection?.number ?? 0));
  };
  return (
    <form className="fields" onSubmit={(e) => { e.preventDefault(); void file(); }}>
      <p className="field wide">{w.objectionAbout(round.objectionsUntil ?? '')}</p>
      <Choice label={w.objectItem} value={item} empty={w.choose} required options={round.rubric.map((i) => ({ value: i.key, label: i.name }))} onChange={(v) => put({ item: v, channel: '' })} />
      {channels.length > 1 && <Choice label={w.channel} value={channel} empty={w.anyChannel} options={channels.map((c) => ({ value: c.channel, label: names.channel(c.channel) }))} onChange={(v) => put({ channel: v })} />}
      <Field label={w.objectReason} hint={w.objectReasonHint} wide><textarea className="plain-input" rows={4} required value={reason} onChange={(e) => put({ reason: e.target.value })} /></Field>
      <Attachments of={{ competition: round.competition.id, unitCode, item, round: round.id }} value={files} onChange={(next) => draft.set((d) => ({ ...d, files: next(d.files ?? []) }))} />
      <div className="field wide"><ActNotes act={act} /><div><Button type="primary" htmlType="submit" loading={act.running} disabled={!item || !reason.trim()}>{w.file}</Button></div></div>
    </form>
  );
}

function Filed({ objection, item, open, done }: { objection: Objection; item: string; open: boolean; done: (text: string) => void }) {
  const w = useWords(said);
  const moment = useMoment();
  const { may } = useSession();
  const [asking, setAsking] = useState(false);
  const act = useAct(VillageWithdrawDocument, (d) => d.objectionWithdraw);
  const submit = async () => {
    const answer = await act.run({ input: { objection: objection.id, revision: objection.revision } });
    if (answer) done(w.withdrawn);
    return answer !== null;
  };
  return (
    <li>
      <span>{w.number(objection.number)} {item}：{objection.reason}</span>
      <small className="faint">{moment(objection.filedAt)} · {w.stateOf[objection.state]}{objection.decidedAt && ` · ${w.decided} ${moment(objection.decidedAt)}`}</small>
      {objection.decision && <p>{w.decision}：{objection.decision}</p>}
      {open && objection.state === 'FILED' && may('objection:file') && <Button size="small" aria-label={`${w.withdraw}：${w.number(objection.number)}`} onClick={() => setAsking(true)}>{w.withdraw}</Button>}
      <Asking title={w.withdraw} open={asking} close={() => setAsking(false)} act={act} submit={submit} button={w.withdraw}><p className="field wide">{w.withdrawSure}</p></Asking>
    </li>
  );
}
