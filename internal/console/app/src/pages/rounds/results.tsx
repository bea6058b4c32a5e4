import { useQuery } from 'urql';
import { useSession } from '@/api/session';
import { Nothing, Read } from '@/parts/page';
import { CopyLink } from '@/parts/copylink';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import { BoardTable } from './board';
import { RoundBoardDocument, type RoundBoardQuery } from './operations';
import { said } from './results.words';
import type { PartProps } from './round';

type Publication = NonNullable<RoundBoardQuery['round']>['publications'][number];

/** The published board and the history of its revisions. */
export default function Results({ round, names }: PartProps) {
  const w = useWords(said);
  const { may } = useSession();
  const [{ data, error }, reexecute] = useQuery({ query: RoundBoardDocument, variables: { id: round.id, publishes: may('round:publish') } });
  return (
    <Read data={data} error={error} again={() => reexecute({ requestPolicy: 'network-only' })}>{(d) => {
      const history = d.round?.publications ?? [];
      if (history.length === 0 && !d.board) return <Nothing>{w.none}</Nothing>;
      return (
        <>
          {d.board ? <BoardTable rows={d.board.rows} names={names} caption={w.board(d.board.revision)} /> : <p>{w.notShown}</p>}
          <h2 className="round-group">{w.history}</h2>
          <div className="cards">{history.map((p) => <Revision key={p.id} publication={p} />)}</div>
        </>
      );
    }}</Read>
  );
}

function Revision({ publication: p }: { publication: Publication }) {
  const w = useWords(said);
  const moment = useMoment();
  const paper = `/documents/bulletin/${encodeURIComponent(p.id)}`;
  return (
    <section className="card" aria-label={w.revision(p.revision)}>
      <p><strong>{w.revision(p.revision)}</strong> <span className="band">{p.superseded ? w.superseded : w.current}</span></p>
      <p>
        {w.publishedAt}：{moment(p.publishedAt)}<br />
        {w.audience}：{w.audiences[p.audience]}<br />
        {p.approverRole && <>{w.approver}：{w.role(p.approverRole)}<br /></>}
        {p.bulletinNumber && <>{w.number}：{p.bulletinNumber}<br /></>}
        {p.comment && <>{w.comment}：{p.comment}<br /></>}
        {p.reason && <>{w.reason}：{p.reason}<br /></>}
        <small className="faint">{w.hash} {p.hash}</small>
      </p>
      <a href={paper} target="_blank" rel="noreferrer">{w.bulletin}</a>　<a href={`${paper}?format=docx`} download>{w.docx}</a>
      {p.publicPath && <CopyLink path={p.publicPath} label={w.publicPage} about={w.publicAbout} />}
    </section>
  );
}
