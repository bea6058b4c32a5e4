import { Alert, Tag, Typography } from 'antd';
import { useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { useMe } from '@/api/session';
import { Field } from '@/parts/fields';
import { Nothing, Page, Read } from '@/parts/page';
import { states } from '@/words/states';
import { useWords, words } from '@/words/language';
import { monthBefore } from './figures';
import { InspectionsDocument, type InspectionsQuery } from './operations';

const said = words({
  title: '检查统筹', about: '所属各单位的轮次和走访排在一张日历上；同一村当月被多次检查的，标出重叠。', month: '月份', none: '本月没有安排轮次或走访。可换一个月份查看。', day: '日期', host: '主办', what: '内容', where: '地点', state: '状态',
  overlaps: '重叠', overlapsAbout: (n: number) => `有 ${n} 处重叠，请与主办单位协商合并。`, noOverlaps: '本月没有重叠。', overlap: (what: string) => `与 ${what} 重叠`, all: '本级全部', counted: (n: number) => `${n} 项`,
}, {
  title: 'Inspection plan', about: 'All rounds and visits on one calendar; where one village is inspected more than once in a month, the overlap is marked.', month: 'Month', none: 'No round or visit in this month. Look at another one.', day: 'Date', host: 'Host', what: 'What', where: 'Where', state: 'State',
  overlaps: 'Overlaps', overlapsAbout: (n: number) => `${n} overlaps; agree with the hosts to join them.`, noOverlaps: 'No overlaps in this month.', overlap: (what: string) => `overlaps with ${what}`, all: 'everywhere', counted: (n: number) => `${n}`,
});

type Entry = InspectionsQuery['inspectionCalendar']['entries'][number];

/** All rounds and visits of the townships by day, overlaps marked. */
export default function Inspections() {
  const w = useWords(said);
  const [month, setMonth] = useState(useMe().today.slice(0, 7));
  const next = monthBefore(month, -1);
  const last = new Date(Date.parse(`${next}-01T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  const [{ data, error }, again] = useQuery({ query: InspectionsDocument, variables: { from: `${month}-01`, to: last }, pause: !/^\d{4}-\d{2}$/.test(month) });
  return (
    <Page title={w.title} about={w.about}>
      <div className="fields no-print"><Field label={w.month}><input className="plain-input" type="month" pattern="\d{4}-\d{2}" value={month} onChange={(e) => setMonth(e.target.value)} /></Field></div>
      <Read data={data} error={error} again={() => again({ requestPolicy: 'network-only' })}>{({ inspectionCalendar: c }) => <>
        <Overlaps all={c.overlaps} />
        {c.entries.length === 0 ? <Nothing>{w.none}</Nothing> : <Days entries={c.entries} />}
      </>}</Read>
    </Page>
  );
}

function Overlaps({ all }: { all: InspectionsQuery['inspectionCalendar']['overlaps'] }) {
  const w = useWords(said);
  if (all.length === 0) return <p className="faint">{w.noOverlaps}</p>;
  return <Alert type="warning" showIcon title={w.overlapsAbout(all.length)} description={<ul className="plain">{all.map((o, i) => <li key={i}>{o.host}{o.unit && ` ${o.unit.shownName}`}（{o.month}）：{o.competitions.join('、')}</li>)}</ul>} />;
}

function Days({ entries }: { entries: Entry[] }) {
  const w = useWords(said);
  const s = useWords(states);
  const days = useMemo(() => {
    const by = new Map<string, Entry[]>();
    for (const e of entries) by.set(e.on, [...(by.get(e.on) ?? []), e]);
    return [...by.entries()].sort(([a], [b]) => a.localeCompare(b));
  }, [entries]);
  return <>{days.map(([day, list]) => (
    <section key={day}>
      <Typography.Title level={2}>{day} <small className="faint">{w.counted(list.length)}</small></Typography.Title>
      <div className="scroll"><table className="table">
        <thead><tr><th scope="col">{w.host}</th><th scope="col">{w.what}</th><th scope="col">{w.where}</th><th scope="col">{w.state}</th><th scope="col">{w.overlaps}</th></tr></thead>
        <tbody>{list.map((e, i) => (
          <tr key={i}>
            <th scope="row">{e.host}</th><td>{e.competition}</td><td>{e.unit?.shownName ?? w.all}</td><td>{(s.round as Record<string, string>)[e.state.toUpperCase()] ?? e.state}</td>
            <td>{e.overlaps.map((o) => <Tag key={o} color="orange">{w.overlap(o)}</Tag>)}</td>
          </tr>
        ))}</tbody>
      </table></div>
    </section>
  ))}</>;
}
