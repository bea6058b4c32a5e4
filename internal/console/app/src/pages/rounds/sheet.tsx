import { Alert, Button, Flex, Input } from 'antd';
import { useMemo, useState } from 'react';
import { ProblemNote } from '@/parts/problem';
import type { Draft } from '@/parts/draft';
import type { Names } from '@/parts/names';
import { useWords } from '@/words/language';
import '@/shell/tables.css';
import { laid, pasted, type Column, type GridItem, type Texts } from './cells';
import { Correct } from './correct';
import { GridRow } from './gridrow';
import { said } from './grid.words';
import { useSending } from './sending';

/** A mark as the grid reads it. */
export interface GridMark { id: string; subject: string; item: string; channel: string; judge: string; value: string; state: 'ENTERED' | 'CONFIRMED' | 'REJECTED' | 'SUPERSEDED' }

/** What is typed and not saved, by judge; ids keeps the client's id of a mark that was sent and not answered. */
export interface SheetDraft { texts: Partial<Record<string, Texts>>; ids: Partial<Record<string, { id: string; said: string }>> }

export interface Subject { subject: string; name: string; absent: boolean }

interface Props {
  round: string; judge: { id: string; pseudonym: string }; items: GridItem[]; columns: Column[]; subjects: Subject[];
  marks: GridMark[]; open: boolean; recused: ReadonlySet<string>; names: Names; draft: Draft<SheetDraft>; again: () => void;
}

/** The sheet of one judge. */
export function Sheet({ round, judge, items, columns, subjects, marks, open, recused, names, draft, again }: Props) {
  const w = useWords(said);
  const [left, setLeft] = useState('');
  const [correcting, setCorrecting] = useState<GridMark | null>(null);
  const [sure, setSure] = useState(false);
  const texts = draft.value.texts[judge.id] ?? {};
  const sending = useSending({ round, judge: judge.id, items, columns, texts, draft, again });
  const own = useMemo(() => new Map(marks.filter((m) => m.judge === judge.pseudonym && m.state !== 'SUPERSEDED').map((m) => [`${m.subject} ${m.item}/${m.channel}`, m])), [marks, judge.pseudonym]);
  const markAt = (subject: string, column: Column) => own.get(`${subject} ${column.item}/${column.channel}`);
  const put = (next: Texts) => { sending.forget(); setSure(false); draft.set((d) => ({ ...d, texts: { ...d.texts, [judge.id]: next } })); };
  const type = (subject: string, column: string, text: string) => put({ ...texts, [subject]: { ...texts[subject], [column]: text } });
  const paste = (row: number, column: number, text: string) => {
    const keys = columns.map((c) => c.key);
    const taken = (subject: string, key: string) => {
      const col = columns.find((c) => c.key === key);
      return subjects.find((s) => s.subject === subject)?.absent === true || recused.has(subject) || (col !== undefined && markAt(subject, col) !== undefined);
    };
    const put2 = laid(texts, pasted(text), subjects.map((s) => s.subject), keys, { row, column }, taken);
    setLeft(put2.left.map((r) => r.join('\t')).join('\n'));
    put(put2.texts);
  };
  const limits = names.channels.filter((c) => columns.some((col) => col.channel === c.key && col.kind === 'POINTS'));
  return (
    <>
      <p className="faint">{limits.map((c) => `${c.name} ${w.range(c.low, c.high, c.step)}`).join('；')}{limits.length > 0 && `。${w.scaled}`} {w.keys}</p>
      {left !== '' && <Alert type="warning" closable={{ onClose: () => setLeft('') }} title={<>{w.left}<Input.TextArea readOnly autoSize value={left} aria-label={w.left} /></>} />}
      <div className="scroll">
        <table className="table grid-table">
          <thead><tr><th scope="col">{w.village}</th>{columns.map((c) => <th key={c.key} scope="col">{c.label}<small className="cell-note faint">{c.under}</small></th>)}</tr></thead>
          <tbody>{subjects.map((s, row) => (
            <GridRow key={s.subject} subject={s} row={row} columns={columns} texts={texts[s.subject]} wrong={sending.wrong.get(s.subject)} markAt={markAt} type={type} paste={paste} correct={setCorrecting} open={open} recused={recused.has(s.subject)} />
          ))}</tbody>
        </table>
      </div>
      <div className="no-print deciding">
        {sending.note !== '' && <Alert role="status" type={sending.failed ? 'warning' : 'success'} showIcon title={sending.note} />}
        {sending.wrongCells > 0 && <p role="status">{w.wrongCount(sending.wrongCells)}</p>}
        <ProblemNote problem={sending.problem} />
        <Flex gap="small" wrap>
          <Button type="primary" disabled={sending.ready === 0} loading={sending.running} onClick={() => void sending.send()}>{sending.ready === 0 ? w.nothing : w.save(sending.ready)}</Button>
          {Object.keys(texts).length > 0 && <Button danger onClick={() => { if (sure) put({}); else setSure(true); }}>{sure ? w.forgetSure : w.forget}</Button>}
        </Flex>
      </div>
      <Correct mark={correcting} item={items.find((i) => i.key === correcting?.item)} columns={columns.filter((c) => c.item === correcting?.item && c.channel === correcting.channel)} what={correcting ? `${subjects.find((s) => s.subject === correcting.subject)?.name ?? ''} ${names.item(correcting.item)} ${names.channel(correcting.channel)}` : ''} close={() => setCorrecting(null)} done={again} />
    </>
  );
}
