import { Button } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { Nothing, Page, Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import '@/shell/tables.css';
import { common } from '@/words/common';
import { useWords, words } from '@/words/language';
import { signed } from './figures';
import { ComparedBoardDocument, ComparedWhyDocument, type ComparedBoardQuery } from './operations';

const said = words({
  title: '公布的成绩榜', none: '这一轮还没有您可以查看的公布结果。', published: (at: string, n: number) => `${at} 公布，第 ${n} 版`, superseded: '已有新版',
  change: '升降', range: '名次区间', light: '红黄绿灯', grade: '等次', why: '为何', hide: '收起', best: '距最高', next: '距上一名', item: '项目', formula: '计算', points: '得分', track: '赛道',
  unranked: '未排名', whyOf: (name: string) => `${name}：为什么是这个名次`, light_: { RED: '红灯', YELLOW: '黄灯', GREEN: '绿灯', BLUE: '蓝灯' },
}, {
  title: 'Published board', none: 'Nothing of this round is published to you yet.', published: (at: string, n: number) => `Published ${at}, revision ${n}`, superseded: 'superseded',
  change: 'Change', range: 'Range of ranks', light: 'Light', grade: 'Grade', why: 'Why', hide: 'Hide', best: 'To the best', next: 'To the next', item: 'Item', formula: 'Calculation', points: 'Points', track: 'Track',
  unranked: 'unranked', whyOf: (name: string) => `Why ${name} has this rank`, light_: { RED: 'red', YELLOW: 'yellow', GREEN: 'green', BLUE: 'blue' },
});

/** The published board of a township's round, village by village. */
export default function ComparedBoard() {
  const w = useWords(said);
  const moment = useMoment();
  const { round = '' } = useParams();
  const [{ data, error }, again] = useQuery({ query: ComparedBoardDocument, variables: { round } });
  const board = data?.board;
  return (
    <Page title={board ? `${board.tenant.name} ${board.period}` : w.title} about={board ? `${w.published(moment(board.publishedAt), board.revision)}${board.superseded ? `（${w.superseded}）` : ''}` : undefined}>
      <Read data={data} error={error} again={() => again({ requestPolicy: 'network-only' })}>{(d) => d.board ? <Rows board={d.board} round={round} /> : <Nothing>{w.none}</Nothing>}</Read>
    </Page>
  );
}

function Rows({ board, round }: { board: NonNullable<ComparedBoardQuery['board']>; round: string }) {
  const w = useWords(said);
  const c = useWords(common);
  const [open, setOpen] = useState<string | null>(null);
  const some = (has: (r: typeof board.rows[number]) => boolean) => board.rows.some(has);
  const [change, range, light, grade, track] = [some((r) => r.change != null), some((r) => r.rankRange != null), some((r) => r.light !== ''), some((r) => r.grades.length > 0), some((r) => r.track !== '')];
  return (
    <div className="scroll"><table className="table">
      <thead><tr>
        <th scope="col" className="number">{c.rank}</th><th scope="col">{c.village}</th><th scope="col" className="number">{c.total}</th>
        {change && <th scope="col" className="number">{w.change}</th>}{range && <th scope="col">{w.range}</th>}{light && <th scope="col">{w.light}</th>}{grade && <th scope="col">{w.grade}</th>}{track && <th scope="col">{w.track}</th>}<th scope="col" className="no-print">{w.why}</th>
      </tr></thead>
      <tbody>{board.rows.map((r) => [
        <tr key={r.unitCode}>
          <td className="number">{r.rank ?? (r.unranked || w.unranked)}</td><th scope="row">{r.name}</th><td className="number">{r.shown}</td>
          {change && <td className="number">{r.change != null ? signed(String(r.change)) : ''}</td>}{range && <td>{r.rankRange?.join('–')}</td>}
          {light && <td>{(w.light_ as Record<string, string>)[r.light.toUpperCase()] ?? r.light}</td>}{grade && <td>{r.grades.map((g) => g.grade).join('、')}</td>}{track && <td>{r.track}</td>}
          <td className="no-print"><Button size="small" aria-expanded={open === r.unitCode} aria-label={w.whyOf(r.name)} onClick={() => setOpen(open === r.unitCode ? null : r.unitCode)}>{open === r.unitCode ? w.hide : w.why}</Button></td>
        </tr>,
        open === r.unitCode && <tr key={`${r.unitCode} why`}><td colSpan={9}><Why round={round} unitCode={r.unitCode} name={r.name} /></td></tr>,
      ])}</tbody>
    </table></div>
  );
}

function Why({ round, unitCode, name }: { round: string; unitCode: string; name: string }) {
  const w = useWords(said);
  const [{ data, error }] = useQuery({ query: ComparedWhyDocument, variables: { round, unitCode } });
  return (
    <Read data={data} error={error}>{({ explain }) => explain ? (
      <section aria-label={w.whyOf(name)}>
        <p>{explain.sentence}</p>
        <table className="table">
          <thead><tr><th scope="col">{w.item}</th><th scope="col">{w.formula}</th><th scope="col" className="number">{w.points}</th></tr></thead>
          <tbody>{explain.lines.map((l, i) => <tr key={i}><th scope="row">{l.label}</th><td>{l.formula}</td><td className="number">{l.points}</td></tr>)}</tbody>
        </table>
        {explain.lost.length > 0 && <table className="table">
          <thead><tr><th scope="col">{w.item}</th><th scope="col" className="number">{w.best}</th><th scope="col" className="number">{w.next}</th></tr></thead>
          <tbody>{explain.lost.map((l) => <tr key={l.item}><th scope="row">{l.label}</th><td className="number">{l.toBest}</td><td className="number">{l.toNext}</td></tr>)}</tbody>
        </table>}
        <p className="faint">{explain.tiePolicy}</p>
      </section>
    ) : <p>{w.none}</p>}</Read>
  );
}
