import { useMemo } from 'react';
import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { Page, Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { useWords, words } from '@/words/language';
import '@/shell/tables.css';
import './heat.css';
import { Comparable } from './barriers';
import { percent } from './figures';
import { ComparedPublicationDocument, type ComparedPublicationQuery } from './operations';
import { said as shared } from './words';

const said = words({
  title: '公布的横向比对', hidden: '不向其他乡镇显示', weights: '维度权重', least: '最低覆盖率', at: (moment: string) => `${moment} 公布`,
}, {
  title: 'Published comparison', hidden: 'not shown to other townships', weights: 'Weights', least: 'Least coverage', at: (moment: string) => `Published ${moment}`,
});

/** One comparison as it was published. */
export default function PublicationPage() {
  const w = useWords(said);
  const s = useWords(shared);
  const moment = useMoment();
  const { id = '' } = useParams();
  const [{ data, error }] = useQuery({ query: ComparedPublicationDocument, variables: { id } });
  const p = data?.comparisonPublished;
  return (
    <Page title={p ? `${w.title} ${p.from.slice(0, 7)} – ${p.to.slice(0, 7)}` : w.title} about={p ? `${s.revision(p.revision)}，${s.audience[p.audience]}，${w.at(moment(p.publishedAt))}` : undefined}>
      <Read data={data} error={error}>{(d) => <Shown d={d} />}</Read>
    </Page>
  );
}

function Shown({ d }: { d: ComparedPublicationQuery }) {
  const w = useWords(said);
  const s = useWords(shared);
  const p = d.comparisonPublished;
  const names = useMemo(() => new Map(d.dimensions.map((x) => [x.key, x.name])), [d]);
  const columns = p.weights.map((x) => x.dimension);
  const lines = [...p.lines].sort((a, b) => (a.rank ?? 9999) - (b.rank ?? 9999));
  return (
    <>
      {p.comment && <p>{p.comment}</p>}
      <p className="faint">{w.least} {percent(p.minCoverage)}；{w.weights}：{p.weights.map((x) => `${names.get(x.dimension) ?? x.dimension} ${x.weight}`).join('，')}</p>
      <div className="scroll"><table className="table">
        <thead><tr>
          <th scope="col">{s.township}</th><th scope="col" className="number">{s.rank}</th><th scope="col" className="number">{s.index}</th><th scope="col" className="words">{s.comparable}</th><th scope="col" className="number">{s.coverage}</th><th scope="col" className="number">{s.onTime}</th>
          {columns.map((k) => <th key={k} scope="col" className="number">{names.get(k) ?? k}</th>)}
        </tr></thead>
        <tbody>{lines.map((l) => (
          <tr key={l.code}>
            <th scope="row">{l.name}</th><td className="number">{l.rank ?? s.none}</td><td className="number">{l.index ?? s.none}</td>
            <td>{l.hidden ? w.hidden : <Comparable yes={l.barriers.length === 0} barriers={l.barriers} names={names} />}</td>
            <td className="number">{percent(l.coverage)}</td><td className="number">{s.onTimeOf(l.onTime, l.due)}</td>
            {columns.map((k) => <td key={k} className="number">{l.domains.find((x) => x.dimension === k)?.mean ?? s.none}</td>)}
          </tr>
        ))}</tbody>
      </table></div>
    </>
  );
}
