import { Alert, Button, Input, Typography } from 'antd';
import { useState } from 'react';
import { Field } from '@/parts/fields';
import { ProblemNote } from '@/parts/problem';
import { useWords } from '@/words/language';
import { useAsked, useSent } from './asked';
import { said } from './words';

interface Rules { secondFactor: boolean; idleMinutes: number; absoluteMinutes: number; passwordLeast: number; passwordDays: number; passwordRemembered: number }
const numbers = [['idleMinutes', 'idle'], ['absoluteMinutes', 'absolute'], ['passwordLeast', 'least'], ['passwordDays', 'days'], ['passwordRemembered', 'remembered']] as const;

const rulesOf = (value: unknown) => value as { own: Rules; holds: Rules };

/** How people of this tenant have to sign in. */
export function Policy() {
  const w = useWords(said);
  const { data, problem, again } = useAsked('/auth/policy', rulesOf);
  return (
    <section className="card">
      <Typography.Title level={2}>{w.policy}</Typography.Title>
      <ProblemNote problem={problem} retry={again} />
      {data && <Form own={data.own} holds={data.holds} again={again} />}
    </section>
  );
}

function Form({ own, holds, again }: { own: Rules; holds: Rules; again: () => void }) {
  const w = useWords(said);
  const { running, problem, send } = useSent();
  const [rules, setRules] = useState(own);
  const [done, setDone] = useState(false);
  const submit = async () => { setDone(await send('PUT', '/auth/policy', rules, again)); };
  return (
    <form onSubmit={(e) => { e.preventDefault(); void submit(); }}>
      <p><label className="check"><input type="checkbox" checked={rules.secondFactor} onChange={(e) => setRules({ ...rules, secondFactor: e.target.checked })} />{w.second}</label></p>
      <div className="fields">{numbers.map(([key, word]) => (
        <Field key={key} label={w[word]} hint={`${w.zero} ${holds[key]}`}><Input inputMode="numeric" required pattern="\d+" value={String(rules[key])} onChange={(e) => setRules({ ...rules, [key]: Number(e.target.value.replace(/\D/g, '')) })} /></Field>
      ))}</div>
      <ProblemNote problem={problem} />
      {done && <Alert role="status" type="success" showIcon title={w.saved} />}
      <p><Button htmlType="submit" loading={running}>{w.save}</Button></p>
    </form>
  );
}
