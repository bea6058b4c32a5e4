import { Tag, Typography } from 'antd';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { Nothing, Page, Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { states } from '@/words/states';
import { useWords } from '@/words/language';
import '@/shell/tables.css';
import { WaitingForMeDocument, type WaitingRoundFragment } from './operations';
import { said } from './words';

/** Rounds that wait for the one who approves them. */
export default function Waiting() {
  const w = useWords(said);
  const [{ data, error }, again] = useQuery({ query: WaitingForMeDocument });
  return (
    <Page title={w.title} about={w.about}>
      <Read data={data} error={error} again={() => again({ requestPolicy: 'network-only' })}>{(d) => {
        const open = [...d.provisional.nodes, ...d.computed.nodes];
        return <>
          <Typography.Title level={2}>{w.waiting}</Typography.Title>
          {open.length === 0 ? <Nothing>{w.none}</Nothing> : <div className="cards">{open.map((r) => <RoundCard key={r.id} round={r} />)}</div>}
          {d.published.nodes.length > 0 && <><Typography.Title level={2}>{w.recent}</Typography.Title><div className="cards">{d.published.nodes.map((r) => <RoundCard key={r.id} round={r} />)}</div></>}
        </>;
      }}</Read>
    </Page>
  );
}

function RoundCard({ round }: { round: WaitingRoundFragment }) {
  const w = useWords(said);
  const s = useWords(states);
  const moment = useMoment();
  const last = round.publications[0];
  const open = round.state !== 'PUBLISHED';
  return (
    <article className="card">
      <h3 className="card-title"><Link to={`/approve/${encodeURIComponent(round.id)}`}>{round.competition.name} {round.period}</Link></h3>
      <p><Tag color={open ? 'orange' : 'green'}>{s.round[round.state]}</Tag>{round.trial && <Tag>{w.trial}</Tag>}</p>
      <p className="faint">{w.held(round.held)}{open && round.objectionsUntil ? `，${w.until(round.objectionsUntil)}` : ''}{last ? `，${w.revision(last.revision)} ${moment(last.publishedAt)}` : ''}</p>
      <Link to={`/approve/${encodeURIComponent(round.id)}`}>{open ? w.decide : w.look}</Link>
    </article>
  );
}
