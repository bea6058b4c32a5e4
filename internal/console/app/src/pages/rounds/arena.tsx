import { Button, Flex } from 'antd';
import { useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { useSession } from '@/api/session';
import { useDraft } from '@/parts/draft';
import { namesOf } from '@/parts/names';
import { Nothing, Page, Read } from '@/parts/page';
import { useLanguage, useWords } from '@/words/language';
import { said } from './arena.words';
import { ArenaOrder } from './arenaorder';
import { ArenaTimer } from './arenatimer';
import { RoundArenaDocument, type RoundArenaQuery } from './operations';
import { Receive } from './receive';
import './arena.css';

type Full = NonNullable<RoundArenaQuery['round']>;
/** Who speaks. */
export type Speaker = Full['roster'][number];

/** The screen for the day itself: who speaks, how long, whose ledger is in. */
export default function Arena() {
  const { round: id = '' } = useParams();
  const w = useWords(said);
  const { may } = useSession();
  const [{ data, error }, reexecute] = useQuery({ query: RoundArenaDocument, variables: { id, ledgers: may('mark.draft:read') } });
  const [full, setFull] = useState(false);
  useEffect(() => {
    const heard = () => setFull(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', heard);
    return () => {
      document.removeEventListener('fullscreenchange', heard);
      if (document.fullscreenElement) void document.exitFullscreen();
    };
  }, []);
  const again = () => reexecute({ requestPolicy: 'network-only' });
  // The whole document, or dialogs would open outside of what is shown.
  const whole = () => { void (full ? document.exitFullscreen() : document.documentElement.requestFullscreen()); };
  return (
    <div className="arena">
      <Page title={w.title} about={data?.round ? `${data.round.competition.name} ${data.round.period} · ${data.round.held} · ${data.round.venue}${data.round.theme && ` · ${data.round.theme}`}` : undefined}
        actions={<><Button onClick={whole}>{full ? w.leave : w.full}</Button>{!full && <Link to={`/rounds/${id}`}><Button>{w.round}</Button></Link>}</>}>
        <Read data={data?.round ?? undefined} error={error} again={again}>{(r) => r.roster.length === 0 ? <Nothing>{w.noRoster}</Nothing> : <Day full={r} again={again} />}</Read>
      </Page>
    </div>
  );
}

function Day({ full, again }: { full: Full; again: () => void }) {
  const w = useWords(said);
  const { may } = useSession();
  const { language } = useLanguage();
  const present = full.roster.filter((e) => !e.absent);
  const kept = useDraft<{ order: string[]; at: number; minutes: number }>(`arena.${full.id}`, { order: [], at: 0, minutes: 8 });
  const { order, at, minutes } = kept.value;
  const speakers = [...present].sort((a, b) => place(order, a.subject) - place(order, b.subject));
  const put = (more: Partial<typeof kept.value>) => kept.set((v) => ({ ...v, ...more }));
  const [receiving, setReceiving] = useState<Speaker | null>(null);
  const ledgers = namesOf(full.template.export, language).channels.some((c) => c.reception);
  const received = new Set((full.receptions ?? []).map((r) => r.subject));
  return (
    <div className="arena-day">
      <ArenaTimer key={speakers[at]?.subject ?? 'over'} speaker={speakers[at]} next={speakers[at + 1]} minutes={minutes} setMinutes={(n) => put({ minutes: n })}
        go={(by) => put({ at: Math.min(Math.max(at + by, 0), speakers.length) })} number={at + 1} all={speakers.length} />
      <ArenaOrder speakers={speakers} at={at} go={(n) => put({ at: n })} reorder={(ids) => put({ order: ids })} />
      {ledgers && may('mark.draft:read') && (
        <section className="card" aria-labelledby="ledgers">
          <h2 id="ledgers">{w.ledgers} <small aria-live="polite">{w.count(present.filter((e) => received.has(e.subject)).length, present.length)}</small></h2>
          <ul className="arena-list">{speakers.map((e) => (
            <li key={e.subject}><span>{e.name}</span>{received.has(e.subject) ? <span className="up">✓ {w.received}</span> : may('reception:write') ? <Button size="small" aria-label={`${w.receive} ${e.name}`} onClick={() => setReceiving(e)}>{w.receive}</Button> : null}</li>
          ))}</ul>
        </section>
      )}
      <Flex><Receive round={full.id} held={full.held} subject={receiving} close={() => setReceiving(null)} done={again} /></Flex>
    </div>
  );
}

function place(order: readonly string[], subject: string): number {
  const at = order.indexOf(subject);
  return at < 0 ? Number.MAX_SAFE_INTEGER : at;
}
