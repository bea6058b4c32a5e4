import { Typography } from 'antd';
import { useMemo } from 'react';
import { useWords } from '@/words/language';
import { Drawing } from './drawing';
import { drawn } from './figures';
import type { ComparedTrendFragment } from './operations';
import { said } from './words';

/** The index of a unit in a month: that of its last round there. */
function indexOf(line: ComparedTrendFragment['lines'][number], month: string): string | null {
  const there = line.rounds.filter((r) => r.held.startsWith(month) && r.index != null);
  return there.at(-1)?.index ?? null;
}

/** How every unit came along, round by round. */
export function Trend({ comparison, prefecture }: { comparison: ComparedTrendFragment; prefecture: boolean }) {
  const w = useWords(said);
  const months = useMemo(() => [...new Set(comparison.lines.flatMap((l) => l.rounds.map((r) => r.held.slice(0, 7))))].sort(), [comparison]);
  const option = useMemo(() => ({
    tooltip: { trigger: 'axis' }, grid: { left: 48, right: 16, top: 40, bottom: 32 },
    xAxis: { type: 'category', data: months }, yAxis: { type: 'value', scale: true },
    series: comparison.lines.map((l) => ({ type: 'line', name: l.name, connectNulls: true, symbolSize: 7, data: months.map((m) => drawn(indexOf(l, m))) })),
  }), [comparison, months]);
  return (
    <>
      <Typography.Paragraph type="secondary">{w.trendAbout}</Typography.Paragraph>
      <Drawing label={w.way.trend} option={option} />
      <div className="scroll">
        <table className="table">
          <caption>{w.numbers}</caption>
          <thead><tr><th scope="col">{prefecture ? w.county : w.township}</th>{months.map((m) => <th key={m} scope="col" className="number">{m}</th>)}</tr></thead>
          <tbody>{comparison.lines.map((l) => (
            <tr key={l.tenant}><th scope="row">{l.name}</th>{months.map((m) => <td key={m} className="number">{indexOf(l, m) ?? w.none}</td>)}</tr>
          ))}</tbody>
        </table>
      </div>
    </>
  );
}
