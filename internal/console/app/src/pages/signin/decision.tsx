import { Alert, Button } from 'antd';
import { useState } from 'react';
import { Field } from '@/parts/fields';
import { ProblemNote } from '@/parts/problem';
import { useWords } from '@/words/language';
import { RefusedError } from '@/api/problem';
import { rest } from '@/api/rest';
import { said } from './apply.words';

interface State { state: 'waiting' | 'approved' | 'refused'; unitName: string; login: string; reason?: string }

/** How far an application is, for whoever has its receipt. */
export function Decision() {
  const w = useWords(said);
  const [receipt, setReceipt] = useState('');
  const [found, setFound] = useState<State | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const look = async () => {
    setRefused(null);
    setFound(null);
    try {
      setFound(await rest<State>('POST', '/signup/state', { receipt: receipt.trim() }));
    } catch (e) {
      setRefused(e instanceof RefusedError ? e.message : '');
    }
  };
  return (
    <form className="card step no-print" onSubmit={(e) => { e.preventDefault(); void look(); }}>
      <h2>{w.look}</h2>
      <Field label={w.receipt} hint={w.lookAbout}><input className="plain-input" required autoComplete="off" value={receipt} onChange={(e) => setReceipt(e.target.value)} /></Field>
      {refused === '' && <ProblemNote problem={{ kind: 'offline', code: 'OFFLINE', message: '', requestId: '' }} />}
      {refused && <Alert role="alert" type="error" showIcon title={refused} />}
      {found && <Alert role="status" showIcon type={found.state === 'approved' ? 'success' : found.state === 'refused' ? 'warning' : 'info'}
        title={found.state === 'approved' ? w.states.approved(found.unitName, found.login) : found.state === 'refused' ? w.states.refused(found.unitName, found.reason ?? '') : w.states.waiting(found.unitName)} />}
      <Button htmlType="submit">{w.look}</Button>
    </form>
  );
}
