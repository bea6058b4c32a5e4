import { Button, Flex } from 'antd';
import { useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { useSession } from '@/api/session';
import { useDraft, type Draft } from '@/parts/draft';
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

/** What this screen keeps: who was moved where, who speaks, how long each, the seed of the draw. */
interface Kept { order: string[]; at: number; minutes: number; /** Missing in what older versions kept. */ seed?: string }

/** The screen for the day itself: who speaks, how long, whose ledger is in. */
export default function Arena() {
  const { round: id = '' } = useParams();
  const w = useWords(said);
  const { may } = useSession();
  const kept = useDraft<Kept>(`arena.${id}`, { order: [], at: 0, minutes: 8, seed: '' });
  const seed = kept.value.seed ?? '';
  const [{ data, error }, reexecute] = useQuery({ query: RoundArenaDocument, variables: { id, ledgers: may('mark.draft:read'), seed: seed || '-', drawn: seed !== '' } });
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
        <Read data={data?.round ?? undefined} error={error} again={again}>{(r) => r.roster.length === 0 ? <Nothing>{w.noRoster}</Nothing> : <Day full={r} again={again} kept={kept} />}</Read>
      </Page>
    </div>
  );
}

function Day({ full, again, kept }: { full: Full; again: () => void; kept: Draft<Kept> }) {
  const w = useWords(said);
  const { may } = useSession();
  const { language } = useLanguage();
  const present = full.roster.filter((e) => !e.absent);
  const { order, at, minutes, seed = '' } = kept.value;
  const drawn = full.speakingOrder ?? [];
  const speakers = [...present].sort((a, b) => place(order.length > 0 ? order : drawn, a.subject) - place(order.length > 0 ? order : drawn, b.subject));
  const put = (more: Partial<typeof kept.value>) => kept.set((v) => ({ ...v, ...more }));
  const [receiving, setReceiving] = useState<Speaker | null>(null);
  const ledgers = namesOf(full.template.export, language).channels.some((c) => c.reception);
  const received = new Set((full.receptions ?? []).map((r) => r.subject));
  return (
    <div className="arena-day">
      <ArenaTimer key={speakers[at]?.subject ?? 'over'} speaker={speakers[at]} next={speakers[at + 1]} minutes={minutes} setMinutes={(n) => put({ minutes: n })}
        go={(by) => put({ at: Math.min(Math.max(at + by, 0), speakers.length) })} number={at + 1} all={speakers.length} />
      <ArenaOrder speakers={speakers} at={at} go={(n) => put({ at: n })} reorder={(ids) => put({ order: ids })} seed={seed} draw={(text) => put({ seed: text, order: [], at: 0 })} />
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
