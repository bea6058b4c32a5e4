import type { Names } from '@/parts/names';
import { useWords } from '@/words/language';
import '@/shell/tables.css';
import { said } from './results.words';

/** A row of a board, published or tried. */
export interface Row {
  unitCode: string; name: string; shown: string; rank?: number | null; change?: number | null; bands: string[]; light: string;
  track: string; trackRank?: number | null; unranked: string; rankRange?: number[] | null;
  streaks?: { streak: string; length: number }[]; grades: { scale: string; grade: string; decision: string }[]; vetoes: string[]; parts?: { key: string; shown: string }[];
}

/** A board: ranks, changes, bands, lights in words, rank ranges. */
export function BoardTable({ rows, names, caption }: { rows: readonly Row[]; names: Names; caption: string }) {
  const w = useWords(said);
  const has = {
    track: rows.some((r) => r.track !== ''), light: rows.some((r) => r.light !== ''), range: rows.some((r) => r.rankRange),
    grades: rows.some((r) => r.grades.length > 0), parts: rows.some((r) => (r.parts?.length ?? 0) > 1), change: rows.some((r) => r.change !== null && r.change !== undefined),
  };
  return (
    <div className="scroll">
      <table className="table">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col" className="number">{w.rank}</th><th scope="col">{w.name}</th><th scope="col" className="number">{w.total}</th>
            {has.change && <th scope="col">{w.change}</th>}{has.range && <th scope="col" title={w.rangeHint}>{w.range}</th>}
            <th scope="col">{w.bands}</th>{has.light && <th scope="col">{w.light}</th>}{has.track && <th scope="col">{w.track}</th>}
            {has.grades && <th scope="col">{w.grades}</th>}{has.parts && <th scope="col">{w.parts}</th>}
          </tr>
        </thead>
        <tbody>{rows.map((r, i) => (
          <tr key={`${r.unitCode} ${i}`}>
            <td className="number">{r.rank ?? w.newcomer}</td>
            <th scope="row">{r.name}</th>
            <td className="number">{r.shown || (w.why[r.unranked as keyof typeof w.why] as string | undefined) || w.unranked}</td>
            {has.change && <td className="nowrap"><Change by={r.change} /></td>}
            {has.range && <td className="nowrap">{r.rankRange?.[0] !== undefined && r.rankRange[1] !== undefined && w.rangeOf(r.rankRange[0], r.rankRange[1])}</td>}
            <td>{r.vetoes.map((v) => <span key={v} className="band vetoed">{w.vetoed(names.item(v))}</span>)}{r.bands.map((b) => <span key={b} className="band">{names.band(b)}</span>)}{(r.streaks ?? []).filter((s) => s.length > 1).map((s) => <span key={s.streak} className="band">{names.streak(s.streak)}{w.times(s.length)}</span>)}</td>
            {has.light && <td>{r.light && names.light(r.light)}</td>}
            {has.track && <td>{r.track}{r.trackRank ? ` ${r.trackRank}` : ''}</td>}
            {has.grades && <td>{r.grades.map((g) => <span key={g.scale} className="band">{g.grade ? `${names.grade(g.scale, g.grade)}${g.decision === 'superior' ? w.proposed : ''}` : w.undecided}</span>)}</td>}
            {has.parts && <td>{(r.parts ?? []).map((p) => `${names.part(p.key)} ${p.shown}`).join('；')}</td>}
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}

/** How a rank moved, said and drawn alike everywhere. */
export function Change({ by }: { by: number | null | undefined }) {
  const w = useWords(said);
  if (by === null || by === undefined) return null;
  if (by === 0) return <span className="faint">{w.same}</span>;
  return by > 0 ? <span className="up">▲ {w.up(by)}</span> : <span className="down">▼ {w.down(-by)}</span>;
}
