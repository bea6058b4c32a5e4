import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { Asking } from '@/parts/asking';
import { Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { lastOfYear } from './notice';
import { RoundsDateDocument, type RoundsDateMutation } from './operations';
import { said } from './words';

/** What planning made, and what it warns of. */
export type Planned = NonNullable<RoundsDateMutation['roundsPlan']>;

/** Dates rounds from one period to another by the template's calendar. */
export function PlanRounds({ competition, from: offered, done }: { competition: string; from: string; done: (made: Planned) => void }) {
  const w = useWords(said);
  const { may } = useSession();
  const [open, setOpen] = useState(false);
  const [from, setFrom] = useState(offered);
  const [to, setTo] = useState(lastOfYear(offered));
  const act = useAct(RoundsDateDocument, useCallback((d: RoundsDateMutation) => d.roundsPlan, []));
  if (!may('round:plan')) return null;
  const submit = async () => {
    const answer = await act.run({ input: { competition, from: from.trim(), to: to.trim() } });
    if (answer) done(answer);
    return answer !== null;
  };
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>{w.plan}</Button>
      <Asking title={w.plan} open={open} close={() => setOpen(false)} act={act} submit={submit} button={w.planRun}>
        <p className="field wide">{w.planAbout}</p>
        <Field label={w.planFrom} hint={w.periodHint}><input className="plain-input" required value={from} onChange={(e) => setFrom(e.target.value)} /></Field>
        <Field label={w.planTo}><input className="plain-input" required value={to} onChange={(e) => setTo(e.target.value)} /></Field>
      </Asking>
    </>
  );
}
