import { useState } from 'react';
import { useQuery } from 'urql';
import { Button, Typography } from 'antd';
import { useMe } from '@/api/session';
import { Choice, Field } from '@/parts/fields';
import { Nothing, Page, Read } from '@/parts/page';
import { common } from '@/words/common';
import { useWords, words } from '@/words/language';
import { CountyYear } from './countyyear';
import { YearCompetitionsDocument, YearEndDocument, YearReportDocument, type YearEndQuery, type YearReportQuery } from './operations';

const said = words({
  title: '年度报告', print: '打印', aboveAbout: '全年横向比对，以及各比武的年终成绩和阶段汇总；只计已公布的轮次。', each: '各比武', about: '全年成绩、积分与单项第一，汇总自已公布的轮次。', competition: '比武', year: '年度', none: '还没有比武。先建立比武并公布轮次，再查看年度报告。', end: '年终汇总', village: '村（社区）', value: '年度成绩', rank: '名次', balance: '积分结余', deductions: '扣分', best: '单项第一',
  noEnd: '该年度还没有可汇总的结果。', items: '单项名次', item: '项目', mean: '均分', rounds: '轮次数', rollups: '阶段汇总', attended: '参加轮次', track: '赛道', noRollups: '还没有公布阶段汇总。', revision: (n: number) => `第 ${n} 版`, first: (n: number) => `前 ${n} 名`,
}, {
  title: 'Year report', print: 'Print', aboveAbout: 'The comparison over the year, and what each competition came to; published rounds only.', each: 'By competition', about: 'Results, points and best of each item over the year, from published rounds.', competition: 'Competition', year: 'Year', none: 'There is no competition yet. Set one up and publish its rounds first.', end: 'Year end', village: 'Village', value: 'Result', rank: 'Rank', balance: 'Points', deductions: 'Deductions', best: 'Best in',
  noEnd: 'Nothing to sum up for this year yet.', items: 'By item', item: 'Item', mean: 'Mean', rounds: 'Rounds', rollups: 'Summaries', attended: 'Attended', track: 'Track', noRollups: 'No summary was published yet.', revision: (n: number) => `revision ${n}`, first: (n: number) => `First ${n}`,
});

/** What a year came to: of the own competitions, or of everybody below. */
export default function Year() {
  const w = useWords(said);
  const { today, tenant } = useMe();
  const [year, setYear] = useState(today.slice(0, 4));
  const [open, setOpen] = useState(false);
  const above = tenant.kind !== 'TOWNSHIP';
  const valid = /^\d{4}$/.test(year);
  return (
    <Page title={w.title} about={above ? w.aboveAbout : w.about} actions={<Button onClick={() => print()}>{w.print}</Button>}>
      <div className="fields no-print"><Field label={w.year}><input className="plain-input" inputMode="numeric" pattern="\d{4}" value={year} onChange={(e) => setYear(e.target.value)} /></Field></div>
      {valid && (above ? <>
        <CountyYear year={year} />
        <details onToggle={(e) => { if (e.currentTarget.open) setOpen(true); }}><summary>{w.each}</summary>{open && <Competitions year={year} />}</details>
      </> : <Competitions year={year} />)}
    </Page>
  );
}

/** One competition after the other, as it is chosen. */
function Competitions({ year }: { year: string }) {
  const w = useWords(said);
  const [chosen, setChosen] = useState('');
  const [{ data, error }] = useQuery({ query: YearCompetitionsDocument });
  const all = (data?.competitions.nodes ?? []).filter((c) => !c.trial);
  const competition = chosen || all[0]?.id || '';
  const variables = { competition, year: Number(year) };
  const [report, again] = useQuery({ query: YearReportDocument, variables, pause: competition === '' });
  // The year's end is asked for when a summary of a year is there: before, there is nothing to hand over.
  const ended = report.data?.rollups.some((r) => r.key === 'year') ?? false;
  const [end] = useQuery({ query: YearEndDocument, variables, pause: !ended });
  return (
    <Read data={data} error={error}>{() => all.length === 0 ? <Nothing>{w.none}</Nothing> : <>
      <div className="fields no-print"><Choice label={w.competition} value={competition} onChange={setChosen} options={all.map((c) => ({ value: c.id, label: c.name }))} /></div>
      {ended && <Read data={end.data} error={end.error}>{(d) => <YearEnd rows={d.yearEnd} />}</Read>}
      <Read data={report.data} error={report.error} again={() => again({ requestPolicy: 'network-only' })}>{(d) => <><Items rows={d.itemStandings} /><Rollups all={d.rollups} /></>}</Read>
    </>}</Read>
  );
}

function YearEnd({ rows }: { rows: YearEndQuery['yearEnd'] }) {
  const w = useWords(said);
  return (
    <section>
      <Typography.Title level={2}>{w.end}</Typography.Title>
      {rows.length === 0 ? <Nothing>{w.noEnd}</Nothing> : <div className="scroll"><table className="table">
        <thead><tr><th scope="col" className="number">{w.rank}</th><th scope="col">{w.village}</th><th scope="col" className="number">{w.value}</th><th scope="col" className="number">{w.balance}</th><th scope="col" className="number">{w.deductions}</th><th scope="col">{w.best}</th></tr></thead>
        <tbody>{rows.map((r) => <tr key={r.code}><td className="number">{r.rank}</td><th scope="row">{r.name}</th><td className="number">{r.value}</td><td className="number">{r.balance}</td><td className="number">{r.deductions}</td><td>{r.best.join('、')}</td></tr>)}</tbody>
      </table></div>}
    </section>
  );
}

function Items({ rows }: { rows: YearReportQuery['itemStandings'] }) {
  const w = useWords(said);
  const items = [...new Map(rows.map((r) => [r.item, r.itemName]))];
  if (items.length === 0) return null;
  return (
    <section>
      <Typography.Title level={2}>{w.items}</Typography.Title>
      {items.map(([item, name]) => (
        <details key={item}>
          <summary>{name}</summary>
          <div className="scroll"><table className="table">
            <thead><tr><th scope="col" className="number">{w.rank}</th><th scope="col">{w.village}</th><th scope="col" className="number">{w.mean}</th><th scope="col" className="number">{w.rounds}</th></tr></thead>
            <tbody>{rows.filter((r) => r.item === item).map((r) => <tr key={r.unit.id}><td className="number">{r.rank}</td><th scope="row">{r.name}</th><td className="number">{r.mean}</td><td className="number">{r.rounds}</td></tr>)}</tbody>
          </table></div>
        </details>
      ))}
    </section>
  );
}

function Rollups({ all }: { all: YearReportQuery['rollups'] }) {
  const w = useWords(said);
  const c = useWords(common);
  return (
    <section>
      <Typography.Title level={2}>{w.rollups}</Typography.Title>
      {all.length === 0 ? <Nothing>{w.noRollups}</Nothing> : all.map((r) => (
        <details key={r.id}>
          <summary>{r.period} {r.key} {w.revision(r.revision)}</summary>
          <div className="scroll"><table className="table">
            <thead><tr><th scope="col" className="number">{c.rank}</th><th scope="col">{w.village}</th><th scope="col" className="number">{w.value}</th><th scope="col" className="number">{w.attended}</th><th scope="col">{w.track}</th></tr></thead>
            <tbody>{r.rows.map((x) => <tr key={x.unitCode}><td className="number">{x.rank}</td><th scope="row">{x.name}</th><td className="number">{x.value}</td><td className="number">{x.attended}</td><td>{x.track}</td></tr>)}</tbody>
          </table></div>
        </details>
      ))}
    </section>
  );
}
