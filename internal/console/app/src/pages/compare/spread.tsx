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
  const rest = comparison.lines.filter((l) => l.spread.median == null);
  // Only the classes from the lowest to the highest in which anybody is.
  const met = steps.map((_, i) => lines.some((l) => (l.spread.histogram[i] ?? 0) > 0));
  const classes = steps.map((_, i) => i).filter((i) => i >= met.indexOf(true) && i <= met.lastIndexOf(true));
  const option = useMemo(() => ({
    tooltip: { trigger: 'item' }, grid: { left: 48, right: 16, top: 24, bottom: 32 }, legend: { show: false },
    xAxis: { type: 'category', data: lines.map((l) => l.name) }, yAxis: { type: 'value', scale: true },
    series: [{
      type: 'boxplot', name: w.index, itemStyle: { color: 'transparent', borderWidth: 2 },
      data: lines.map((l) => [l.spread.lowest, l.spread.lowerQuartile, l.spread.median, l.spread.upperQuartile, l.spread.highest].map(drawn)),
    }],
  }), [lines, w]);
  const label = `${w.way.spread}${w.colon}${lines.map((l) => w.spreadOf(l.name, l.spread.lowest ?? '', l.spread.median ?? '', l.spread.highest ?? '')).join('；')}`;
  return (
    <>
      <Typography.Paragraph type="secondary">{w.spreadAbout}</Typography.Paragraph>
      {lines.length > 0 && <Drawing label={label} option={option} />}
      {lines.length > 0 && <div className="scroll">
        <table className="table">
          <caption>{w.numbers}</caption>
          <thead><tr>
            <th scope="col">{prefecture ? w.county : w.township}</th>
            {[w.villages, w.lowest, w.lowerQuartile, w.median, w.upperQuartile, w.highest, w.range].map((h) => <th key={h} scope="col" className="number">{h}</th>)}
            {classes.map((i) => <th key={i} scope="col" className="number">{w.between(steps[i] ?? '')}</th>)}
          </tr></thead>
          <tbody>{lines.map((l) => (
            <tr key={l.tenant}>
              <th scope="row">{l.name}</th><td className="number">{l.spread.villages}</td>
              {[l.spread.lowest, l.spread.lowerQuartile, l.spread.median, l.spread.upperQuartile, l.spread.highest, l.spread.interquartile].map((v, i) => <td key={i} className="number">{v ?? w.none}</td>)}
              {classes.map((i) => <td key={i} className="number">{l.spread.histogram[i]}</td>)}
            </tr>
          ))}</tbody>
        </table>
      </div>}
      {rest.length > 0 && <p className="faint">{w.notSpread(rest.map((l) => l.name).join('、'))}</p>}
    </>
  );
}
