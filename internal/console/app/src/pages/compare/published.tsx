import { Link } from 'react-router';
import { useQuery } from 'urql';
import { Nothing, Page, Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { useWords, words } from '@/words/language';
import '@/shell/tables.css';
import { ComparedPublicationsDocument } from './operations';
import { said as shared } from './words';

const said = words({
  title: '公布的横向比对', about: '县（市、区）公布后冻结的比对结果；乡镇可见本乡镇和前三名。', none: '还没有公布过横向比对。县（市、区）可在“横向比对”页公布。', span: '时段', revision: '版次', at: '公布时间',
}, {
  title: 'Published comparisons', about: 'Comparisons as they were published; a township sees its own figures and the first three.', none: 'Nothing has been published yet. A county publishes from its comparison page.', span: 'Months', revision: 'Revision', at: 'Published',
});

/** Every comparison that was published to the reader. */
export default function Published() {
  const w = useWords(said);
  const s = useWords(shared);
  const moment = useMoment();
  const [{ data, error }, again] = useQuery({ query: ComparedPublicationsDocument });
  return (
    <Page title={w.title} about={w.about}>
      <Read data={data} error={error} again={() => again({ requestPolicy: 'network-only' })}>{({ comparisonPublications: all }) => all.length === 0 ? <Nothing>{w.none}</Nothing> : (
        <div className="scroll"><table className="table">
          <thead><tr><th scope="col">{w.span}</th><th scope="col">{w.revision}</th><th scope="col">{s.audienceLabel}</th><th scope="col">{w.at}</th><th scope="col">{s.comment}</th></tr></thead>
          <tbody>{all.map((p) => (
            <tr key={p.id}>
              <th scope="row"><Link to={`/compare/published/${encodeURIComponent(p.id)}`}>{p.from.slice(0, 7)} – {p.to.slice(0, 7)}</Link></th>
              <td>{s.revision(p.revision)}</td><td>{s.audience[p.audience]}</td><td>{moment(p.publishedAt)}</td><td>{p.comment}</td>
            </tr>
          ))}</tbody>
        </table></div>
      )}</Read>
    </Page>
  );
}
