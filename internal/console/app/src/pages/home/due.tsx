import { Link } from 'react-router';
import { useMe, useSession } from '@/api/session';
import { daysBetween } from '@/parts/time';
import { useWords } from '@/words/language';
import type { HomePageQuery } from './operations';
import { placeOf as blockerAt } from '../rounds/steps';
import { placeOf } from './places';
import { said } from './words';

/** One thing that is due. */
export type Entry = NonNullable<HomePageQuery['agenda']>[number];

/** Whoever writes items of the rubric helps the step on, though it is not theirs. */
export function writesItems(e: Entry, may: (permission: string) => boolean): boolean {
  return !e.mine && !!e.round && may('rubric:write') && (e.blockers ?? []).some((b) => b.code.startsWith('RUBRIC_') || b.code.startsWith('ITEMS_'));
}

/** A card of the home page: what, of which round, by when, what stands in its way, and the way there. */
export function DueCard({ entry: e }: { entry: Entry }) {
  const w = useWords(said);
  const me = useMe();
  const { may } = useSession();
  const title = e.kind === 'ROUND_STEP' ? w.step(e.next ?? '') : w.kinds[e.kind];
  const days = e.due ? daysBetween(me.today, e.due) : null;
  const when = days === null || !e.due ? w.undated : e.overdue ? w.overdue(-days) : days === 0 ? w.today : `${w.until(e.due)}，${w.left(days)}`;
  const blockers = e.blockers ?? [];
  const writes = writesItems(e, may);
  const round = e.round ? `${e.round.competition.name} ${e.round.period}` : '';
  return (
    <article className={e.overdue ? 'card home-card late' : 'card home-card'}>
      <h2>{title}{e.kind !== 'ROUND_STEP' && <small> {w.count(e.count)}</small>}</h2>
      {round && <p>{round}</p>}
      <p className={e.overdue ? 'home-late' : 'faint'}>{when}</p>
      {e.kind === 'ROUND_STEP' && e.blockers && (blockers.length === 0 ? <p className="faint">{w.free}</p> : (
        <>
          <p>{w.blocked(blockers.length)}</p>
          <ul className="plain">{blockers.slice(0, 3).map((b, i) => {
            const at = e.mine && e.round ? blockerAt(b.code, e.round.id) : null;
            return <li key={i}>{at ? <Link to={at}>{b.message}</Link> : b.message}</li>;
          })}{blockers.length > 3 && <li>{w.moreBlockers(blockers.length - 3)}</li>}</ul>
        </>
      ))}
      {writes && <Link className="home-go" to={`/rounds/${e.round?.id ?? ''}/rubric`} aria-label={`${w.rubric}：${round}`}>{w.rubric}</Link>}
      {!writes && <Link className="home-go" to={placeOf(e.kind, e.round?.id, e.next, e.mine)} aria-label={`${e.mine ? w.go : w.see}：${title} ${round}`}>{e.mine ? w.go : w.see}</Link>}
    </article>
  );
}
