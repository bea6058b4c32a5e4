import { Button, Tag } from 'antd';
import { lazy, Suspense, type ComponentType } from 'react';
import { Link, NavLink, useParams } from 'react-router';
import { useQuery } from 'urql';
import { useSession } from '@/api/session';
import { namesOf, type Names } from '@/parts/names';
import { Nothing, Page, Read } from '@/parts/page';
import { Waiting } from '@/shell/waiting';
import { useLanguage, useWords } from '@/words/language';
import { states } from '@/words/states';
import { RoundPageDocument, type RoundPageQuery } from './operations';
import { said } from './words';
import './rounds.css';

/** The round as every part of its page needs it. */
export type RoundNow = NonNullable<RoundPageQuery['round']>;

/** What a part of the page gets. */
export interface PartProps { round: RoundNow; names: Names; again: () => void }

type Part = 'overview' | 'rubric' | 'panels' | 'ledgers' | 'confirm' | 'figures' | 'preview' | 'results' | 'papers';

const drawn: Record<Part, ComponentType<PartProps>> = {
  overview: lazy(() => import('./overview')), rubric: lazy(() => import('./rubric')), panels: lazy(() => import('./panels')),
  ledgers: lazy(() => import('./ledgers')), confirm: lazy(() => import('./confirm')), figures: lazy(() => import('./figures')), preview: lazy(() => import('./preview')),
  results: lazy(() => import('./results')), papers: lazy(() => import('./papers')),
};

const needed: Partial<Record<Part, string>> = {
  rubric: 'rubric:read', panels: 'round:read', ledgers: 'mark.draft:read', confirm: 'mark:confirm', preview: 'round:compute', results: 'publication:read',
};

/** Whether figures are entered beside the marks of a round; of whom, the service says. */
export function takesFigures(round: Pick<RoundNow, 'rubric' | 'template'>): boolean {
  return (round.rubric ?? []).some((i) => i.kind === 'METRIC' || i.kind === 'EXAM') || /"from":\s*"entered"/.test(round.template.export);
}

export default function RoundPage() {
  const { round: id = '', part = 'overview' } = useParams();
  const w = useWords(said);
  const { may } = useSession();
  const { language } = useLanguage();
  const [{ data, error }, reexecute] = useQuery({ query: RoundPageDocument, variables: { id, rubric: may('rubric:read') } });
  const again = () => reexecute({ requestPolicy: 'network-only' });
  const round = data?.round;
  const named = useWords(states).round;
  if (data && !round) return <Page title={w.title}><Nothing action={<Link to="/rounds">{w.back}</Link>}>{w.gone}</Nothing></Page>;
  const Shown = drawn[part as Part] as ComponentType<PartProps> | undefined;
  // Figures beside marks are offered where the round has some, to who enters or confirms them.
  const figures = (may('figure:write') || may('figure:confirm')) && round && takesFigures(round);
  const parts = (Object.keys(drawn) as Part[]).filter((p) => { const permission = needed[p]; return p === 'figures' ? figures : !permission || may(permission); });
  return (
    <Page title={round ? w.heading(round.competition.name, round.period) : w.title}
      about={round ? <>{w.heldOn(round.held)}{round.venue && ` · ${round.venue}`}{round.theme && ` · ${w.theme}：${round.theme}`} <span className={`state state-${round.state.toLowerCase()}`}>{named[round.state]}</span> {round.trial && <Tag color="orange">{w.trial}</Tag>}</> : undefined}
      actions={<>{may('mark:write') && <Link to={`/rounds/${id}/grid`}><Button>{w.grid}</Button></Link>}<Link to={`/rounds/${id}/arena`}><Button>{w.arena}</Button></Link></>}>
      <nav aria-label={w.parts} className="no-print">
        <ul className="parts">{parts.map((p) => <li key={p}><NavLink end to={p === 'overview' ? `/rounds/${id}` : `/rounds/${id}/${p}`}>{w[p]}</NavLink></li>)}</ul>
      </nav>
      <Read data={round ?? undefined} error={error} again={again}>{(r) => (
        Shown
          ? <Suspense fallback={<Waiting />}><Shown round={r} again={again} names={namesOf(r.template.export, language, r.rubric ?? [])} /></Suspense>
          : <Nothing action={<Link to={`/rounds/${id}`}>{w.overview}</Link>}>{w.gone}</Nothing>
      )}</Read>
    </Page>
  );
}
