import { Button, Typography } from 'antd';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { useSession } from '@/api/session';
import { Nothing, Page, Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import '@/shell/tables.css';
import './heat.css';
import { MapItem } from './mapping';
import { CompareRulesDocument, type CompareRulesQuery } from './operations';
import { SetRule } from './ruling';
import { percent } from './figures';
import { said } from './rules.words';

/** By what is compared: the rule of each year, and the crosswalk. */
export default function Rules() {
  const w = useWords(said);
  const { may } = useSession();
  const [{ data, error }, reread] = useQuery({ query: CompareRulesDocument });
  const again = () => reread({ requestPolicy: 'network-only' });
  const [params] = useSearchParams();
  const of = params.get('map') ?? '';
  const [asking, setAsking] = useState<'rule' | 'map' | null>(of === '' ? null : 'map');
  const write = may('comparison:write');
  return (
    <Page title={w.title} about={w.about} actions={write && data && <><Button onClick={() => setAsking('rule')}>{w.set}</Button><Button onClick={() => setAsking('map')}>{w.map}</Button></>}>
      <Read data={data} error={error} again={again}>{(d) => <>
        <RuleTable d={d} />
        <Crosswalk d={d} />
        {write && <SetRule dimensions={d.dimensions} last={d.comparisonRules[0]} open={asking === 'rule'} close={() => setAsking(null)} done={again} />}
        {write && <MapItem d={d} of={of} open={asking === 'map'} close={() => setAsking(null)} done={again} />}
      </>}</Read>
    </Page>
  );
}

function RuleTable({ d }: { d: CompareRulesQuery }) {
  const w = useWords(said);
  const moment = useMoment();
  const names = useMemo(() => new Map(d.dimensions.map((x) => [x.key, x.name])), [d]);
  return (
    <section>
      <Typography.Title level={2}>{w.rules}</Typography.Title>
      {d.comparisonRules.length === 0 ? <Nothing>{w.noRules}</Nothing> : (
        <div className="scroll"><table className="table">
          <thead><tr><th scope="col">{w.year}</th><th scope="col" className="number">{w.number}</th><th scope="col" className="words">{w.weights}</th><th scope="col" className="number">{w.least}</th><th scope="col" className="number">{w.within}</th><th scope="col" className="words">{w.reason}</th><th scope="col">{w.setAt}</th></tr></thead>
          <tbody>{d.comparisonRules.map((r) => (
            <tr key={`${r.year} ${r.number}`}>
              <th scope="row">{r.year}</th><td className="number">{r.number}</td><td>{r.weights.map((x) => `${names.get(x.dimension) ?? x.dimension} ${x.weight}`).join('，')}</td>
              <td className="number">{percent(r.minCoverage)}</td><td className="number">{r.withinDays}</td><td>{r.reason}</td><td>{moment(r.setAt)}</td>
            </tr>
          ))}</tbody>
        </table></div>
      )}
    </section>
  );
}

function Crosswalk({ d }: { d: CompareRulesQuery }) {
  const w = useWords(said);
  const names = useMemo(() => new Map(d.dimensions.map((x) => [x.key, x.name])), [d]);
  const tenants = useMemo(() => new Map(d.tenants.map((t) => [t.id, t.name])), [d]);
  const source = (s: string) => {
    const [kind = '', ...key] = s.split(':');
    return `${(w.kinds as Record<string, string>)[kind] ?? kind} ${key.join(':')}`;
  };
  return (
    <section>
      <Typography.Title level={2}>{w.crosswalk}</Typography.Title>
      {d.crosswalk.length === 0 ? <Nothing>{w.noMaps}</Nothing> : (
        <div className="scroll"><table className="table">
          <thead><tr><th scope="col">{w.township}</th><th scope="col">{w.template}</th><th scope="col">{w.source}</th><th scope="col">{w.dimension}</th><th scope="col">{w.since}</th><th scope="col" className="words">{w.reason}</th></tr></thead>
          <tbody>{[...d.crosswalk].reverse().map((e) => (
            <tr key={e.number}>
              <th scope="row">{tenants.get(e.township) ?? e.township}</th><td>{e.template || w.anyTemplate}</td><td>{source(e.source)}</td>
              <td>{e.dimension ? names.get(e.dimension) ?? e.dimension : w.noDimension}</td><td>{e.from}</td><td>{e.reason}</td>
            </tr>
          ))}</tbody>
        </table></div>
      )}
    </section>
  );
}
