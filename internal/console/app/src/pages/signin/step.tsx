import { Alert, Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { RefusedError } from '@/api/problem';
import { rest } from '@/api/rest';
import { ProblemNote } from '@/parts/problem';
import { useWords } from '@/words/language';
import { said } from './words';
import type { Answer } from './signin';

/** Sends one step's answer and keeps why it was refused. */
export function useStep(path: string, went: (answer: Answer) => void) {
  const [refused, setRefused] = useState<string | null>(null);
  const [running, setRunning] = useState(false);
  const send = async (body: unknown) => {
    setRunning(true);
    setRefused(null);
    try {
      went(await rest<Answer | undefined>('POST', path, body) ?? {});
    } catch (e) {
      setRefused(e instanceof RefusedError ? e.all.map((x) => x.message).join('\n') || e.message : '');
    } finally {
      setRunning(false);
    }
  };
  return { send, running, refused };
}

/** A form of one step: fields, why it was refused, the button. */
export function StepForm({ title, about, submit, running, refused, children }: {
  title: string; about?: string; submit: () => void; running: boolean; refused: string | null; children: ReactNode;
}) {
  const w = useWords(said);
  return (
    <form className="step" onSubmit={(e) => { e.preventDefault(); submit(); }}>
      <h2>{title}</h2>
      {about && <p>{about}</p>}
      {refused === '' && <ProblemNote problem={{ kind: 'offline', code: '', message: '', requestId: '' }} />}
      {refused && <Alert role="alert" type="error" showIcon title={refused} />}
      {children}
      <Button type="primary" htmlType="submit" loading={running} block size="large">{title === w.title ? w.enter : w.goOn}</Button>
    </form>
  );
}
