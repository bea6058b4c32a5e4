import { Alert, Button, Input, Typography } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { ActButton } from '@/parts/actbutton';
import { Asking } from '@/parts/asking';
import { Field } from '@/parts/fields';
import { Page, Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { Codes } from './codes';
import { BallotAttendanceDocument, BallotCloseDocument, BallotPollDocument, type BallotAttendanceMutation, type BallotCloseMutation, type BallotPollQuery } from './operations';
import { Paper } from './paper';
import { Results } from './results';
import { Roster } from './roster';
import { said } from './words';

export type Poll = NonNullable<BallotPollQuery['poll']>;
const attended = (d: BallotAttendanceMutation) => d.pollAttendance;
const closed = (d: BallotCloseMutation) => d.pollClose;

/** One ballot from its roster to its result. */
export default function PollPage() {
  const w = useWords(said);
  const { may } = useSession();
  const { poll = '' } = useParams();
  const [{ data, error }, reread] = useQuery({ query: BallotPollDocument, variables: { poll } });
  const again = () => reread({ requestPolicy: 'network-only' });
  const p = data?.poll;
  return (
    <Page title={p?.title ?? w.title} about={p ? `${w.states[p.state]}，${w.turnout(p.turnout)}${p.state === 'OPEN' && p.closers > 0 ? `，${w.closers(p.closers)}` : ''}` : undefined}
      actions={p?.state === 'OPEN' && may('ballot:close') && <ActButton label={w.close} named={p.title} about={w.closeAbout} danger document={BallotCloseDocument} payload={closed} input={() => ({ input: { poll } })} done={again} />}>
      <Read data={data} error={error} again={again}>{(d) => d.poll && <>
        {d.poll.warnings.length > 0 && <Alert type="warning" showIcon title={<ul className="plain">{d.poll.warnings.map((x) => <li key={x.code + x.field}>{x.message}</li>)}</ul>} />}
        <Groups poll={d.poll} again={again} />
        {d.poll.state === 'OPEN' && may('ballot:write') && <><Roster poll={d.poll} again={again} /><Codes poll={d.poll} again={again} /><Paper poll={d.poll} again={again} /></>}
        <Results poll={d.poll} />
      </>}</Read>
    </Page>
  );
}

function Groups({ poll, again }: { poll: Poll; again: () => void }) {
  const w = useWords(said);
  const { may } = useSession();
  const [edited, setEdited] = useState<Poll['groups'][number] | null>(null);
  const open = poll.state === 'OPEN' && may('ballot:write');
  return (
    <section>
      <Typography.Title level={2}>{w.groups}</Typography.Title>
      <div className="scroll"><table className="table">
        <thead><tr><th scope="col">{w.group}</th>{[w.weight, w.due, w.present, w.codes, w.papers, w.returned].map((h) => <th key={h} scope="col" className="number">{h}</th>)}{open && <th scope="col" className="no-print">{w.edit}</th>}</tr></thead>
        <tbody>{poll.groups.map((g) => (
          <tr key={g.key}><th scope="row">{g.name}</th>{[g.weight, g.due, g.present, g.codes, g.papers, g.returned ?? ''].map((n, i) => <td key={i} className="number">{n}</td>)}
            {open && <td className="no-print"><Button size="small" aria-label={w.editFor(g.name)} onClick={() => setEdited(g)}>{w.edit}</Button></td>}</tr>
        ))}</tbody>
      </table></div>
      {edited && <Attendance key={edited.key} poll={poll.id} group={edited} close={() => setEdited(null)} done={again} />}
    </section>
  );
}

function Attendance({ poll, group, close, done }: { poll: string; group: Poll['groups'][number]; close: () => void; done: () => void }) {
  const w = useWords(said);
  const act = useAct(BallotAttendanceDocument, attended);
  const [present, setPresent] = useState(String(group.present));
  const [papers, setPapers] = useState(String(group.papers));
  const submit = async () => {
    const answer = await act.run({ input: { poll, group: group.key, present: Number(present), papers: Number(papers) } });
    if (answer) done();
    return answer !== null;
  };
  return (
    <Asking title={w.editFor(group.name)} open close={close} act={act} submit={submit}>
      <Field label={w.present} hint={w.presentHint}><Input required inputMode="numeric" pattern="\d+" value={present} onChange={(e) => setPresent(e.target.value)} /></Field>
      <Field label={w.papers} hint={w.papersHint}><Input required inputMode="numeric" pattern="\d+" value={papers} onChange={(e) => setPapers(e.target.value)} /></Field>
    </Asking>
  );
}
