import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useWords } from '@/words/language';
import { Filling, type CellProps } from './cell';
import { draftOf, findingOf, reads, type Draft } from './draft';
import { closes, Drop } from './leftovers';
import { restated, type Waiting } from './waiting';
import { said } from './words';

/** Refusals that mean that the service has a mark of the same judge here. */
const known = new Set(['MARK_EXISTS', 'MARK_ID_REUSED', 'MARK_REPLACED']);

/** A mark that was not taken: why, and what the judge can do. Nothing is dropped unless the judge says so. */
export function Conflict(props: CellProps & { waits: Waiting }) {
  const { cell, waits, queue } = props;
  const w = useWords(said);
  const exists = waits.refused.some((r) => known.has(r.code));
  const closed = closes(waits);
  return (
    <>
      <Alert role="alert" type="error" showIcon title={waits.refused.map((r) => r.message).join('；')}
        description={exists ? w.exists(cell.mark ? reads(cell, cell.mark, w) : '') : closed ? w.closedHint : undefined} />
      {exists && cell.mark ? <AsCorrection {...props} mark={cell.mark} /> : !closed && <Mend {...props} />}
      <div className="judge-tools">
        {(closed || !cell.mark) && <Button onClick={() => void queue.change(waits.id, (i) => i)}>{w.again}</Button>}
        <Drop queue={queue} id={waits.id} />
      </div>
    </>
  );
}

function AsCorrection({ cell, waits, queue, fresh, mark }: CellProps & { waits: Waiting; mark: NonNullable<CellProps['cell']['mark']> }) {
  const w = useWords(said);
  const [reason, setReason] = useState(waits.work.kind === 'correct' ? waits.work.reason : '');
  const send = async () => {
    if (waits.work.kind === 'photo' || !reason.trim()) return;
    const { value, detail } = waits.work;
    // The new one is kept before the old one goes.
    await queue.add([fresh({ kind: 'correct', mark: mark.id, was: reads(cell, mark, w), reason: reason.trim(), ...(value !== undefined ? { value } : {}), ...(detail ? { detail } : {}) }, waits.said)]);
    await queue.drop(waits.id);
  };
  return (
    <div className="judge-tools">
      <input className="judge-note" aria-label={`${cell.item.name} ${w.reason}`} placeholder={w.reason} value={reason} onChange={(e) => setReason(e.target.value)} />
      <Button type="primary" disabled={!reason.trim()} onClick={() => void send()}>{w.asCorrection}</Button>
    </div>
  );
}

/** Puts a refused value right. */
function Mend({ cell, waits, queue }: CellProps & { waits: Waiting }) {
  const w = useWords(said);
  const [draft, setDraft] = useState<Draft>(() => waits.work.kind === 'photo' ? {} : draftOf(waits.work));
  const finding = findingOf(cell, draft);
  const save = () => queue.change(waits.id, (i) => i.work.kind === 'photo' || !finding ? i : { ...i, said: reads(cell, finding, w), work: restated(i.work, finding) });
  return (
    <>
      <Filling cell={cell} draft={draft} put={setDraft} />
      <div className="judge-tools"><Button type="primary" disabled={!finding} onClick={() => void save()}>{w.changed}</Button></div>
    </>
  );
}
