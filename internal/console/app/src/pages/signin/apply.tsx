import { Alert, Button, Flex } from 'antd';
import { useCallback, useState } from 'react';
import { RefusedError, type Problem } from '@/api/problem';
import { rest } from '@/api/rest';
import { Field } from '@/parts/fields';
import { ProblemNote } from '@/parts/problem';
import { useWords } from '@/words/language';
import { said } from './apply.words';
import '@/parts/fields.css';
import './signin.css';
import { Decision } from './decision';
import { PickUnit } from './units';

const lostNow: Problem = { kind: 'offline', code: 'OFFLINE', message: '', requestId: '' };
const empty = { applicant: '', office: '', phone: '', login: '', password: '', note: '' };

/** A unit asks to be opened; the receipt tells the decision later. */
export default function Apply({ back }: { back: () => void }) {
  const w = useWords(said);
  const [unit, setUnit] = useState('');
  const [typed, setTyped] = useState(empty);
  const [refused, setRefused] = useState<string[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [receipt, setReceipt] = useState('');
  const [running, setRunning] = useState(false);
  const lost = useCallback(() => setProblem(lostNow), []);
  const send = async () => {
    setRefused(unit === '' ? [w.unitMissing] : []);
    setProblem(null);
    if (unit === '') return;
    setRunning(true);
    try {
      setReceipt((await rest<{ receipt: string }>('POST', '/signup', { ...typed, unitCode: unit })).receipt);
    } catch (e) {
      if (e instanceof RefusedError) setRefused(e.all.map((x) => x.message)); else lost();
    } finally {
      setRunning(false);
    }
  };
  const line = (key: keyof typeof empty, label: string, more: { hint?: string; type?: string; complete?: string; optional?: boolean } = {}) => (
    <Field label={label} {...(more.hint ? { hint: more.hint } : {})}>
      <input className="plain-input" type={more.type ?? 'text'} autoComplete={more.complete ?? 'off'} autoCapitalize="none" required={more.optional !== true} value={typed[key]} onChange={(e) => setTyped({ ...typed, [key]: e.target.value })} />
    </Field>
  );
  return (
    <>
      <div className="card">
        {receipt !== '' ? (
          <div className="step">
            <h2>{w.receipt}</h2>
            <p role="status">{w.sent}</p>
            <p><code className="receipt">{receipt}</code></p>
            <Button className="no-print" onClick={() => window.print()}>{w.print}</Button>
          </div>
        ) : (
          <form className="step" onSubmit={(e) => { e.preventDefault(); void send(); }}>
            <h2>{w.title}</h2>
            <p>{w.about}</p>
            <PickUnit chosen={unit} choose={setUnit} lost={lost} />
            {line('applicant', w.applicant, { complete: 'name' })}
            {line('office', w.office, { complete: 'organization-title' })}
            {line('phone', w.phone, { type: 'tel', complete: 'tel' })}
            {line('login', w.login, { hint: w.loginHint, complete: 'username' })}
            {line('password', w.password, { hint: w.passwordHint, type: 'password', complete: 'new-password' })}
            {line('note', w.note, { optional: true })}
            {refused.length > 0 && <Alert role="alert" type="error" showIcon title={<ul className="plain">{refused.map((m, i) => <li key={i}>{m}</li>)}</ul>} />}
            <ProblemNote problem={problem} />
            <Button type="primary" htmlType="submit" loading={running} block size="large">{w.send}</Button>
          </form>
        )}
      </div>
      <Decision />
      <Flex className="no-print"><button type="button" className="plain-button" onClick={back}>‹ {w.back}</button></Flex>
    </>
  );
}
