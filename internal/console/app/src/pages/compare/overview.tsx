import { Link } from 'react-router';
import { useWords } from '@/words/language';
import { Comparable } from './barriers';
import { percent } from './figures';
import type { ComparedLineFragment, ComparedTableFragment } from './operations';
import { said } from './words';
import '@/shell/tables.css';
import './heat.css';

/** Every unit with what can be said of it, by rank, then the incomparable. */
export function Overview({ comparison, names, search, prefecture }: { comparison: ComparedTableFragment; names: ReadonlyMap<string, string>; search: string; prefecture: boolean }) {
  const w = useWords(said);
  const lines = [...comparison.lines].sort((a, b) => (a.rank ?? 9999) - (b.rank ?? 9999) || a.code.localeCompare(b.code));
  return (
    <div className="scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{prefecture ? w.county : w.township}</th><th scope="col" className="number">{w.rank}</th><th scope="col" className="number">{w.index}</th>
            <th scope="col" className="words">{w.comparable}</th><th scope="col" className="number">{w.coverage}</th><th scope="col" className="number">{w.onTime}</th>
            <th scope="col" className="number">{w.spread}</th>{!prefecture && <th scope="col" className="words">{w.judging}</th>}<th scope="col">{w.issues}</th>
          </tr>
        </thead>
        <tbody>{lines.map((l) => (
          <tr key={l.tenant}>
            <th scope="row"><Link to={`/compare/units/${l.code}?${search}`}>{l.name}</Link></th>
            <td className="number">{l.rank ?? w.none}</td>
            <td className="number">{l.index ?? w.none}</td>
            <td><Comparable yes={l.comparable} barriers={l.barriers} names={names} /></td>
            <td className="number">{percent(l.coverage)}</td>
            <td className="number">{w.onTimeOf(l.onTime, l.due)}{l.onTimeRate != null && <><br /><small>{percent(l.onTimeRate)}</small></>}</td>
            <td className="number">{l.spread.interquartile ?? w.none}</td>
            {!prefecture && <td><Judging line={l} /></td>}
            <td><Closure line={l} /></td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}

export function Judging({ line }: { line: ComparedLineFragment }) {
  const w = useWords(said);
  const j = line.judging;
  if (!j || (j.meanRange == null && j.severity == null)) return <>{w.none}</>;
  return <>{j.meanRange != null && <div>{w.judgingOf(j.meanRange, j.ranges)}</div>}{j.severity != null && <div>{w.severity(j.severity)}</div>}</>;
}

export function Closure({ line }: { line: ComparedLineFragment }) {
  const w = useWords(said);
  const i = line.issues;
  if (!i || i.opened === 0) return <>{w.none}</>;
  return <>{w.issuesOf(i.closed, i.opened)}{i.rate != null && `（${percent(i.rate)}）`}{i.overdue > 0 && <div>{w.overdue(i.overdue)}</div>}</>;
}
