import { Alert, Button, Typography } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { useSession } from '@/api/session';
import { Page, Read } from '@/parts/page';
import { namesOf } from '@/parts/names';
import { useMoment } from '@/parts/time';
import { common } from '@/words/common';
import { states } from '@/words/states';
import { useLanguage, useWords } from '@/words/language';
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
  const [{ data, error }, reread] = useQuery({ query: ApproveRoundDocument, variables: { round, publishes: may('round:publish') } });
  const state = data?.round?.state;
  const [preview, recompute] = useQuery({ query: ApprovePreviewDocument, variables: { round }, pause: !computes || (state !== 'CLOSED' && state !== 'COMPUTED' && state !== 'PROVISIONAL') });
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
  const { language } = useLanguage();
  const { may } = useSession();
  const [publishing, setPublishing] = useState(false);
  const names = namesOf(round.template.export, language, round.rubric);
  const waits = round.state === 'COMPUTED' || round.state === 'PROVISIONAL';
  return (
    <>
      {waits && <Blockers blockers={round.blockers} round={round.id} />}
      {preview && <Changes preview={preview} />}
      <Grades round={round} grades={preview?.grades ?? []} names={names} again={again} />
      <Objections round={round} objections={d.objections} names={names} again={again} />
      {preview && <Outcomes preview={preview} names={names} />}
      {preview && <ComputedBoard preview={preview} names={names} />}
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
      <div className="cards">{round.publications.map((p) => (
        <article key={p.id} className="card">
          <h3 className="card-title">{w.revision(p.revision)}{p.superseded && <small className="faint">（{w.superseded}）</small>}</h3>
          <p>{moment(p.publishedAt)}，{w.audiences[p.audience]}{p.bulletinNumber && `，${p.bulletinNumber}`}</p>
          {p.reason && <p>{w.why}：{p.reason}</p>}
          {p.comment && <p>{w.comment}：{p.comment}</p>}
          <p><a href={`/documents/bulletin/${encodeURIComponent(p.id)}`} target="_blank" rel="noreferrer" aria-label={`${w.bulletin} ${w.revision(p.revision)}`}>{w.bulletin}</a></p>
          {p.publicPath && <PublicLink path={p.publicPath} revision={p.revision} />}
        </article>
      ))}</div>
      <p><Link to={`/compare/boards/${encodeURIComponent(round.id)}`}>{w.board}</Link> <Link to={`/outcomes?round=${encodeURIComponent(round.id)}`}>{w.outcomesLink}</Link></p>
    </section>
  );
}

/** The address under which everybody reads what is public, to be passed on. */
function PublicLink({ path, revision }: { path: string; revision: number }) {
  const w = useWords(said);
  const c = useWords(common);
  const [copied, setCopied] = useState(false);
  const address = new URL(path, location.origin).href;
  return (
    <p><a href={address} target="_blank" rel="noreferrer" aria-label={`${w.publicPage} ${w.revision(revision)}`}>{w.publicPage}</a>{' '}
      <Button size="small" className="no-print" aria-label={`${c.copy}：${w.publicPage} ${w.revision(revision)}`} onClick={() => void navigator.clipboard.writeText(address).then(() => setCopied(true))}>{copied ? c.copied : c.copy}</Button>
      <br /><small className="faint">{w.publicAbout}</small></p>
  );
}
