import { Alert } from 'antd';
import { Link } from 'react-router';
import { useWords } from '@/words/language';
import { useEditing } from './editing';
import { partOf } from './parts';
import { placeName } from './places';
import { valueName } from './values';
import type { Checked } from './usecheck';
import { said } from './words';

/** What the service says of the document, beside it: errors with their place, hints, burden. */
export function CheckPanel({ state, to, look }: { state: Checked; to: (part: string) => string; look: (field: string) => void }) {
  const { doc, language } = useEditing();
  const w = useWords(said);
  const { check, running, lost } = state;
  // A reading to be confirmed is told by its name here, not by its key in the document.
  const hint = (x: { code: string; message: string }) => {
    const key = x.code === 'LINT_CONFIRM_AT_ACTIVATION' ? /[“"]([a-zA-Z]+)[”"]/.exec(x.message)?.[1] : undefined;
    return key ? w.toConfirm(valueName('confirmAtActivation', key, language)) : x.message;
  };
  return (
    <aside className="card check-panel no-print" aria-label={w.check}>
      <h2>{w.check} {running && <small className="faint" role="status">{w.checking}</small>}</h2>
      {lost && <Alert type="warning" showIcon title={w.checkLost} />}
      {check && (
        <>
          {check.errors.length === 0 ? <p role="status">✓ {w.noErrors}</p> : (
            <>
              <h3>{w.errors}（{check.errors.length}）</h3>
              <ul className="plain">{check.errors.map((x, i) => <li key={i}><Link to={to(partOf(x.field))} onClick={() => look(x.field)}>{x.message}</Link> <small className="faint">{placeName(doc, x.field, language)}</small></li>)}</ul>
            </>
          )}
          {check.warnings.length > 0 && (
            <>
              <h3>{w.warnings}（{check.warnings.length}）</h3>
              <ul className="plain">{check.warnings.map((x, i) => <li key={i}><Link to={to(partOf(x.field))} onClick={() => look(x.field)}>{hint(x)}</Link></li>)}</ul>
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
