import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '@/words/language';
import { Conflict } from './conflict';
import { Control } from './controls';
import type { Cell, Standing } from './desk';
import { draftOf, findingOf, reads, type Draft } from './draft';
import { Drop } from './leftovers';
import type { Queue } from './queue';
import { restated, type Waiting } from './waiting';
import { said } from './words';

export interface CellProps {
  cell: Cell; standing: Standing; waits: Waiting | undefined;
  /** How it reads what arrived a moment ago. */
  arrived: string | undefined;
  draft: Draft | undefined; put: (draft: Draft | null) => void;
  queue: Queue; fresh: (work: Waiting['work'], text: string) => Waiting;
  /** Whether the round takes marks. */
  open: boolean;
  children?: ReactNode;
}

/** One item of the village: what it is, the control, how the mark stands. */
export function CellCard(props: CellProps) {
  const { cell, standing, waits, arrived, draft, put, open, children } = props;
  const w = useWords(said);
  const mine = waits?.said ?? arrived ?? (cell.mark ? reads(cell, cell.mark, w) : '');
  return (
    <section className="card judge-cell" aria-label={`${cell.item.name} ${cell.channel.name}`}>
      <header>
        <h2>{cell.item.name} <small className="faint">{cell.channel.name} · {w.points(cell.item.points)}</small></h2>
        <span className={`m-badge is-${standing}`}>{w.standing[standing]}</span>
      </header>
      {cell.item.criteria && <details><summary>{w.criteria}</summary><p>{cell.item.criteria}</p></details>}
      {standing === 'open' && <Filling cell={cell} draft={draft ?? {}} put={put} />}
      {standing !== 'open' && <p><strong>{w.mine(mine)}</strong></p>}
      {standing === 'rejected' && cell.mark && <p className="m-wrong">{w.rejectedBy(cell.mark.rejection)}</p>}
      {standing === 'refused' && waits && <Conflict {...props} waits={waits} />}
      {standing === 'waiting' && waits && <Changing {...props} waits={waits} />}
      {open && cell.mark && (standing === 'sent' || standing === 'confirmed' || standing === 'rejected') && <Correcting {...props} mark={cell.mark} />}
      {children}
    </section>
  );
}

/** The control and, where the kind has one, the remark. */
export function Filling({ cell, draft, put }: { cell: Cell; draft: Draft; put: (draft: Draft) => void }) {
  const w = useWords(said);
  const detailed = ['CHECKLIST', 'DEDUCTIONS', 'BONUS', 'LEVELS', 'VETO'].includes(cell.item.kind);
  return (
    <>
      <Control cell={cell} draft={draft} put={put} />
      {detailed && <input className="judge-note" aria-label={`${cell.item.name} ${w.note}`} placeholder={w.note} maxLength={500} value={draft.note ?? ''} onChange={(e) => put({ ...draft, note: e.target.value })} />}
    </>
  );
}

/** Changes a mark that was not sent yet. */
function Changing({ cell, waits, queue, draft, put }: CellProps & { waits: Waiting }) {
  const w = useWords(said);
  if (!draft) {
    return (
      <div className="judge-tools">
        <Button onClick={() => put(waits.work.kind === 'photo' ? {} : draftOf(waits.work))}>{w.correct}</Button>
        {waits.tries === 0 && <Drop queue={queue} id={waits.id} />}
      </div>
    );
  }
  const finding = findingOf(cell, draft);
  const save = async () => {
    if (!finding) return;
    await queue.change(waits.id, (i) => i.work.kind === 'photo' ? i : { ...i, said: reads(cell, finding, w), work: restated(i.work, finding) });
    put(null);
  };
  return (
    <>
      <Filling cell={cell} draft={draft} put={put} />
      <div className="judge-tools"><Button type="primary" disabled={!finding} onClick={() => void save()}>{w.changed}</Button><Button onClick={() => put(null)}>{w.cancel}</Button></div>
    </>
  );
}

/** Replaces a mark the service has; the one before stays on record. */
function Correcting({ cell, mark, draft, put, queue, fresh }: CellProps & { mark: NonNullable<Cell['mark']> }) {
  const w = useWords(said);
  const start = () => put({ ...draftOf(mark), reason: '' });
  if (!draft) return <div className="judge-tools"><Button onClick={start}>{w.correct}</Button></div>;
  const finding = findingOf(cell, draft);
  const reason = draft.reason?.trim() ?? '';
  const send = async () => {
    if (!finding || !reason) return;
    await queue.add([fresh({ kind: 'correct', mark: mark.id, was: reads(cell, mark, w), reason, ...finding }, reads(cell, finding, w))]);
    put(null);
  };
  return (
    <>
      <Filling cell={cell} draft={draft} put={put} />
      <input className="judge-note" aria-label={`${cell.item.name} ${w.reason}`} placeholder={w.reason} value={draft.reason ?? ''} onChange={(e) => put({ ...draft, reason: e.target.value })} />
      <small className="faint">{w.reasonHint}</small>
      <div className="judge-tools"><Button type="primary" disabled={!finding || !reason} onClick={() => void send()}>{w.correctNow}</Button><Button onClick={() => put(null)}>{w.cancel}</Button></div>
    </>
  );
}
