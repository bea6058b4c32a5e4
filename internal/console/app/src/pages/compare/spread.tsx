import { Typography } from 'antd';
import { useMemo } from 'react';
import { useWords } from '@/words/language';
import { Drawing } from './drawing';
import { drawn } from './figures';
import type { ComparedSpreadFragment } from './operations';
import { said } from './words';

const steps = Array.from({ length: 10 }, (_, n) => `${n * 10}–${n * 10 + 10}`);

/** How villages of a unit lie together or apart. */
export function Spread({ comparison, prefecture }: { comparison: ComparedSpreadFragment; prefecture: boolean }) {
  const w = useWords(said);
  const lines = useMemo(() => comparison.lines.filter((l) => l.spread.median != null), [comparison]);
  const option = useMemo(() => ({
    tooltip: { trigger: 'item' }, grid: { left: 48, right: 16, top: 24, bottom: 32 },
    xAxis: { type: 'category', data: lines.map((l) => l.name) }, yAxis: { type: 'value', scale: true },
    series: [{ type: 'boxplot', name: w.index, data: lines.map((l) => [l.spread.lowest, l.spread.lowerQuartile, l.spread.median, l.spread.upperQuartile, l.spread.highest].map(drawn)) }],
  }), [lines, w]);
  return (
    <>
      <Typography.Paragraph type="secondary">{w.spreadAbout}</Typography.Paragraph>
      {lines.length > 0 && <Drawing label={w.way.spread} option={option} />}
      <div className="scroll">
        <table className="table">
          <caption>{w.numbers}</caption>
          <thead><tr>
            <th scope="col">{prefecture ? w.county : w.township}</th>
            {[w.villages, w.lowest, w.lowerQuartile, w.median, w.upperQuartile, w.highest, w.spread].map((h) => <th key={h} scope="col" className="number">{h}</th>)}
            {steps.map((s) => <th key={s} scope="col" className="number">{s}</th>)}
          </tr></thead>
          <tbody>{comparison.lines.map((l) => (
            <tr key={l.tenant}>
              <th scope="row">{l.name}</th><td className="number">{l.spread.villages}</td>
              {[l.spread.lowest, l.spread.lowerQuartile, l.spread.median, l.spread.upperQuartile, l.spread.highest, l.spread.interquartile].map((v, i) => <td key={i} className="number">{v ?? w.none}</td>)}
              {l.spread.histogram.map((n, i) => <td key={steps[i]} className="number">{n}</td>)}
            </tr>
          ))}</tbody>
        </table>
      </div>
    </>
  );
}
