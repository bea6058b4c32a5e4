import { Typography } from 'antd';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { Nothing, Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { CountyTableDocument, PrefectureTableDocument } from './operations';
import { Overview } from './overview';
import { useComparison } from './span';
import { said } from './words';

const documents = { county: CountyTableDocument, prefecture: PrefectureTableDocument };

/** The units below over a whole year, side by side. */
export function CountyYear({ year }: { year: string }) {
  const w = useWords(said);
  const span = useMemo(() => ({ from: `${year}-01`, to: `${year}-12`, dimensions: [] }), [year]);
  const { comparison, error, again, prefecture } = useComparison(documents, span);
  const names = useMemo(() => new Map((comparison?.dimensions ?? []).map((d) => [d.key, d.name])), [comparison]);
  const search = `from=${span.from}&to=${span.to}`;
  return (
    <section>
      <Typography.Title level={2}>{w.yearOf(year)}</Typography.Title>
      <Read data={comparison} error={error} again={again}>{(c) => c.lines.length === 0 ? <Nothing>{w.nobody}</Nothing> : <>
        <p className="faint">{w.counted(c.lines.filter((l) => l.comparable).length, c.lines.length)} {c.rule ? w.rule(c.rule.year, c.rule.minCoverage, c.rule.withinDays) : w.noRule}</p>
        <p className="no-print row-acts"><Link to={`/compare?${search}&view=trend`}>{w.way.trend}</Link> <Link to={`/compare?${search}&view=spread`}>{w.way.spread}</Link></p>
        <Overview comparison={c} names={names} search={search} prefecture={prefecture} />
      </>}</Read>
    </section>
  );
}
