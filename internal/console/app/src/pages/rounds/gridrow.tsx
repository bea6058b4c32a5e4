import { Button } from 'antd';
import type { ClipboardEvent, KeyboardEvent } from 'react';
import { useWords } from '@/words/language';
import type { Column } from './cells';
import { said } from './grid.words';
import type { GridMark, Subject } from './sheet';

/** Moves the focus to the cell above or below, as a spreadsheet does. */
function move(e: KeyboardEvent<HTMLInputElement>) {
  const by = e.key === 'ArrowDown' || e.key === 'Enter' ? 1 : e.key === 'ArrowUp' ? -1 : 0;
  if (by === 0 || e.nativeEvent.isComposing) return;
  e.preventDefault();
  const column = e.currentTarget.dataset.column;
  let row = e.currentTarget.closest('tr');
  while (row) {
    row = (by > 0 ? row.nextElementSibling : row.previousElementSibling) as HTMLTableRowElement | null;
    const cell = row?.querySelector<HTMLInputElement>(`input[data-column="${column ?? ''}"]`);
    if (cell) { cell.focus(); cell.select(); return; }
  }
}

/** A village's cells: marks that are there, and fields for those that are not. */
export function GridRow({ subject, row, columns, texts, wrong, markAt, type, paste, correct, open, recused }: {
  subject: Subject; row: number; columns: Column[]; texts: Partial<Record<string, string>> | undefined; wrong: Map<string, string> | undefined;
  markAt: (subject: string, column: Column) => GridMark | undefined; type: (subject: string, column: string, text: string) => void;
  paste: (row: number, column: number, text: string) => void; correct: (mark: GridMark) => void;
  /** Marks are taken, so that they can be corrected, too. */
  open: boolean;
  /** The judge is linked to it and does not mark it. */
  recused: boolean;
}) {
  const w = useWords(said);
  const lay = (e: ClipboardEvent<HTMLInputElement>, column: number) => {
    const text = e.clipboardData.getData('text/plain');
    if (!/[\t\n]/.test(text)) return;
    e.preventDefault();
    paste(row, column, text);
  };
  return (
    <tr>
      <th scope="row">{subject.name}{subject.absent && <small className="cell-note faint">{w.absent}</small>}{recused && <small className="cell-note faint">{w.recused}</small>}</th>
      {columns.map((c, i) => {
        const mark = markAt(subject.subject, c);
        const why = wrong?.get(c.key);
        const name = w.cell(subject.name, c.label, c.under);
        if (mark) {
          return (
            <td key={c.key} className="number">{c.part === '' || columns[i - 1]?.item !== c.item || columns[i - 1]?.channel !== c.channel ? <>{mark.value}<small className="cell-note faint">{w.states[mark.state]}
              {open && <> <Button type="link" size="small" aria-label={w.correctTitle(c.part === '' ? name : w.cell(subject.name, c.whole, c.under))} onClick={() => correct(mark)}>{w.correct}</Button></>}</small></> : null}</td>
          );
        }
        return (
          <td key={c.key}>
            <input className={why ? 'grid-cell wrong' : 'grid-cell'} data-column={c.key} aria-label={name} aria-invalid={why !== undefined} autoComplete="off" inputMode={c.kind === 'POINTS' ? 'decimal' : 'text'}
              disabled={subject.absent || recused} value={texts?.[c.key] ?? ''} onChange={(e) => type(subject.subject, c.key, e.target.value)} onKeyDown={move} onPaste={(e) => lay(e, i)} />
            {why && <small className="cell-note wrong">{why}</small>}
          </td>
        );
      })}
    </tr>
  );
}
