import { Button } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { useSession } from '@/api/session';
import { problemOf } from '@/api/problem';
import { ProblemNote } from '@/parts/problem';
import { useWords } from '@/words/language';
import { Blockers } from './blockers';
import { NoticeForm } from './notice';
import { AnnounceRoundDocument, ApplyObjectionsDocument, CloseRoundDocument, OpenRoundDocument, RoundBlockersDocument } from './operations';
import { said } from './overview.words';
import type { PartProps } from './round';
import { nextOf } from './steps';
import { StepButton } from './stepbutton';

const needed = { NOTIFIED: 'round:notify', OPEN: 'round:open', CLOSED: 'round:close', COMPUTED: 'round:compute', PROVISIONAL: 'round:announce', PUBLISHED: 'round:publish' } as const;

/** The next step: what it does, what blocks it, and the way to take it. */
export function NextStep({ round, names, again }: PartProps) {
  const w = useWords(said);
  const { may } = useSession();
  const [search] = useSearchParams();
  const next = nextOf(round.state);
  const [{ data, error }, reexecute] = useQuery({ query: RoundBlockersDocument, variables: { id: round.id, to: next ?? 'PUBLISHED' }, pause: next === null || !may('round:read') });
  if (round.state === 'CANCELLED') return null;
  if (next === null) return <section className="card"><p>{w.finished}</p><Link to={`/rounds/${round.id}/results`}><Button type="primary">{w.finish}</Button></Link></section>;
  const taken = () => { again(); reexecute({ requestPolicy: 'network-only' }); };
  const noticeAgain = next === 'OPEN' && search.get('notice') === 'again' && may('round:notify');
  const blockers = data?.round?.blockers ?? [];
  return (
    <section className="card" aria-labelledby="next">
      <h2 id="next" className="round-group">{w.next(w.steps[next as keyof typeof w.steps])}</h2>
      {error && <ProblemNote problem={problemOf(error)} retry={taken} />}
      {data && <Blockers blockers={blockers} round={round.id} />}
      {may(needed[next as keyof typeof needed])
        ? noticeAgain ? <NoticeForm round={round} names={names} again={taken} repeated /> : <Taking round={round} names={names} again={taken} next={next} known={blockers} />
        : <p className="faint">{w.notYours}</p>}
      {next === 'PUBLISHED' && may('round:compute') && <StepButton quiet document={ApplyObjectionsDocument} payload={(d) => ({ ...d.objectionsApply, warnings: [] })} variables={{ input: { round: round.id, revision: round.revision } }} about={w.applyAbout} button={w.apply} done={taken} said={w.applied} />}
    </section>
  );
}

function Taking({ round, names, again, next, known }: PartProps & { next: NonNullable<ReturnType<typeof nextOf>>; known: readonly { message: string }[] }) {
  const w = useWords(said);
  const step = { input: { round: round.id, revision: round.revision } };
  switch (next) {
    case 'NOTIFIED': return <NoticeForm round={round} names={names} again={again} />;
    case 'OPEN': return <StepButton document={OpenRoundDocument} payload={(d) => d.roundOpen} variables={step} about={w.openAbout} button={w.open} done={again} known={known} />;
    case 'CLOSED': return <StepButton document={CloseRoundDocument} payload={(d) => d.roundClose} variables={step} about={w.closeAbout} button={w.close} done={again} known={known} />;
    case 'COMPUTED': return <><p>{w.computeAbout}</p><Link to={`/rounds/${round.id}/preview`}><Button type="primary">{w.compute}</Button></Link></>;
    case 'PROVISIONAL': return <StepButton document={AnnounceRoundDocument} payload={(d) => d.roundAnnounce} variables={step} about={w.announceAbout} button={w.announce} done={again} known={known} />;
    default: return (
      <>
        <p>{w.publishAbout}</p>
        <Link to={`/approve/${round.id}`}><Button type="primary">{w.publish}</Button></Link>
      </>
    );
  }
}
