import { Button } from 'antd';
import { useMe } from '@/api/session';
import { useWords } from '@/words/language';
import type { Start } from './add';
import type { EvidenceHomeQuery, EvidenceRoundQuery } from './operations';
import { said } from './words';
import '@/shell/tables.css';

/** What villages were asked for and did not give yet. */
export function Requests({ requests, give }: { requests: EvidenceHomeQuery['evidenceRequests']; give: ((start: Start) => void) | null }) {
  const w = useWords(said);
  const { today } = useMe();
  const open = requests.filter((r) => !r.answered);
  return (
    <section className="card evidence-part">
      <h2>{w.requests}</h2>
      {open.length === 0 ? <p className="faint">{w.noRequests}</p> : (
        <ul className="evidence-lines">
          {open.map((r) => (
            <li key={r.id}>
              <span>{r.unit.shownName} · {w.kinds[r.kind]}{r.note && ` · ${r.note}`}</span>
              <small className="faint">{w.due(r.due)}{r.due < today && <strong> {w.late}</strong>}</small>
              {give && <Button size="small" onClick={() => give({ unitCode: r.unit.code ?? '', item: r.item, check: r.check, kind: r.kind })}>{w.give}</Button>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** What the template of a round wants and is not there. */
export function Missing({ data, give }: { data: EvidenceRoundQuery; give: ((start: Start) => void) | null }) {
  const w = useWords(said);
  const items = data.round?.rubric ?? [];
  if (data.evidenceMissing.length === 0) return <p>{w.noneMissing}</p>;
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={w.missing}>
      <table className="table">
        <thead><tr><th scope="col">{w.village}</th><th scope="col">{w.item}</th><th scope="col">{w.kind}</th><th scope="col" className="number">{w.have}</th><th scope="col" className="number">{w.want}</th><th scope="col">{w.state}</th></tr></thead>
        <tbody>
          {data.evidenceMissing.map((m, i) => {
            const item = items.find((r) => r.key === m.item);
            const check = item?.rule.checks.find((c) => c.key === m.check);
            return (
              <tr key={i}>
                <th scope="row">{m.unit.shownName}</th>
                <td>{m.item ? item?.name ?? m.item : w.whole}{m.check && ` · ${check?.name ?? m.check}`}</td>
                <td>{w.kinds[m.kind]}</td><td className="number">{m.have}</td><td className="number">{m.want}</td>
                <td>{w.lacks(m.want - m.have)} {give && <Button size="small" onClick={() => give({ unitCode: m.unit.code ?? '', item: m.item, check: m.check, kind: m.kind })}>{w.give}</Button>}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
