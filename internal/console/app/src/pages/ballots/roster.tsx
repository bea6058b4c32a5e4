import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import { ActNotes, Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { BallotRosterDocument, type BallotRosterMutation } from './operations';
import { pastedRoster } from './paste';
import type { Poll } from './poll';
import { said } from './words';

const sent = (d: BallotRosterMutation) => d.pollRoster;

/** Who may vote, by group: pasted from a spreadsheet. */
export function Roster({ poll, again }: { poll: Poll; again: () => void }) {
  const w = useWords(said);
  const act = useAct(BallotRosterDocument, sent);
  const [text, setText] = useState('');
  const [done, setDone] = useState<BallotRosterMutation['pollRoster'] | null>(null);
  const { rows, wrong } = pastedRoster(text, poll.groups);
  const nameOf = (key: string) => poll.groups.find((g) => g.key === key)?.name ?? key;
  const submit = async () => {
    const answer = await act.run({ input: { poll: poll.id, rows } });
    setDone(answer);
    if (answer) { setText(''); again(); }
  };
  return (
    <details className="card no-print"><summary>{w.roster}</summary>
      <form onSubmit={(e) => { e.preventDefault(); void submit(); }}>
        <Field label={w.rosterPaste} hint={w.rosterAbout(poll.groups.map((g) => g.name).join('、'))}><Input.TextArea rows={6} value={text} onChange={(e) => setText(e.target.value)} /></Field>
        {wrong.length > 0 && <Alert role="alert" type="warning" showIcon title={wrong.map((n) => w.rosterRow(n)).join(' ')} />}
        <ActNotes act={act} />
        {done && <Alert role="status" type="success" showIcon title={w.rosterDone(done.voters.length)} description={<ul className="plain">{done.voters.filter((v) => v.also.length > 0).map((v) => <li key={v.person}>{w.also(v.person, nameOf(v.group), v.also.map(nameOf).join('、'))}</li>)}</ul>} />}
        <p><Button htmlType="submit" loading={act.running} disabled={rows.length === 0 || wrong.length > 0}>{w.rosterSend}</Button></p>
      </form>
    </details>
  );
}
