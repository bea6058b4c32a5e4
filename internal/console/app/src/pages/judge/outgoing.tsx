import { Alert, Button } from 'antd';
import { Link } from 'react-router';
import { useWords } from '@/words/language';
import type { Queue, QueueState } from './queue';
import { said } from './words';

/** What waits to be sent, why it waits, and how to send it now. */
export function Outgoing({ queue, state }: { queue: Queue; state: QueueState }) {
  const w = useWords(said).queue;
  const refused = state.items.filter((i) => i.refused.length > 0).length;
  const waiting = state.items.length - refused;
  return (
    <div role="status" aria-live="polite" className="judge-outgoing">
      {!state.durable && <Alert type="warning" showIcon title={w.fleeting} />}
      {refused > 0 && <Alert type="error" showIcon title={w.refusedN(refused)} description={<ul className="plain">{state.items.filter((i) => i.refused.length > 0).map((i) => (
        <li key={i.id}><Link to={`/judge/${encodeURIComponent(i.round)}/${encodeURIComponent(i.code)}`}>{i.name} · {i.itemName}</Link></li>))}</ul>} />}
      {waiting > 0 && (
        <Alert type={state.held ? 'warning' : 'info'} showIcon title={state.sending ? w.sending : w.waiting(waiting)}
          description={<>
            {state.held && <p>{w[state.held]}</p>}
            {state.held === 'signedOut' ? <Link to="/signin" target="_blank">{w.signIn}</Link> : <Button loading={state.sending} onClick={() => void queue.flush()}>{w.now}</Button>}
          </>} />
      )}
      {state.items.length === 0 && state.turn > 0 && <Alert type="success" showIcon title={w.allSent} />}
    </div>
  );
}
