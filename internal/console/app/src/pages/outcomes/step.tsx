import { Button, Input } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { ActButton } from '@/parts/actbutton';
import { Asking } from '@/parts/asking';
import { Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import {
  MoneyApproveDocument, MoneyDecideDocument, MoneyExecuteDocument, OutcomeExecuteDocument,
  type MoneyApproveMutation, type MoneyDecideMutation, type MoneyExecuteMutation, type OutcomeExecuteMutation, type OutcomeLineFragment,
} from './operations';
import { said } from './words';

const executed = (d: OutcomeExecuteMutation) => d.outcomeExecute;
const decided = (d: MoneyDecideMutation) => d.moneyDecide;
const approved = (d: MoneyApproveMutation) => d.moneyApprove;
const paid = (d: MoneyExecuteMutation) => d.moneyExecute;

/** What comes next for an outcome; the service says whether it may. */
export function NextStep({ outcome: o, again }: { outcome: OutcomeLineFragment; again: () => void }) {
  const w = useWords(said);
  const { may } = useSession();
  const named = `${o.name} ${o.actionLabel}`;
  if (o.state === 'PROPOSED' && o.action === 'money' && may('money:decide')) return <Decide outcome={o} again={again} />;
  if (o.state === 'CONFIRMED' && o.action !== 'points' && may('task:execute')) return <Recorded label={w.execute} named={named} outcome={o} money={false} again={again} />;
  if (o.state === 'DECIDED' && may('money:approve')) return <ActButton label={w.approve} named={named} about={w.approveAbout} document={MoneyApproveDocument} payload={approved} input={() => ({ input: { outcome: o.id, revision: o.revision } })} done={again} />;
  if (o.state === 'APPROVED' && may('money:execute')) return <Recorded label={w.pay} named={named} outcome={o} money again={again} />;
  return null;
}

function Recorded({ label, named, outcome, money, again }: { label: string; named: string; outcome: OutcomeLineFragment; money: boolean; again: () => void }) {
  const w = useWords(said);
  const execute = useAct(OutcomeExecuteDocument, executed);
  const pay = useAct(MoneyExecuteDocument, paid);
  const act = money ? pay : execute;
  const [open, setOpen] = useState(false);
  const [record, setRecord] = useState('');
  const submit = async () => {
    const answer = await act.run({ input: { outcome: outcome.id, revision: outcome.revision, record } });
    again(); // refused: perhaps somebody else was faster
    return answer !== null;
  };
  return (
    <>
      <Button size="small" aria-label={`${label}：${named}`} onClick={() => setOpen(true)}>{label}</Button>
      <Asking title={`${label}：${named}`} open={open} close={() => setOpen(false)} act={act} submit={submit} button={label}>
        <Field label={w.record} wide><Input.TextArea required rows={3} value={record} onChange={(e) => setRecord(e.target.value)} /></Field>
      </Asking>
    </>
  );
}

function Decide({ outcome, again }: { outcome: OutcomeLineFragment; again: () => void }) {
  const w = useWords(said);
  const act = useAct(MoneyDecideDocument, decided);
  const [open, setOpen] = useState(false);
  const [amount, setAmount] = useState('');
  const [minutesNumber, setMinutes] = useState('');
  const [basis, setBasis] = useState('');
  const submit = async () => {
    const answer = await act.run({ input: { outcome: outcome.id, revision: outcome.revision, amount: amount.trim(), minutesNumber, basis } });
    again(); // refused: perhaps somebody else was faster
    return answer !== null;
  };
  return (
    <>
      <Button size="small" aria-label={`${w.decide}：${outcome.name}`} onClick={() => setOpen(true)}>{w.decide}</Button>
      <Asking title={`${w.decide}：${outcome.name}`} open={open} close={() => setOpen(false)} act={act} submit={submit} button={w.decide}>
        <p className="field wide">{w.decideAbout(outcome.penalty)}</p>
        <Field label={w.amount}><Input required inputMode="decimal" value={amount} onChange={(e) => setAmount(e.target.value)} /></Field>
        <Field label={w.minutes}><Input required value={minutesNumber} onChange={(e) => setMinutes(e.target.value)} /></Field>
        <Field label={w.basis} wide><Input.TextArea required rows={2} value={basis} onChange={(e) => setBasis(e.target.value)} /></Field>
      </Asking>
    </>
  );
}
