import { Alert, Descriptions, Typography } from 'antd';
import { useMemo } from 'react';
import { Link, useParams } from 'react-router';
import { Nothing, Page, Read } from '@/parts/page';
import { useSession } from '@/api/session';
import { useWords } from '@/words/language';
import '@/shell/tables.css';
import { Comparable } from './barriers';
import { percent, signed } from './figures';
import { Closure, Judging } from './overview';
import { CountyUnitDocument, PrefectureUnitDocument, type ComparedUnitFragment } from './operations';
import { useComparison, useSpan } from './span';
import { said } from './words';

const documents = { county: CountyUnitDocument, prefecture: PrefectureUnitDocument };

/** One unit of the comparison: its figures, and every round it held. */
export default function ComparedUnit() {
  const w = useWords(said);
  const { unit } = useParams();
  const { span, search } = useSpan();
  const { comparison, error, again, prefecture } = useComparison(documents, span);
  const line = comparison?.lines.find((l) => l.code === unit);
  const names = useMemo(() => new Map((comparison?.dimensions ?? []).map((d) => [d.key, d.name])), [comparison]);
  return (
    <Page title={line?.name ?? w.detail} about={`${span.from} – ${span.to}`} actions={<Link to={`/compare?${search}`}>{w.back}</Link>}>
      <Read data={comparison} error={error} again={again}>{() => line ? <Figures line={line} names={names} prefecture={prefecture} /> : <Nothing action={<Link to={`/compare?${search}`}>{w.back}</Link>}>{w.missing}</Nothing>}</Read>
    </Page>
  );
}

function Figures({ line, names, prefecture }: { line: ComparedUnitFragment['lines'][number]; names: ReadonlyMap<string, string>; prefecture: boolean }) {
  const w = useWords(said);
  const { may } = useSession();
  const figures = [
    { key: 'index', label: w.index, children: line.index ?? w.none },
    { key: 'rank', label: w.rank, children: line.rank ?? w.none },
    { key: 'comparable', label: w.comparable, children: <Comparable yes={line.comparable} barriers={line.barriers} names={names} /> },
    { key: 'coverage', label: w.coverage, children: percent(line.coverage) },
    { key: 'onTime', label: w.onTime, children: `${w.onTimeOf(line.onTime, line.due)}${line.onTimeRate != null ? `（${percent(line.onTimeRate)}）` : ''}` },
    { key: 'spread', label: w.spread, children: line.spread.interquartile ?? w.none },
    ...(prefecture ? [] : [{ key: 'judging', label: w.judging, children: <Judging line={line} /> }]),
    { key: 'issues', label: w.issues, children: <Closure line={line} /> },
  ];
  return (
    <>
      <Descriptions bordered size="small" column={{ xs: 1, sm: 1, md: 2 }} items={figures} />
      {line.barriers.some((b) => b.reason === 'DIMENSION_MISSING') && may('comparison:write') && !prefecture && (
        <Alert type="info" showIcon title={w.mapAbout} action={<Link to={`/compare/rules?map=${encodeURIComponent(line.tenant)}`}>{w.mapIt}</Link>} />
      )}
      {line.withheld > 0 && <p className="faint">{w.withheld(line.withheld)}</p>}
      {line.domains.length > 0 && <>
        <Typography.Title level={2}>{w.domains}</Typography.Title>
        <ul className="pairs">{line.domains.map((d) => <li key={d.dimension}><span>{names.get(d.dimension) ?? d.dimension}</span><strong className="number">{d.mean}</strong></li>)}</ul>
      </>}
      <Typography.Title level={2}>{w.rounds}</Typography.Title>
      <div className="scroll"><table className="table">
        <thead><tr>
          <th scope="col">{w.round}</th><th scope="col">{w.held}</th><th scope="col">{w.published}</th><th scope="col" className="number">{w.index}</th>
          <th scope="col" className="number">{w.change}</th><th scope="col" className="number">{w.rank}</th><th scope="col">{w.comparable}</th><th scope="col">{w.board}</th>
        </tr></thead>
        <tbody>{line.rounds.map((r) => (
          <tr key={r.id}>
            <th scope="row">{r.period}</th><td>{r.held}</td>
            <td>{r.published ?? w.notPublished}<br /><small>{r.onTime == null ? w.unknown : r.onTime ? w.inTime : w.late}</small></td>
            <td className="number">{r.index ?? w.none}</td><td className="number">{r.change != null ? signed(r.change) : w.none}</td><td className="number">{r.rank ?? w.none}</td>
            <td><Comparable yes={r.comparable} barriers={[]} names={names} /></td>
            <td>{r.revision > 0 && !prefecture ? <Link to={`/compare/boards/${encodeURIComponent(r.id)}`}>{w.board}</Link> : w.none}</td>
          </tr>
        ))}</tbody>
      </table></div>
      {line.naiveMean != null && <details><summary>{w.naive}</summary><p>{w.naiveLine(line.naiveMean, String(line.naiveRank ?? w.none))}</p></details>}
    </>
  );
}
