import { Alert, Button, Typography } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { useSession } from '@/api/session';
import { Page, Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { states } from '@/words/states';
import { useWords } from '@/words/language';
import '@/shell/tables.css';
import { Grades } from './grades';
import { Objections } from './objections';
import { ApprovePreviewDocument, ApproveRoundDocument, type ApproveRoundQuery } from './operations';
import { Blockers, Changes, ComputedBoard, Outcomes } from './preview';
import { Publishing } from './publishing';
import { said } from './words';

/** One page to decide on: what changed, ties, objections, outcomes; then publish. */
export default function Approve() {
  const w = useWords(said);
  const s = useWords(states);
  const { round = '' } = useParams();
  const { may } = useSession();
  const computes = may('round:compute');
  const [{ data, error }, reread] = useQuery({ query: ApproveRoundDocument, variables: { round } });
  const state = data?.round?.state;
  const [preview, recompute] = useQuery({ query: ApprovePreviewDocument, variables: { round }, pause: !computes || (state !== 'COMPUTED' && state !== 'PROVISIONAL') });
  const again = () => { reread({ requestPolicy: 'network-only' }); if (computes) recompute({ requestPolicy: 'network-only' }); };
  const r = data?.round;
  return (
    <Page title={r ? `${w.title}：${r.period}` : w.title} about={r ? `${r.competition.name}，${s.round[r.state]}${r.objectionsUntil && r.state === 'PROVISIONAL' ? `，${w.until(r.objectionsUntil)}` : ''}` : undefined}
      actions={r && <Link to={`/rounds/${encodeURIComponent(r.id)}`}>{w.roundPage}</Link>}>
      <Read data={data} error={error} again={again}>{(d) => d.round && <>
        <Decision d={d} round={d.round} preview={preview.data?.roundPreview} again={again} />
        {preview.error && <Read data={undefined} error={preview.error}>{() => null}</Read>}
      </>}</Read>
    </Page>
  );
}

type Round = NonNullable<ApproveRoundQuery['round']>;

function Decision({ d, round, preview, again }: { d: ApproveRoundQuery; round: Round; preview: Parameters<typeof Changes>[0]['preview'] | undefined; again: () => void }) {
  const w = useWords(said);
  const { may } = useSession();
  const [publishing, setPublishing] = useState(false);
  const waits = round.state === 'COMPUTED' || round.state === 'PROVISIONAL';
  return (
    <>
      {waits && <Blockers blockers={round.blockers} />}
      {preview && <Changes preview={preview} />}
      {preview && <Grades round={round} grades={preview.grades} rows={preview.rows} again={again} />}
      <Objections round={round} objections={d.objections} again={again} />
      {preview && <Outcomes preview={preview} />}
      {preview && <ComputedBoard preview={preview} />}
      {waits && (may('round:publish') ? <p className="no-print"><Button type="primary" size="large" onClick={() => setPublishing(true)}>{w.publish}</Button></p> : <Alert type="info" showIcon title={w.notAllowed} />)}
      <Publishing round={round} open={publishing} close={() => setPublishing(false)} again={again} />
      <History round={round} />
    </>
  );
}

function History({ round }: { round: Round }) {
  const w = useWords(said);
  const moment = useMoment();
  if (round.publications.length === 0) return null;
  return (
    <section>
      <Typography.Title level={2}>{w.history}</Typography.Title>
      <ul className="plain">{round.publications.map((p) => (
        <li key={p.id}>
          {w.revision(p.revision)}，{moment(p.publishedAt)}，{w.audiences[p.audience]}{p.bulletinNumber && `，${p.bulletinNumber}`}{p.superseded && `（${w.superseded}）`}{p.comment && `：${p.comment}`}{' '}
          <a href={`/documents/bulletin/${encodeURIComponent(p.id)}`} target="_blank" rel="noreferrer">{w.bulletin}</a>{' '}
          <Link to={`/compare/boards/${encodeURIComponent(round.id)}`}>{w.board}</Link>
        </li>
      ))}</ul>
      <p><Link to={`/outcomes?round=${encodeURIComponent(round.id)}`}>{w.outcomesLink}</Link></p>
    </section>
  );
}
