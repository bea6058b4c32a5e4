import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useWords } from '@/words/language';
import type { Queue } from './queue';
import type { Waiting } from './waiting';
import { said } from './words';

/**
 * Work that waits or was refused and has no place on the page any more: the
 * round was closed, the group changed, the village is absent. It can be read,
 * sent again and, by the judge alone, given up.
 */
export function Leftovers({ items, queue }: { items: readonly Waiting[]; queue: Queue }) {
  const w = useWords(said);
  return items.map((i) => (
    <section key={i.id} className="card judge-cell" aria-label={`${i.itemName} ${w.leftover}`}>
      <header>
        <h2>{i.itemName} <small className="faint">{i.work.kind === 'photo' ? w.photo : ''}</small></h2>
        <span className={i.refused.length > 0 ? 'm-badge is-refused' : 'm-badge is-waiting'}>{i.refused.length > 0 ? w.standing.refused : w.standing.waiting}</span>
      </header>
      <p><strong>{i.work.kind === 'photo' ? i.said : w.mine(i.said)}</strong></p>
      {i.refused.length > 0 && <Alert role="alert" type="error" showIcon title={i.refused.map((r) => r.message).join('；')} description={closes(i) ? w.closedHint : undefined} />}
      <div className="judge-tools">
        {i.refused.length > 0 && <Button onClick={() => void queue.change(i.id, (x) => x)}>{w.again}</Button>}
        {(i.refused.length > 0 || i.tries === 0) && <Drop queue={queue} id={i.id} />}
      </div>
    </section>
  ));
}

/** Gives a piece up for good, after asking: a thumb slips. */
export function Drop({ queue, id }: { queue: Queue; id: string }) {
  const w = useWords(said);
  const [asked, setAsked] = useState(false);
  if (!asked) return <Button danger onClick={() => setAsked(true)}>{w.drop}</Button>;
  return (
    <span role="group" aria-label={w.drop} className="judge-tools">
      {w.dropSure}
      <Button danger type="primary" onClick={() => void queue.drop(id)}>{w.dropNow}</Button>
      <Button onClick={() => setAsked(false)}>{w.cancel}</Button>
    </span>
  );
}

/** Whether it was refused because the round takes nothing any more. */
export const closes = (i: Waiting) => i.refused.some((r) => r.code.startsWith('ROUND_'));
