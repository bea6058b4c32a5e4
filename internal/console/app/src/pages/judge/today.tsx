import { Alert } from 'antd';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { useClient } from 'urql';
import { useMe, useSession } from '@/api/session';
import { ownerOf } from '@/parts/device';
import { Nothing, Page, Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import { assignedTo, ownPanel, type TodayRound } from './desk';
import { keepPage } from './keep';
import { JudgeRoundDocument, JudgeTodayDocument } from './operations';
import { Outgoing } from './outgoing';
import { useKept } from './read';
import { useQueue } from './use';
import { said } from './words';
import type { Waiting } from './waiting';
import './judge.css';

/** The rounds and villages of the judge's own group. */
export default function Today() {
  const w = useWords(said);
  const me = useMe();
  const { may } = useSession();
  const moment = useMoment();
  const { queue, state } = useQueue();
  const { data, error, since, missing, again } = useKept(JudgeTodayDocument, {}, 'today');
  const rounds = data?.rounds.nodes.filter((r) => ownPanel(r, me.person?.id)) ?? [];
  usePrefetch(since === null ? rounds.map((r) => r.id).join(' ') : '');
  useEffect(() => { if (state.turn > 0) again(); }, [state.turn]); // what arrived is no longer to mark
  return (
    <Page title={w.title} about={w.about(me.today)}>
      <Outgoing queue={queue} state={state} />
      {since !== null && <Alert type="warning" showIcon title={w.stale(moment(new Date(since).toISOString()))} />}
      {missing && <Alert type="warning" showIcon title={w.notKept} />}
      {!missing && (
        <Read data={data} error={error} again={again}>
          {() => rounds.length === 0 ? <Nothing action={may('round:open') && <Link to="/rounds">{w.office}</Link>}>{w.none}</Nothing> : rounds.map((r) => <RoundCard key={r.id} round={r} items={state.items} />)}
        </Read>
      )}
    </Page>
  );
}

/** Reads the rounds in the background, so that their pages open without a signal later. */
function usePrefetch(ids: string) {
  const client = useClient();
  const owner = ownerOf(useMe());
  useEffect(() => {
    const wanted = ids.split(' ').filter(Boolean);
    if (wanted.length === 0) return;
    const later = setTimeout(() => {
      for (const id of wanted) {
        void client.query(JudgeRoundDocument, { id }).toPromise().then((answer) => { if (answer.data) void keepPage(owner, `round ${id}`, answer.data); });
      }
    }, 500);
    return () => clearTimeout(later);
  }, [client, ids, owner]);
}

function RoundCard({ round, items }: { round: TodayRound; items: readonly Waiting[] }) {
  const w = useWords(said);
  const me = useMe();
  const panel = ownPanel(round, me.person?.id);
  const alias = me.person?.pseudonym;
  const left = new Map<string, number>();
  for (const gap of round.toMark) left.set(gap.subject, (left.get(gap.subject) ?? 0) + 1);
  return (
    <section className="card" aria-label={w.roundOf(round.competition.name, round.period)}>
      <h2 className="judge-round">{w.roundOf(round.competition.name, round.period)} {round.trial && <span className="m-badge is-todo">{w.trial}</span>}</h2>
      <p className="faint">{w.held(round.held)}{round.venue && ` · ${round.venue}`}{panel && ` · ${w.panel} ${panel.name}`}</p>
      <ul className="judge-villages">
        {round.roster.filter((e) => panel && assignedTo(panel, e)).map((e) => {
          const roles = e.links.filter((l) => l.person === alias).map((l) => w.roles[l.role] ?? w.linked);
          const open = left.get(e.subject) ?? 0;
          const waiting = items.filter((i) => i.round === round.id && i.subject === e.subject && i.work.kind === 'mark').length;
          if (roles.length > 0) return <li key={e.subject} className="judge-village quiet"><span>{e.name}</span><span className="m-badge is-off">{w.recused}</span><small>{w.recusedWhy(roles.join('、'))}</small></li>;
          if (e.absent) return <li key={e.subject} className="judge-village quiet"><span>{e.name}</span><span className="m-badge is-off">{w.absent('')}</span></li>;
          const todo = Math.max(0, open - waiting);
          return (
            <li key={e.subject}>
              <Link className="judge-village" to={`/judge/${encodeURIComponent(round.id)}/${encodeURIComponent(e.code)}`}>
                <span>{e.name}</span>
                <span className={todo > 0 ? 'm-badge is-todo' : 'm-badge is-ok'}>{todo > 0 ? w.left(todo) : w.complete}</span>
                {waiting > 0 && <small>{w.started(waiting)}</small>}
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
