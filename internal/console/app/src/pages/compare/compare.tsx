import { Alert, Button, Segmented } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useSession } from '@/api/session';
import { Nothing, Page, Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { SpanChoice } from './choice';
import { FactsFile } from './export';
import { Heat } from './heat';
import {
  CountyHeatDocument, CountySpreadDocument, CountyTableDocument, CountyTrendDocument, PrefectureHeatDocument, PrefectureSpreadDocument, PrefectureTableDocument, PrefectureTrendDocument,
  type ComparisonHeadFragment,
} from './operations';
import { Overview } from './overview';
import { PublishComparison } from './publish';
import { useComparison, useSpan, type Pair } from './span';
import { Spread } from './spread';
import { Trend } from './trend';
import { said } from './words';

const ways = ['table', 'heat', 'trend', 'spread'] as const;
// Each view asks what it shows: together they would cost more than one answer may.
const asked = {
  table: { county: CountyTableDocument, prefecture: PrefectureTableDocument },
  heat: { county: CountyHeatDocument, prefecture: PrefectureHeatDocument },
  trend: { county: CountyTrendDocument, prefecture: PrefectureTrendDocument },
  spread: { county: CountySpreadDocument, prefecture: PrefectureSpreadDocument },
};

/** Townships of a county, or counties of a prefecture, side by side. */
export default function Compare() {
  const w = useWords(said);
  const { may, me } = useSession();
  const prefecture = me?.tenant.kind === 'PREFECTURE';
  const { span, search, change, view } = useSpan();
  const [publishing, setPublishing] = useState(false);
  return (
    <Page title={prefecture ? w.prefectureTitle : w.title} about={w.about} actions={<>
      {may('comparison:write') && <Button onClick={() => setPublishing(true)}>{w.publish}</Button>}
      <Link to="/compare/published">{w.publications}</Link>
      {may('template:read') && <Link to="/compare/rules">{w.rules}</Link>}
    </>}>
      <div className="scroll no-print">
        <Segmented aria-label={w.ways} value={view} onChange={(v) => change({ view: v })} options={ways.map((v) => ({ value: v, label: w.way[v] }))} />
      </div>
      {/* Keyed: what one view has read is not what another draws. */}
      {view === 'heat' ? <Looking key="heat" documents={asked.heat}>{(c, _, upper) => <Heat comparison={c} search={search} prefecture={upper} />}</Looking>
        : view === 'trend' ? <Looking key="trend" documents={asked.trend}>{(c, _, upper) => <Trend comparison={c} prefecture={upper} />}</Looking>
          : view === 'spread' ? <Looking key="spread" documents={asked.spread}>{(c, _, upper) => <Spread comparison={c} prefecture={upper} />}</Looking>
            : <Looking key="table" documents={asked.table}>{(c, names, upper) => <Overview comparison={c} names={names} search={search} prefecture={upper} />}</Looking>}
      {may('export:request') && <FactsFile span={span} />}
      <PublishComparison span={span} open={publishing} close={() => setPublishing(false)} />
    </Page>
  );
}

/** What is looked at in one way, below the choice of months. */
function Looking<C extends ComparisonHeadFragment & { lines: unknown[] }>({ documents, children }: { documents: Pair<C>; children: (c: C, names: ReadonlyMap<string, string>, prefecture: boolean) => ReactNode }) {
  const w = useWords(said);
  const { span, change } = useSpan();
  const { comparison, error, again, prefecture } = useComparison(documents, span);
  const names = useMemo(() => new Map((comparison?.dimensions ?? []).map((d) => [d.key, d.name])), [comparison]);
  return (
    <>
      <SpanChoice key={`${span.from} ${span.to}`} span={span} change={change} dimensions={comparison?.dimensions ?? []} />
      <Read data={comparison} error={error} again={again}>{(c) => c.lines.length === 0 ? <Nothing>{w.nobody}</Nothing> : <><Head head={c} />{children(c, names, prefecture)}</>}</Read>
    </>
  );
}

/** By what it is compared. */
function Head({ head }: { head: ComparisonHeadFragment }) {
  const w = useWords(said);
  const { may } = useSession();
  return (
    <>
      {head.rule ? <p className="faint">{w.rule(head.rule.year, head.rule.minCoverage, head.rule.withinDays)}</p>
        : <Alert type="warning" showIcon title={w.noRule} action={may('comparison:write') ? <Link to="/compare/rules">{w.setRule}</Link> : undefined} />}
      {head.limited && <Alert type="info" showIcon title={w.limited} />}
    </>
  );
}
