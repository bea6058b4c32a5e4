import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { said } from './audit.words';
import { AdminAuditCheckDocument } from './operations';

/** Follows the chain, and tells whether it holds. */
export function Check() {
  const w = useWords(said);
  const [asked, setAsked] = useState(false);
  const [{ data, error, fetching }, again] = useQuery({ query: AdminAuditCheckDocument, pause: !asked, requestPolicy: 'network-only' });
  if (!asked) return <p className="no-print"><Button onClick={() => setAsked(true)}>{w.check}</Button></p>;
  if (fetching || !data) return <Read data={fetching ? undefined : data} error={error} again={() => again({ requestPolicy: 'network-only' })}>{() => null}</Read>;
  const c = data.auditCheck;
  return (
    <Alert role="status" type={c.intact ? 'success' : 'error'} showIcon title={c.brokenAt == null && c.intact ? w.intact(c.entries) : c.brokenAt == null ? w.altered(c.alteredBatches) : w.broken(c.brokenAt)}
      description={<>
        {c.altered.length > 0 && <ul className="plain">{c.altered.map((a) => <li key={a.seq}>{w.alteredAt(a.seq, a.message)}</li>)}</ul>}
        <small>{w.batches(c.batches)} {w.head} <code className="long">{c.head}</code></small>
      </>} />
  );
}
