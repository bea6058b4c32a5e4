import { Alert, Button, Input, Typography } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useMe, useSession } from '@/api/session';
import { Field } from '@/parts/fields';
import { Page } from '@/parts/page';
import { ProblemNote } from '@/parts/problem';
import { useWords } from '@/words/language';
import { useSent } from './asked';
import { Factor } from './factor';
import { Links } from './links';
import { Policy } from './policy';
import { Sessions } from './sessions';
import { said } from './words';

/** The own account: password, second factor, sessions. */
export default function Own() {
  const w = useWords(said);
  const me = useMe();
  const { may } = useSession();
  return (
    <Page title={w.title} about={`${w.login} ${me.login ?? ''}。${w.about}`} actions={<>{may('token:write') && <Link to="/admin/tokens">{w.tokens}</Link>}<Link to="/elsewhere">{w.elsewhere}</Link></>}>
      <Password />
      <Factor />
      <Links />
      <Sessions />
      {may('grant:write') && <Policy />}
    </Page>
  );
}

function Password() {
  const w = useWords(said);
  const { running, problem, send } = useSent();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [done, setDone] = useState(false);
  const differ = again !== '' && next !== again;
  const submit = async () => {
    if (next !== again) return;
    const went = await send('POST', '/auth/password', { current, new: next });
    setDone(went);
    if (went) { setCurrent(''); setNext(''); setAgain(''); }
  };
  return (
    <section className="card">
      <Typography.Title level={2}>{w.password}</Typography.Title>
      <form onSubmit={(e) => { e.preventDefault(); void submit(); }}>
        <div className="fields">
          <Field label={w.current}><Input.Password required autoComplete="current-password" value={current} onChange={(e) => setCurrent(e.target.value)} /></Field>
          <Field label={w.next}><Input.Password required autoComplete="new-password" value={next} onChange={(e) => setNext(e.target.value)} /></Field>
          <Field label={w.again}><Input.Password required autoComplete="new-password" value={again} onChange={(e) => setAgain(e.target.value)} /></Field>
        </div>
        {differ && <Alert role="alert" type="error" showIcon title={w.differ} />}
        <ProblemNote problem={problem} />
        {done && <Alert role="status" type="success" showIcon title={w.changed} />}
        <p><Button htmlType="submit" loading={running} disabled={differ}>{w.change}</Button></p>
      </form>
    </section>
  );
}
