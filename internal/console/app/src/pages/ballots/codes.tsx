import { Alert, Button, Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useAct } from '@/api/act';
import { ActNotes, Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { BallotCodesDocument, type BallotCodesMutation } from './operations';
import type { Poll } from './poll';
import { said } from './words';

const made = (d: BallotCodesMutation) => d.pollCodesIssue;

/** Codes for slips: made once, printed at once, kept nowhere. */
export function Codes({ poll, again }: { poll: Poll; again: () => void }) {
  const w = useWords(said);
  const act = useAct(BallotCodesDocument, made);
  const [numbers, setNumbers] = useState<Record<string, string>>({});
  const [anew, setAnew] = useState(false);
  const [page, setPage] = useState('');
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    if (!page) return;
    const warn = (e: BeforeUnloadEvent) => e.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [page]);
  const submit = async () => {
    const groups = Object.entries(numbers).filter(([, n]) => Number(n) > 0).map(([group, n]) => ({ group, number: Number(n) }));
    const answer = await act.run({ input: { poll: poll.id, groups, site: location.origin, anew } });
    if (answer) { setPage(answer.print); setNumbers({}); again(); }
  };
  return (
    <details className="card" open={page !== '' || undefined}><summary>{w.issue}</summary>
      <form className="no-print" onSubmit={(e) => { e.preventDefault(); void submit(); }}>
        <p>{w.issueAbout}</p>
        <div className="fields">{poll.groups.map((g) => <Field key={g.key} label={w.number(g.name)}><Input inputMode="numeric" pattern="\d*" value={numbers[g.key] ?? ''} onChange={(e) => setNumbers({ ...numbers, [g.key]: e.target.value })} /></Field>)}</div>
        <p><label className="check"><input type="checkbox" checked={anew} onChange={(e) => setAnew(e.target.checked)} />{w.anew}</label></p>
        <ActNotes act={act} />
        <p><Button htmlType="submit" loading={act.running}>{w.make}</Button></p>
      </form>
      {page && <>
        <Alert role="status" type="warning" showIcon title={w.slips} action={<Button type="primary" onClick={() => frame.current?.contentWindow?.print()}>{w.printSlips}</Button>} />
        <iframe ref={frame} className="slips" title={w.frame} srcDoc={page} sandbox="allow-same-origin allow-modals" />
      </>}
    </details>
  );
}
