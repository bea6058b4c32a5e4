import { useSession } from '@/api/session';
import { useWords } from '@/words/language';
import { NextStep } from './next';
import { said } from './overview.words';
import { Progress } from './progress';
import type { PartProps } from './round';
import { OtherSteps } from './other';
import { Stepper } from './stepper';

/** Where the round stands, what is next and what blocks it. */
export default function Overview({ round, names, again }: PartProps) {
  const w = useWords(said);
  const { may } = useSession();
  const begun = round.state !== 'PLANNED' && round.state !== 'NOTIFIED' && round.state !== 'CANCELLED';
  return (
    <>
      <Stepper round={round} />
      <NextStep round={round} names={names} again={again} />
      <section className="card" aria-labelledby="progress">
        <h2 id="progress" className="round-group">{w.progress}</h2>
        {begun ? <Progress round={round} names={names} again={again} /> : <p className="faint">{w.begins}</p>}
      </section>
      {(may('round:plan') || may('round:reopen') || may('round:cancel')) && <OtherSteps round={round} names={names} again={again} />}
    </>
  );
}
