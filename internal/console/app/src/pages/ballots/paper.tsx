import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import { ActNotes, Choice, Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { BallotPaperDocument, type BallotPaperMutation } from './operations';
import { count } from './paste';
import type { Poll } from './poll';
import { said } from './words';
import './ballots.css';

const entered = (d: BallotPaperMutation) => d.pollPaperEnter;
const rest = ['invalid', 'abstained', 'recused'] as const;

/** Papers counted by hand: entered by two people, the second without seeing the first. */
export function Paper({ poll, again }: { poll: Poll; again: () => void }) {
  const w = useWords(said);
  const act = useAct(BallotPaperDocument, entered);
  const [group, setGroup] = useState(poll.groups[0]?.key ?? '');
  const [returned, setReturned] = useState('');
  const [cells, setCells] = useState<Record<string, string>>({});
  const [state, setState] = useState<string | null>(null);
  const columns = [...poll.options.map((o) => o.key), ...rest];
  const at = (subject: string, column: string) => cells[`${subject} ${column}`] ?? '';
  const number = (subject: string, column: string) => count(at(subject, column)) ?? 0;
  const wrong = count(returned) === undefined || Object.values(cells).some((c) => count(c) === undefined);
  const nameOf = (column: string) => poll.options.find((o) => o.key === column)?.name ?? w[column as typeof rest[number]];
  const submit = async () => {
    const subjects = poll.subjects.map((s) => ({
      subject: s.subject, options: poll.options.map((o) => ({ option: o.key, count: number(s.subject, o.key) })),
      invalid: number(s.subject, 'invalid'), abstained: number(s.subject, 'abstained'), recused: number(s.subject, 'recused'),
    }));
    const answer = await act.run({ input: { poll: poll.id, group, returned: count(returned) ?? 0, subjects } });
    setState(answer?.paper ?? null);
    if (answer) { setCells({}); setReturned(''); again(); }
  };
  return (
    <details className="card no-print"><summary>{w.paper}</summary>
      <form onSubmit={(e) => { e.preventDefault(); void submit(); }}>
        <p>{w.paperAbout}</p>
        <div className="fields">
          <Choice label={w.group} value={group} onChange={setGroup} options={poll.groups.map((g) => ({ value: g.key, label: g.name }))} />
          <Field label={w.paperBack}><input className="plain-input" required inputMode="numeric" pattern="\d+" value={returned} onChange={(e) => setReturned(e.target.value)} /></Field>
        </div>
        <div className="scroll"><table className="table">
          <thead><tr><th scope="col">{w.subject}</th>{columns.map((c) => <th key={c} scope="col">{nameOf(c)}</th>)}</tr></thead>
          <tbody>{poll.subjects.map((s) => (
            <tr key={s.subject}><th scope="row">{s.name}</th>{columns.map((c) => (
              <td key={c}><input className="plain-input tally" inputMode="numeric" aria-label={w.option(nameOf(c), s.name)} aria-invalid={count(at(s.subject, c)) === undefined} value={at(s.subject, c)} onChange={(e) => setCells({ ...cells, [`${s.subject} ${c}`]: e.target.value })} /></td>
            ))}</tr>
          ))}</tbody>
        </table></div>
        <ActNotes act={act} />
        {state && <Alert role="status" type={state === 'AGREED' ? 'success' : 'info'} showIcon title={state === 'AGREED' ? w.agreed : w.first} />}
        <p><Button htmlType="submit" loading={act.running} disabled={wrong}>{w.send}</Button></p>
      </form>
    </details>
  );
}
