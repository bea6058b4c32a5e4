import { Button } from 'antd';
import { useState } from 'react';
import { useSession } from '@/api/session';
import { useWords } from '@/words/language';
import type { IssueWholeFragment } from './operations';
import { StepDialog } from './step';
import { said } from './words';

/** What can be done with an issue. */
export type Step = 'answer' | 'close' | 'return' | 'plan' | 'list' | 'lift' | 'revisit' | 'decide' | 'attach';

/** The steps offered to somebody; whether one is taken is the service's to decide. */
export function stepsFor(i: Pick<IssueWholeFragment, 'state' | 'listed' | 'returnDue' | 'returnedOn' | 'accountability' | 'accountabilityPrompt'>, may: (permission: string) => boolean): Step[] {
  const open = i.state !== 'CLOSED';
  const waits = i.state === 'ASSIGNED' || i.state === 'RETURNED';
  const all: [Step, boolean, string][] = [
    ['answer', waits, 'issue:answer'],
    ['close', i.state === 'ANSWERED', 'issue:verify'],
    ['return', i.state === 'ANSWERED', 'issue:verify'],
    ['revisit', !open && !i.returnedOn && Boolean(i.returnDue), 'issue:verify'],
    ['decide', i.accountabilityPrompt && !i.accountability, 'issue:verify'],
    ['plan', open, 'issue:plan'],
    ['list', open && !i.listed, 'supervision:write'],
    ['lift', i.listed, 'supervision:write'],
    ['attach', true, 'evidence:write'],
  ];
  return all.flatMap(([step, offered, permission]) => offered && may(permission) ? [step] : []);
}

/** Buttons for what can be done, the most likely first. */
export function Steps({ issue, competitions, again }: { issue: IssueWholeFragment; competitions: readonly { id: string; name: string }[]; again: () => void }) {
  const w = useWords(said);
  const { may } = useSession();
  const [step, setStep] = useState<Step | null>(null);
  const steps = stepsFor(issue, may);
  if (steps.length === 0) return null;
  return (
    <section className="issue-steps no-print" aria-label={w.steps}>
      {steps.map((s, i) => <Button key={s} type={i === 0 ? 'primary' : 'default'} onClick={() => setStep(s)}>{w.step[s]}</Button>)}
      {steps.map((s) => <StepDialog key={s} step={s} open={step === s} close={() => setStep(null)} issue={issue} competitions={competitions} again={again} />)}
    </section>
  );
}
