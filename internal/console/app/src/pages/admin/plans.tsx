import { Button, Input, Typography } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import { Asking } from '@/parts/asking';
import { Field } from '@/parts/fields';
import { useLanguage, useWords } from '@/words/language';
import { PlatformPlanPutDocument, type PlatformPlanPutMutation, type PlatformTenantsQuery } from './operations';
import { said } from './platform.words';

type Plan = PlatformTenantsQuery['plans'][number];
const put = (d: PlatformPlanPutMutation) => d.planPut;
const numbers = ['villages', 'storageMegabytes', 'requests', 'days'] as const;
const text = (n: number | null | undefined) => (n == null ? '' : String(n));

/** Plans and their limits. */
export function Plans({ plans, write, done }: { plans: PlatformTenantsQuery['plans']; write: boolean; done: () => void }) {
  const w = useWords(said);
  const { language } = useLanguage();
  const [edited, setEdited] = useState<Plan | 'new' | null>(null);
  const label = { villages: w.villages, storageMegabytes: w.storage, requests: w.requests, days: w.days };
  return (
    <section>
      <Typography.Title level={2}>{w.plans}</Typography.Title>
      {plans.length === 0 ? <p>{w.noPlans}</p> : <div className="scroll"><table className="table">
        <thead><tr><th scope="col">{w.plan}</th>{numbers.map((n) => <th key={n} scope="col" className="number">{label[n]}</th>)}{write && <th scope="col">{w.acts}</th>}</tr></thead>
        <tbody>{plans.map((p) => (
          <tr key={p.key}>
            <th scope="row">{language === 'en' && p.nameEn ? p.nameEn : p.name} <small className="faint">{p.key}</small></th>{numbers.map((n) => <td key={n} className="number">{p[n] ?? w.unlimited}</td>)}
            {write && <td><Button size="small" aria-label={`${w.changePlan}：${p.name}`} onClick={() => setEdited(p)}>{w.changePlan}</Button></td>}
          </tr>
        ))}</tbody>
      </table></div>}
      {write && <p><Button onClick={() => setEdited('new')}>{w.newPlan}</Button></p>}
      {edited && <PlanForm key={edited === 'new' ? 'new' : edited.key} plan={edited === 'new' ? null : edited} label={label} close={() => setEdited(null)} done={done} />}
    </section>
  );
}

function PlanForm({ plan, label, close, done }: { plan: Plan | null; label: Record<typeof numbers[number], string>; close: () => void; done: () => void }) {
  const w = useWords(said);
  const act = useAct(PlatformPlanPutDocument, put);
  const [typed, setTyped] = useState({ key: plan?.key ?? '', name: plan?.name ?? '', nameEn: plan?.nameEn ?? '', villages: text(plan?.villages), storageMegabytes: text(plan?.storageMegabytes), requests: text(plan?.requests), days: text(plan?.days) });
  const field = (key: keyof typeof typed) => ({ value: typed[key], onChange: (e: { target: { value: string } }) => setTyped({ ...typed, [key]: e.target.value }) });
  const submit = async () => {
    const limits = Object.fromEntries(numbers.filter((n) => typed[n].trim() !== '').map((n) => [n, Number(typed[n])]));
    const answer = await act.run({ input: { key: typed.key.trim(), name: typed.name, ...(typed.nameEn ? { nameEn: typed.nameEn } : {}), ...limits } });
    if (answer) done();
    return answer !== null;
  };
  return (
    <Asking title={plan ? `${w.changePlan}：${plan.name}` : w.newPlan} open close={close} act={act} submit={submit} button={w.put}>
      {plan ? <p className="field wide">{w.keyKept}</p> : <Field label={w.key} hint={w.keyHint}><Input required {...field('key')} /></Field>}
      <Field label={w.zh}><Input required {...field('name')} /></Field><Field label={w.en}><Input {...field('nameEn')} /></Field>
      {numbers.map((n) => <Field key={n} label={label[n]} hint={w.none}><Input inputMode="numeric" pattern="\d*" {...field(n)} /></Field>)}
    </Asking>
  );
}
