import { Button, Input } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import { ActNotes, Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { PlatformPlanPutDocument, type PlatformPlanPutMutation, type PlatformTenantsQuery } from './operations';
import { said } from './platform.words';

const put = (d: PlatformPlanPutMutation) => d.planPut;
const numbers = ['villages', 'storageMegabytes', 'requests', 'days'] as const;
const blank = { key: '', name: '', nameEn: '', villages: '', storageMegabytes: '', requests: '', days: '' };

/** Plans and their limits; saving under a known key changes that plan. */
export function PlanForm({ plans, write, done }: { plans: PlatformTenantsQuery['plans']; write: boolean; done: () => void }) {
  const w = useWords(said);
  const act = useAct(PlatformPlanPutDocument, put);
  const [typed, setTyped] = useState(blank);
  const label = { villages: w.villages, storageMegabytes: w.storage, requests: w.requests, days: w.days };
  const field = (key: keyof typeof blank) => ({ value: typed[key], onChange: (e: { target: { value: string } }) => setTyped({ ...typed, [key]: e.target.value }) });
  const submit = async () => {
    const limits = Object.fromEntries(numbers.filter((n) => typed[n].trim() !== '').map((n) => [n, Number(typed[n])]));
    if (await act.run({ input: { key: typed.key.trim(), name: typed.name, ...(typed.nameEn ? { nameEn: typed.nameEn } : {}), ...limits } })) { setTyped(blank); done(); }
  };
  return (
    <details className="card"><summary>{w.plans}</summary>
      <div className="scroll"><table className="table">
        <thead><tr><th scope="col">{w.key}</th><th scope="col">{w.zh}</th>{numbers.map((n) => <th key={n} scope="col" className="number">{label[n]}</th>)}</tr></thead>
        <tbody>{plans.map((p) => <tr key={p.key}><th scope="row">{p.key}</th><td>{p.name}</td>{numbers.map((n) => <td key={n} className="number">{p[n] ?? w.unlimited}</td>)}</tr>)}</tbody>
      </table></div>
      {write && <form onSubmit={(e) => { e.preventDefault(); void submit(); }}>
        <div className="fields">
          <Field label={w.key}><Input required {...field('key')} /></Field><Field label={w.zh}><Input required {...field('name')} /></Field><Field label={w.en}><Input {...field('nameEn')} /></Field>
          {numbers.map((n) => <Field key={n} label={label[n]} hint={w.none}><Input inputMode="numeric" pattern="\d*" {...field(n)} /></Field>)}
        </div>
        <ActNotes act={act} />
        <p><Button htmlType="submit" loading={act.running}>{w.put}</Button></p>
      </form>}
    </details>
  );
}
