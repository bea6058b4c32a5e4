import { Button } from 'antd';
import type { ClipboardEvent } from 'react';
import { useWords } from '@/words/language';
import { cellsOf, letterOf } from './cells';
import type { Fault } from './send';
import { said } from './words';
import '@/shell/tables.css';

/** The table to be imported: each cell can be mended where it stands, and says what is wrong with it. */
export function Cells({ rows, set, faults }: { rows: string[][]; set: (rows: string[][]) => void; faults: readonly Fault[] }) {
  const w = useWords(said);
  const width = rows[0]?.length ?? 0;
  const at = (row: number, column: number) => faults.filter((f) => f.row === row + 1 && f.column === letterOf(column));
  const change = (row: number, column: number, text: string) => set(rows.map((r, i) => (i === row ? r.map((c, j) => (j === column ? text : c)) : r)));
  // A block pasted into a cell goes into the cells to its right and below, as it does in a spreadsheet.
  const paste = (e: ClipboardEvent, row: number, column: number) => {
    const block = e.clipboardData.getData('text');
    if (!/[\t\n]/.test(block.trimEnd())) return;
    e.preventDefault();
    const cells = cellsOf(block);
    const longer = [...rows, ...Array.from({ length: Math.max(0, row + cells.length - rows.length) }, () => Array<string>(width).fill(''))];
    set(longer.map((r, i) => r.map((c, j) => cells[i - row]?.[j - column] ?? c)));
  };
  return (
    <>
      <p>{w.change}</p>
      <div className="scroll" tabIndex={0} role="region" aria-label={w.importTitle}>
        <table className="table cells">
          <thead><tr><th scope="col">#</th>{Array.from({ length: width }, (_, j) => <th key={j} scope="col">{letterOf(j)} {rows[0]?.[j]}</th>)}</tr></thead>
          <tbody>{rows.slice(1).map((r, n) => (
            <tr key={n}>
              <th scope="row">{n + 2}</th>
              {r.map((c, j) => {
                const wrong = at(n + 1, j);
                return (
                  <td key={j} className={wrong.length > 0 ? 'wrong-cell' : undefined}>
                    <input aria-label={`${letterOf(j)}${n + 2} ${rows[0]?.[j] ?? ''}`} aria-invalid={wrong.length > 0} value={c} onChange={(e) => change(n + 1, j, e.target.value)} onPaste={(e) => paste(e, n + 1, j)} />
                    {wrong.map((f, i) => <small key={i} role="note">{f.message}</small>)}
                  </td>
                );
              })}
            </tr>
          ))}</tbody>
        </table>
      </div>
      <div><Button size="small" onClick={() => set([...rows, Array<string>(width).fill('')])}>{w.addRow}</Button></div>
    </>
  );
}
