import { Alert, Button, Flex } from 'antd';
import { useState } from 'react';
import type { DocumentInput } from 'urql';
import { useAct } from '@/api/act';
import type { UserError } from '@/api/problem';
import { ProblemNote, UserErrors } from '@/parts/problem';
import { useWords } from '@/words/language';
import { said as overview } from './overview.words';
import { said } from './words';

interface Answer { warnings: { message: string }[]; userErrors: UserError[] }

/** One step of a round: what it does, its button, why it was refused or what to note. */
export function StepButton<D extends Record<string, unknown>, V extends Record<string, unknown>>({ document, payload, variables, about, button, done, quiet, danger, disabled, said: afterwards, known }: {
  document: DocumentInput<D, V>; payload: (data: D) => Answer; variables: V; about: string; button: string; done: () => void;
  quiet?: boolean; danger?: boolean; disabled?: boolean; said?: string;
  /** What stands above the button as blocking the step already. */ known?: readonly { message: string }[];
}) {
  const w = useWords(overview);
  const act = useAct(document, payload);
  const [after, setAfter] = useState<string[] | null>(null);
  const take = async () => {
    setAfter(null);
    const answer = await act.run(variables);
    if (!answer) return;
    setAfter([...(afterwards ? [afterwards] : []), ...answer.warnings.map((x) => x.message)]);
    done();
  };
  return (
    <Flex vertical gap="small" align="start">
      <span>{about}</span>
      {act.errors.length > 1 && act.errors.every((e) => known?.some((k) => k.message === e.message)) ? <Alert role="alert" type="error" showIcon title={w.refusedFor(act.errors.length)} /> : <Refused errors={act.errors} look={done} />}
      <ProblemNote problem={act.problem} />
      {after && after.length > 0 && <Alert role="status" type="info" showIcon title={<>{w.warned}<ul className="plain">{after.map((m, i) => <li key={i}>{m}</li>)}</ul></>} />}
      <Button type={quiet ? 'default' : 'primary'} danger={danger === true} disabled={disabled === true} loading={act.running} onClick={() => void take()}>{button}</Button>
    </Flex>
  );
}

/** Why a step was refused; when somebody was faster, how to see the new state. */
export function Refused({ errors, look }: { errors: UserError[]; look: () => void }) {
  const w = useWords(said);
  if (errors.some((e) => e.code === 'STALE_REVISION')) {
    return <Alert role="alert" type="warning" showIcon title={w.stale} action={<Button size="small" onClick={look}>{w.look}</Button>} />;
  }
  return <UserErrors errors={errors} />;
}
