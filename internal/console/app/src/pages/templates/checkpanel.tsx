import { Alert } from 'antd';
import { Link } from 'react-router';
import { useWords } from '@/words/language';
import { partOf } from './parts';
import type { Checked } from './usecheck';
import { said } from './words';

/** What the service says of the document, beside it: errors with their place, hints, burden. */
export function CheckPanel({ state, to }: { state: Checked; to: (part: string) => string }) {
  const w = useWords(said);
  const { check, running, lost } = state;
  return (
    <aside className="card check-panel no-print" aria-label={w.check}>
      <h2>{w.check} {running && <small className="faint" role="status">{w.checking}</small>}</h2>
      {lost && <Alert type="warning" showIcon title={w.checkLost} />}
      {check && (
        <>
          {check.errors.length === 0 ? <p role="status">✓ {w.noErrors}</p> : (
            <>
              <h3>{w.errors}（{check.errors.length}）</h3>
              <ul className="plain">{check.errors.map((x, i) => <li key={i}><Link to={to(partOf(x.field))}>{x.message}</Link> <small className="faint">{x.field}</small></li>)}</ul>
            </>
          )}
          {check.warnings.length > 0 && (
            <>
              <h3>{w.warnings}（{check.warnings.length}）</h3>
              <ul className="plain">{check.warnings.map((x, i) => <li key={i}><Link to={to(partOf(x.field))}>{x.message}</Link></li>)}</ul>
            </>
          )}
          {check.burden && (
            <>
              <h3>{w.burden}</h3>
              <p>{w.burdenLine(check.burden)}：<strong>{check.burden.heavy ? `▲ ${w.heavy}` : `● ${w.light}`}</strong></p>
            </>
          )}
        </>
      )}
    </aside>
  );
}
