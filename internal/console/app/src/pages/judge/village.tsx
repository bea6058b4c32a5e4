import { Alert, Button } from 'antd';
import { useEffect, useMemo } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useMe } from '@/api/session';
import { ownerOf } from '@/parts/device';
import { Nothing, Page, Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { useLanguage, useWords } from '@/words/language';
import { CellCard } from './cell';
import { standingOf, subjectsOf, waitingAt, type DeskRound, type Subject } from './desk';
import { findingOf, reads, useDrafts } from './draft';
import { useWhole } from './marks';
import { Leftovers } from './leftovers';
import { JudgeRoundDocument } from './operations';
import { Outgoing } from './outgoing';
import { Photo } from './photo';
import { useKept } from './read';
import { useQueue } from './use';
import { placeOf, type Waiting } from './waiting';
import { said } from './words';
import './judge.css';

/** One village to mark, with or without a signal. */
export default function Village() {
  const w = useWords(said);
  const { round: id = '', village = '' } = useParams();
  const me = useMe();
  const moment = useMoment();
  const english = useLanguage().language === 'en';
  const { queue, state } = useQueue();
  const { data, error, since, missing, again } = useKept(JudgeRoundDocument, { id }, `round ${id}`);
  const refused = state.items.filter((i) => i.refused.length > 0).length;
  useEffect(() => { if (state.turn > 0 || refused > 0) again(); }, [state.turn, refused]); // what the service has now
  const round = useWhole(data?.round ?? null);
  const person = me.person;
  const subjects = useMemo(() => round && person ? subjectsOf(round, person, english, state.items) : [], [round, person, english, state.items]);
  const at = subjects.findIndex((s) => s.code === village);
  const subject = subjects[at];
  const following = subjects.slice(at + 1).find((s) => !s.recused && s.absent === null);
  const here = state.items.filter((i) => i.round === id && i.code === village);
  const marking = subject !== undefined && subject.recused === null && subject.absent === null;
  const stray = here.filter((i) => !marking || !subject.cells.some((c) => c.item.key === i.item && (i.work.kind === 'photo' || c.channel.key === i.channel)));
  return (
    <Page title={subject?.name ?? w.title} about={round ? `${w.roundOf(round.competition.name, round.period)} · ${w.held(round.held)}` : undefined}
      actions={<Link to="/judge">{w.back}</Link>}>
      <Outgoing queue={queue} state={state} />
      {since !== null && <Alert type="warning" showIcon title={w.stale(moment(new Date(since).toISOString()))} />}
      {missing ? <Alert type="warning" showIcon title={w.notKept} /> : (
        <Read data={data} error={error} again={again}>
          {() => <><Leftovers items={stray} queue={queue} />{!round || !subject ? <Nothing action={<Link to="/judge">{w.back}</Link>}>{w.noPanel}</Nothing>
            : subject.recused ? <Alert type="info" showIcon title={w.recused} description={w.recusedWhy(subject.recused.map((r) => w.roles[r] ?? w.linked).join('、'))} />
              : subject.absent !== null ? <Alert type="info" showIcon title={w.absent(subject.absent)} />
                : <Marking key={subject.subject} round={round} subject={subject} queue={queue} state={state} next={following?.code ?? null} />}</>}
        </Read>
      )}
    </Page>
  );
}

type Queued = ReturnType<typeof useQueue>;

function Marking({ round, subject, queue, state, next }: { round: DeskRound; subject: Subject; queue: Queued['queue']; state: Queued['state']; next: string | null }) {
  const w = useWords(said);
  const navigate = useNavigate();
  const owner = ownerOf(useMe());
  const [drafts, put] = useDrafts(owner, round.id, subject.subject);
  const waiting = useMemo(() => waitingAt(state.items), [state.items]);
  const made = subject.cells.map((cell) => {
    const key = `${cell.item.key}|${cell.channel.key}`;
    const place = placeOf({ round: round.id, subject: subject.subject, item: cell.item.key, channel: cell.channel.key });
    const waits = waiting.get(place);
    return { cell, key, waits, arrived: state.arrived.get(place), standing: standingOf(cell, waits, state.arrived.has(place)) };
  });
  const base = { owner, round: round.id, subject: subject.subject, code: subject.code, name: subject.name };
  const fresh = (cell: Subject['cells'][number], work: Waiting['work'], text: string): Waiting => ({
    ...base, id: crypto.randomUUID(), item: cell.item.key, itemName: cell.item.name, channel: cell.channel.key, work, said: text, at: Date.now(), version: 1, tries: 0, refused: [],
  });
  const ready = made.flatMap((m) => {
    const finding = m.standing === 'open' ? findingOf(m.cell, drafts[m.key]) : null;
    return finding ? [{ key: m.key, work: fresh(m.cell, { kind: 'mark', ...finding }, reads(m.cell, finding, w)) }] : [];
  });
  const submit = async () => {
    await queue.add(ready.map((r) => r.work));
    for (const r of ready) put(r.key, null); // kept on the device now
  };
  // A correction that was begun is kept on the device, but the service does not have it.
  const begun = made.filter((m) => drafts[m.key] && (m.standing === 'waiting' || (round.state === 'OPEN' && m.cell.mark && m.standing !== 'open' && m.standing !== 'refused'))).length;
  const left = made.some((m) => m.standing === 'open');
  return (
    <>
      <section className="judge-cells" aria-label={w.itemsOf(subject.name)}>
        {made.map((m) => (
          <CellCard key={m.key} cell={m.cell} standing={m.standing} waits={m.waits} arrived={m.arrived} draft={drafts[m.key]} put={(draft) => put(m.key, draft)} queue={queue} fresh={(work, text) => fresh(m.cell, work, text)} open={round.state === 'OPEN'}>
            <Photo queue={queue} base={base} item={m.cell.item} competition={round.competition.id} unitCode={subject.unitCode} waiting={state.items} arrived={state.arrived} />
          </CellCard>
        ))}
      </section>
      <div className="judge-submit">
        {state.held && <p role="status">{w.onDevice(state.items.filter((i) => i.refused.length === 0).length)}</p>}
        {begun > 0 && <p role="status" className="m-wrong">{w.begun(begun)}</p>}
        {left || !next
          ? <Button type="primary" block disabled={ready.length === 0} onClick={() => void submit()}>{ready.length > 0 ? w.submit(ready.length) : left ? w.nothing : w.complete}</Button>
          : <Button type={begun > 0 ? 'default' : 'primary'} block onClick={() => void navigate(`/judge/${encodeURIComponent(round.id)}/${encodeURIComponent(next)}`)}>{w.next}</Button>}
      </div>
    </>
  );
}
