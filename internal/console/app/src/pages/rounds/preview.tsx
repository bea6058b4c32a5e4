import { Button, Flex } from 'antd';
import { useQuery } from 'urql';
import { Link } from 'react-router';
import { Nothing, Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { Blockers } from './blockers';
import { BoardTable } from './board';
import { ComputeRoundDocument, RoundTrialDocument, type RoundTrialQuery } from './operations';
import { said } from './results.words';
import type { PartProps } from './round';
import { StepButton } from './stepbutton';

type Trial = RoundTrialQuery['roundPreview'];

/** The dry run: the board as it would be, what changes, and the button that keeps it. */
export default function Preview({ round, names, again }: PartProps) {
  const w = useWords(said);
  // Before the round opens there is no roster and nothing to compute.
  const begun = round.state !== 'PLANNED' && round.state !== 'NOTIFIED' && round.state !== 'CANCELLED';
  const [{ data, error, fetching }, reexecute] = useQuery({ query: RoundTrialDocument, variables: { id: round.id }, requestPolicy: 'network-only', pause: !begun });
  const anew = () => reexecute({ requestPolicy: 'network-only' });
  const kept = () => { again(); anew(); };
  const keepable = round.state === 'CLOSED' || round.state === 'COMPUTED' || round.state === 'PROVISIONAL';
  if (!begun) return <Nothing action={<Link to={`/rounds/${round.id}`}>{w.toProgress}</Link>}>{w.notBegun}</Nothing>;
  return (
    <>
      <Flex gap="small" align="center" wrap><span>{w.about}</span><Button loading={fetching} onClick={anew}>{w.run}</Button></Flex>
      <Read data={data?.roundPreview} error={error} again={anew}>{(trial) => (
        <>
          {trial.blockers.length > 0 && <Blockers blockers={trial.blockers} round={round.id} />}
          <Changes trial={trial} />
          <section className="card">
            {round.state === 'COMPUTED' && <p role="status">{w.keptNow} <Link to={`/rounds/${round.id}`}>{w.toAnnounce}</Link></p>}
            {keepable ? <StepButton document={ComputeRoundDocument} payload={(d) => d.roundCompute} variables={{ input: { round: round.id, revision: round.revision } }} about={w.keepAbout} button={w.keep} done={kept} /> : <p className="faint">{w.keptAlready}</p>}
          </section>
          <BoardTable rows={trial.rows} names={names} caption={w.trialTitle} />
          {trial.grades.map((g) => <p key={g.scale}>{names.scale(g.scale)}：{g.seats.map((s) => `${names.grade(g.scale, s.grade)} ${w.taken(s.taken, s.seats)}${s.open > 0 ? `（${w.open(s.open)}）` : ''}`).join('；')}</p>)}
          <h2 className="round-group">{w.outcomes}</h2>
          {trial.outcomes.length === 0 ? <p className="faint">{w.noOutcomes}</p> : <ul className="plain">{trial.outcomes.map((o, i) => <li key={i}>{o.sentence}</li>)}</ul>}
        </>
      )}</Read>
    </>
  );
}

function Changes({ trial }: { trial: Trial }) {
  const w = useWords(said);
  if (trial.changes.length === 0) return <p>{w.noChanges}</p>;
  return (
    <details open={trial.changes.length <= 60}>
      <summary><h2 className="round-group" style={{ display: 'inline' }}>{w.changes}（{trial.changes.length}）</h2></summary>
      <div className="scroll">
        <table className="table">
          <thead><tr><th scope="col">{w.name}</th><th scope="col">{w.kind}</th><th scope="col">{w.from}</th><th scope="col">{w.to}</th></tr></thead>
          <tbody>{trial.changes.map((c, i) => (
            <tr key={i}><th scope="row">{c.name}</th><td>{(w.kinds[c.kind as keyof typeof w.kinds] as string | undefined) ?? c.kind}</td><td>{c.fromText || w.newcomer}</td><td>{c.toText || w.newcomer}</td></tr>
          ))}</tbody>
        </table>
      </div>
    </details>
  );
}
