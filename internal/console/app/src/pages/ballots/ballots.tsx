import { Button, Input, Tag } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useQuery } from 'urql';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { Asking } from '@/parts/asking';
import { Choice, Field } from '@/parts/fields';
import { Nothing, Page, Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import { BallotCompetitionsDocument, BallotOpenDocument, BallotPollsDocument, type BallotOpenMutation } from './operations';
import { said } from './words';

const opened = (d: BallotOpenMutation) => d.pollOpen;

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
      <Open competition={competition} open={opening} close={() => setOpening(false)} />
    </Page>
  );
}

function Open({ competition, open, close }: { competition: string; open: boolean; close: () => void }) {
  const w = useWords(said);
  const navigate = useNavigate();
  const act = useAct(BallotOpenDocument, opened);
  const [title, setTitle] = useState('');
  const [key, setKey] = useState('');
  const submit = async () => {
    const answer = await act.run({ input: { competition, ...(title ? { title } : {}), ...(key.trim() ? { key: key.trim() } : {}) } });
    if (answer?.poll) await navigate(`/ballots/${encodeURIComponent(answer.poll.id)}`);
    return answer !== null;
  };
  return (
    <Asking title={w.open} open={open} close={close} act={act} submit={submit} button={w.open}>
      <p className="field wide">{w.openAbout}</p>
      <Field label={w.name}><Input value={title} onChange={(e) => setTitle(e.target.value)} /></Field>
      <Field label={w.key} hint={w.keyHint}><Input value={key} onChange={(e) => setKey(e.target.value)} /></Field>
    </Asking>
  );
}
