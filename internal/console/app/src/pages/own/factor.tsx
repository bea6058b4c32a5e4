import { Button, Input, Tag, Typography } from 'antd';
import { useState } from 'react';
import { Field } from '@/parts/fields';
import { ProblemNote } from '@/parts/problem';
import { useWords } from '@/words/language';
import { useAsked, useSent } from './asked';
import { said } from './words';

interface State { inForce: boolean; required: boolean; recoveryLeft: number }
interface Offer { secret: string; png: string }
interface Codes { recoveryCodes: string[] }

const stateOf = (value: unknown) => value as State;

/** The second factor: set up, proved, renewed, removed. */
export function Factor() {
  const w = useWords(said);
  const state = useAsked('/auth/factor', stateOf);
  const { running, problem, send } = useSent();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [offer, setOffer] = useState<Offer | null>(null);
  const [codes, setCodes] = useState<string[]>([]);
  const went = (answer?: unknown) => { setOffer(null); setCode(''); setPassword(''); setCodes((answer as Codes | undefined)?.recoveryCodes ?? []); state.again(); };
  const f = state.data;
  return (
    <section className="card">
      <Typography.Title level={2}>{w.factor}</Typography.Title>
      <ProblemNote problem={state.problem} retry={state.again} />
      {f && <p><Tag color={f.inForce ? 'green' : 'orange'}>{f.inForce ? w.inForce : w.notInForce}</Tag>{f.required && <Tag>{w.required}</Tag>}{f.inForce && w.left(f.recoveryLeft)}</p>}
      {codes.length > 0 && <div role="status"><p><strong>{w.codes}</strong>：{w.codesAbout}</p><ul className="codes">{codes.map((c) => <li key={c}><code>{c}</code></li>)}</ul></div>}
      {offer && <><p>{w.scan}</p><img className="qr" alt={w.qr} src={offer.png} /><p className="faint">{w.secret} <code>{offer.secret}</code></p></>}
      {f && <div className="fields">
        {!offer && <Field label={w.current} hint={w.proof}><Input.Password autoComplete="current-password" value={password} onChange={(e) => setPassword(e.target.value)} /></Field>}
        {(offer !== null || f.inForce) && <Field label={w.code}><Input autoComplete="one-time-code" value={code} onChange={(e) => setCode(e.target.value)} /></Field>}
      </div>}
      <ProblemNote problem={problem} />
      {f && <p className="row-acts">
        {!f.inForce && !offer && <Button loading={running} onClick={() => void send('POST', '/auth/factor/begin', { password }, (made) => setOffer(made as Offer))}>{w.begin}</Button>}
        {offer && <Button type="primary" loading={running} onClick={() => void send('POST', '/auth/factor/confirm', { code: code.trim() }, went)}>{w.confirm}</Button>}
        {f.inForce && <Button loading={running} onClick={() => void send('POST', '/auth/factor/recovery', { password, code: code.trim() }, went)}>{w.renew}</Button>}
        {f.inForce && !f.required && <Button danger loading={running} onClick={() => void send('POST', '/auth/factor/remove', { password, code: code.trim() }, () => went())}>{w.remove}</Button>}
      </p>}
    </section>
  );
}
