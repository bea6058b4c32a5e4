import { Typography } from 'antd';
import { useMemo } from 'react';
import { useWords } from '@/words/language';
import { Drawing, mark } from './drawing';
import { drawn } from './figures';
import type { ComparedTrendFragment } from './operations';
import { said } from './words';

type Line = ComparedTrendFragment['lines'][number];

/** The index of a unit in a month: that of its last round there. */
function indexOf(line: Line, month: string): string | null {
  const there = line.rounds.filter((r) => r.held.startsWith(month) && r.index != null);
  return there.at(-1)?.index ?? null;
}

/** How every unit came along, round by round; who cannot be compared has a broken line. */
export function Trend({ comparison, prefecture }: { comparison: ComparedTrendFragment; prefecture: boolean }) {
  const w = useWords(said);
  const shown = useMemo(() => comparison.lines.filter((l) => l.rounds.some((r) => r.index != null)), [comparison]);
  const months = useMemo(() => [...new Set(shown.flatMap((l) => l.rounds.filter((r) => r.index != null).map((r) => r.held.slice(0, 7))))].sort(), [shown]);
  const named = (l: Line) => (l.comparable ? l.name : w.namedNot(l.name));
  const option = useMemo(() => ({
    tooltip: { trigger: 'axis' }, grid: { left: 48, right: 16, top: 40, bottom: 32 },
    xAxis: { type: 'category', data: months }, yAxis: { type: 'value', scale: true },
    series: shown.map((l, n) => ({
      type: 'line', name: l.comparable ? l.name : w.namedNot(l.name), connectNulls: true, symbol: mark(n), symbolSize: 9,
      lineStyle: { type: l.comparable ? 'solid' : 'dashed' }, data: months.map((m) => drawn(indexOf(l, m))),
    })),
  }), [shown, months, w]);
  const label = `${w.way.trend}${w.colon}${shown.map((l) => `${named(l)} ${months.map((m) => indexOf(l, m)).filter((v) => v != null).join(' → ')}`).join('；')}`;
  const rest = comparison.lines.filter((l) => !shown.includes(l));
  return (
    <>
      <Typography.Paragraph type="secondary">{w.trendAbout}</Typography.Paragraph>
      {shown.length > 0 && <Drawing label={label} option={option} />}
      <div className="scroll">
        <table className="table">
          <caption>{w.numbers}</caption>
          <thead><tr><th scope="col">{prefecture ? w.county : w.township}</th>{months.map((m) => <th key={m} scope="col" className="number">{m}</th>)}</tr></thead>
          <tbody>{shown.map((l) => (
            <tr key={l.tenant}><th scope="row">{named(l)}</th>{months.map((m) => <td key={m} className="number">{indexOf(l, m) ?? w.none}</td>)}</tr>
          ))}</tbody>
        </table>
      </div>
      {rest.length > 0 && <p className="faint">{w.without(rest.map((l) => l.name).join('、'))}</p>}
    </>
  );
}
