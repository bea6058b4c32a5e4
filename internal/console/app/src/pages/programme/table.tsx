import { Button, Flex } from 'antd';
import { Link } from 'react-router';
import { useWords } from '@/words/language';
import { states } from '@/words/states';
import type { Competition } from './competition';
import { said } from './words';

/** The years before and after, by two buttons. */
export function Years({ year, setYear }: { year: number; setYear: (year: number) => void }) {
  const w = useWords(said);
  return (
    <Flex gap="small" align="center" className="no-print">
      <Button size="small" onClick={() => setYear(year - 1)}>‹ {w.previous}</Button>
      <strong aria-live="polite">{year}</strong>
      <Button size="small" onClick={() => setYear(year + 1)}>{w.next} ›</Button>
    </Flex>
  );
}

/** When each period of a year is held, why then, what it looks at and what is due. */
export function ProgrammeTable({ competition: c, year, setYear }: { competition: Competition; year: number; setYear: (year: number) => void }) {
  const w = useWords(said);
  const s = useWords(states);
  return (
    <>
      <Flex justify="space-between" align="center" wrap gap="small"><h2>{w.programme}</h2><Years year={year} setYear={setYear} /></Flex>
      {c.rounds.nodes.length === 0 && <p role="status">{w.noRounds}</p>}
      <div className="scroll dated" tabIndex={0} role="region" aria-label={w.programme}>
        <table className="table">
          <thead><tr>{[w.period, w.held, w.state, w.why, w.priorities, w.due].map((h) => <th key={h} scope="col">{h}</th>)}</tr></thead>
          <tbody>{c.programme.map((p) => {
            const dated = c.rounds.nodes.find((r) => r.period === p.entry.period);
            return (
              <tr key={p.entry.period}>
                <th scope="row">{dated ? <Link to={`/rounds/${dated.id}`}>{p.entry.period}</Link> : p.entry.period}</th>
                <td>{p.entry.held ?? w.skipped}{p.entry.until && ` ${w.until(p.entry.until)}`}{p.entry.rolledDays !== 0 && <><br /><small>{w.rolled(p.entry.rolledDays)}</small></>}</td>
                <td>{dated ? s.round[dated.state] : '—'}</td>
                <td>{p.entry.why.length > 0 ? <ul className="why">{p.entry.why.map((y) => <li key={y}>{y}</li>)}</ul> : '—'}</td>
                <td>{p.priorities.join('、')}</td>
                <td>{p.coveredBy && <p>{w.coveredBy(p.coveredBy)}</p>}{p.papers.map((x) => <p key={x.document}>{w.paper(x.document, x.due)}</p>)}</td>
              </tr>
            );
          })}</tbody>
        </table>
      </div>
    </>
  );
}
