import { Button, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { useSession } from '@/api/session';
import { Choice } from '@/parts/fields';
import { Nothing, Page, Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import { Opening } from './opening';
import { BallotCompetitionsDocument, BallotPollsDocument } from './operations';
import { said } from './words';

/** The ballots of a competition. */
export default function Ballots() {
  const w = useWords(said);
  const moment = useMoment();
  const { may } = useSession();
  const [chosen, setChosen] = useState('');
  const [opening, setOpening] = useState(false);
  const [known] = useQuery({ query: BallotCompetitionsDocument });
  const all = known.data?.competitions.nodes ?? [];
  const competition = chosen || all[0]?.id || '';
  const [{ data, error }, again] = useQuery({ query: BallotPollsDocument, variables: { competition }, pause: competition === '' });
  return (
    <Page title={w.title} about={w.about} actions={competition !== '' && may('ballot:write') && <Button type="primary" onClick={() => setOpening(true)}>{w.open}</Button>}>
      <Read data={known.data} error={known.error}>{() => all.length === 0 ? <Nothing>{w.noCompetition}</Nothing> : <>
        <div className="fields no-print"><Choice label={w.competition} value={competition} onChange={setChosen} options={all.map((c) => ({ value: c.id, label: c.name }))} /></div>
        <Read data={data} error={error} again={() => again({ requestPolicy: 'network-only' })}>{({ polls }) => polls.length === 0 ? <Nothing>{w.none}</Nothing> : <div className="cards">{polls.map((p) => (
          <article key={p.id} className="card">
            <h2 className="card-title"><Link to={`/ballots/${encodeURIComponent(p.id)}`}>{p.title || p.ballot}</Link></h2>
            <p><Tag color={p.state === 'OPEN' ? 'orange' : 'green'}>{w.states[p.state]}</Tag>{w.turnout(p.turnout)}</p>
            <p className="faint">{w.opened(moment(p.openedAt))}{p.closedAt ? `，${w.closed(moment(p.closedAt))}` : p.closers > 0 ? `，${w.closers(p.closers)}` : ''}</p>
          </article>
        ))}</div>}</Read>
      </>}</Read>
      {opening && <Opening key={competition} competition={competition} close={() => setOpening(false)} />}
    </Page>
  );
}
