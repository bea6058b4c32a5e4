import { Link } from 'react-router';
import { useWords } from '@/words/language';
import { drawn, shade } from './figures';
import type { ComparedHeatFragment } from './operations';
import { said } from './words';
import '@/shell/tables.css';
import './heat.css';

/** Units by dimension: a table whose cells are shaded by what stands in them. */
export function Heat({ comparison, search, prefecture }: { comparison: ComparedHeatFragment; search: string; prefecture: boolean }) {
  const w = useWords(said);
  const met = new Set(comparison.lines.flatMap((l) => l.domains.map((d) => d.dimension)));
  const columns = comparison.dimensions.filter((d) => d.looked && (met.has(d.key) || d.weight != null));
  const values = comparison.lines.flatMap((l) => l.domains.map((d) => drawn(d.mean) ?? 0));
  const low = Math.min(...values);
  const high = Math.max(...values);
  return (<>
    <p className="faint">{w.heatAbout} <span className="heat-key" aria-hidden="true">{w.lower}{[0, 1, 2, 3, 4].map((n) => <i key={n} className={`heat-${n}`} />)}{w.higher}</span></p>
    <div className="scroll">
      <table className="table heat" aria-label={w.heatAbout}>
        <thead><tr>
          <th scope="col">{prefecture ? w.county : w.township}</th>
          {columns.map((d) => <th key={d.key} scope="col">{d.name}{d.weight == null && <><br /><small>{w.notLooked}</small></>}</th>)}
        </tr></thead>
        <tbody>{comparison.lines.map((l) => (
          <tr key={l.tenant}>
            <th scope="row"><Link to={`/compare/units/${l.code}?${search}`}>{l.name}</Link></th>
            {columns.map((d) => {
              const cell = l.domains.find((x) => x.dimension === d.key);
              return <td key={d.key} className={cell ? `number heat-${shade(drawn(cell.mean) ?? 0, low, high)}` : 'number'}>{cell?.mean ?? w.none}</td>;
            })}
          </tr>
        ))}</tbody>
      </table>
    </div>
  </>);
}
