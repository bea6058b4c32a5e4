import { Alert, Button, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { useSession } from '@/api/session';
import { Nothing, Page, Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { FactsFile } from './export';
import { Heat } from './heat';
import { Overview } from './overview';
import { PublishComparison } from './publish';
import { SpanChoice } from './choice';
import { Spread } from './spread';
import { Trend } from './trend';
import { useComparison, useSpan, type Compared } from './span';
import { said } from './words';

const ways = ['table', 'heat', 'trend', 'spread'] as const;

/** Townships of a county, or counties of a prefecture, side by side. */
export default function Compare() {
  const w = useWords(said);
  const { may } = useSession();
  const { span, search, change, view } = useSpan();
  const { comparison, error, again, prefecture } = useComparison(span);
  const [publishing, setPublishing] = useState(false);
  return (
    <Page title={prefecture ? w.prefectureTitle : w.title} about={w.about} actions={<>
      {may('comparison:write') && <Button onClick={() => setPublishing(true)}>{w.publish}</Button>}
      <Link to="/compare/published"><Button>{w.publications}</Button></Link>
      {may('template:read') && <Link to="/compare/rules"><Button>{w.rules}</Button></Link>}
    </>}>
      <SpanChoice key={`${span.from} ${span.to}`} span={span} change={change} dimensions={comparison?.dimensions ?? []} />
      <Read data={comparison} error={error} again={again}>{(c) => <Shown c={c} view={view} change={change} search={search} prefecture={prefecture} />}</Read>
      {may('export:request') && <FactsFile span={span} />}
      <PublishComparison span={span} open={publishing} close={() => setPublishing(false)} />
    </Page>
  );
}

function Shown({ c, view, change, search, prefecture }: { c: Compared; view: string; change: (next: { view: string }) => void; search: string; prefecture: boolean }) {
  const w = useWords(said);
  const { may } = useSession();
  const names = useMemo(() => new Map(c.dimensions.map((d) => [d.key, d.name])), [c]);
  if (c.lines.length === 0) return <Nothing>{w.nobody}</Nothing>;
  return (
    <>
      {c.rule ? <p className="faint">{w.rule(c.rule.year, c.rule.minCoverage, c.rule.withinDays)}</p>
        : <Alert type="warning" showIcon title={w.noRule} action={may('comparison:write') ? <Link to="/compare/rules">{w.setRule}</Link> : undefined} />}
      {c.limited && <Alert type="info" showIcon title={w.limited} />}
      <div className="scroll no-print">
        <Segmented aria-label={w.ways} value={view} onChange={(v) => change({ view: v })} options={ways.map((v) => ({ value: v, label: w.way[v] }))} />
      </div>
      {view === 'table' && <Overview comparison={c} names={names} search={search} prefecture={prefecture} />}
      {view === 'heat' && <Heat comparison={c} search={search} prefecture={prefecture} />}
      {view === 'trend' && <Trend comparison={c} prefecture={prefecture} />}
      {view === 'spread' && <Spread comparison={c} prefecture={prefecture} />}
    </>
  );
}
