import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import type { IssuePhase } from '@/api/schema';
import { useMe } from '@/api/session';
import { Asking } from '@/parts/asking';
import { useDraft } from '@/parts/draft';
import { Choice, Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { Attachments, type Attached } from './attach';
import {
  IssueAnswerDocument, IssueAttachedDocument, IssueCloseDocument, IssueDecidedDocument, IssueLiftedDocument, IssueListedDocument, IssuePlanDocument, IssueReturnDocument, IssueRevisitedDocument,
  type IssueWholeFragment,
} from './operations';
import type { Step } from './steps';
import { said } from './words';

interface Typed { note: string; on: string; yes: '' | 'yes' | 'no'; phase: IssuePhase; competition: string; files: readonly Attached[] }

/** What the acts of an issue have in common. */
function useSteps() {
  const answer = useAct(IssueAnswerDocument, (d) => d.issueAnswer);
  const close = useAct(IssueCloseDocument, (d) => d.issueClose);
  const back = useAct(IssueReturnDocument, (d) => d.issueReturn);
  const plan = useAct(IssuePlanDocument, (d) => d.issuePlan);
  const list = useAct(IssueListedDocument, (d) => d.issueList);
  const lift = useAct(IssueLiftedDocument, (d) => d.issueLift);
  const revisit = useAct(IssueRevisitedDocument, (d) => d.issueRevisit);
  const decide = useAct(IssueDecidedDocument, (d) => d.issueAccountability);
  const attach = useAct(IssueAttachedDocument, (d) => d.issueAttach);
  return { answer, close, return: back, plan, list, lift, revisit, decide, attach };
}

/** One step: what it needs, kept while it is typed, and carried out. */
export function StepDialog({ step, open, close, issue, competitions, again }: {
  step: Step; open: boolean; close: () => void; issue: IssueWholeFragment; competitions: readonly { id: string; name: string }[]; again: () => void;
}) {
  const w = useWords(said);
  const { today } = useMe();
  const acts = useSteps();
  const act = acts[step];
  const [looked, setLooked] = useState(0);
  const draft = useDraft<Typed>(`issue.${issue.id}.${step}`, { note: '', on: today, yes: '', phase: 'AFTER', competition: competitions[0]?.id ?? '', files: [] });
  const { note, on, yes, phase, competition, files } = draft.value;
  const put = (part: Partial<Typed>) => draft.set((d) => ({ ...d, ...part }));
  const evidence = files.length > 0 ? { evidence: files.map((f) => f.id) } : {};
  const base = { issue: issue.id, revision: issue.revision };
  const carryOut = () => {
    switch (step) {
      case 'revisit': return acts.revisit.run({ input: { ...base, on, holds: yes === 'yes', note, ...evidence } });
      case 'decide': return acts.decide.run({ input: { ...base, open: yes === 'yes', reason: note } });
      case 'attach': return acts.attach.run({ input: { issue: issue.id, phase, evidence: files.map((f) => f.id) } });
      default: return acts[step].run({ input: { ...base, note, ...evidence } });
    }
  };
  const submit = async () => {
    if (!await carryOut()) return false;
    draft.clear();
    again();
    return true;
  };
  const choice = step === 'revisit' || step === 'decide';
  const takesFiles = ['answer', 'close', 'return', 'revisit', 'attach'].includes(step);
  const ready = (step === 'attach' ? files.length > 0 : note.trim() !== '' || step === 'revisit') && (!choice || yes !== '');
  const stale = act.errors.some((e) => e.code === 'STALE_REVISION');
  return (
    <Asking title={w.step[step]} open={open} close={close} act={act} submit={submit} ready={ready} button={w.step[step]} danger={step === 'return'}>
      {choice && <Choice label={step === 'revisit' ? w.holds : w.decision} value={yes} empty={w.choose} required
        options={step === 'revisit' ? [{ value: 'yes', label: w.holdsYes }, { value: 'no', label: w.holdsNo }] : [{ value: 'yes', label: w.decideYes }, { value: 'no', label: w.decideNo }]}
        onChange={(v) => put({ yes: v === 'yes' || v === 'no' ? v : '' })} />}
      {step === 'revisit' && <Field label={w.on}><input type="date" className="plain-input" value={on} max={today} required onChange={(e) => put({ on: e.target.value })} /></Field>}
      {step === 'attach' ? <Choice label={w.phase} value={phase} options={(['BEFORE', 'AFTER', 'RETURN'] as const).map((p) => ({ value: p, label: w.phases[p] }))} onChange={(v) => put({ phase: v as IssuePhase })} />
        : <Field label={w.note[step]} hint={w.hint[step]} wide><textarea className="plain-input" rows={4} value={note} onChange={(e) => put({ note: e.target.value })} /></Field>}
      {takesFiles && competitions.length > 1 && <Choice label={w.competition} value={competition} options={competitions.map((c) => ({ value: c.id, label: c.name }))} onChange={(v) => put({ competition: v })} />}
      {takesFiles && <Attachments of={{ competition, unitCode: issue.unit.code ?? '', item: issue.item }} value={files} onChange={(next) => draft.set((d) => ({ ...d, files: next(d.files) }))} />}
      {stale && <div className="field wide"><Alert type="warning" showIcon title={w.stale} action={<Button size="small" onClick={() => { again(); act.forget(); setLooked(looked + 1); }}>{w.look}</Button>} /></div>}
    </Asking>
  );
}
