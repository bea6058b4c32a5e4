import { Button, Input, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { ActButton } from '@/parts/actbutton';
import { Asking } from '@/parts/asking';
import { Field } from '@/parts/fields';
import { Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import '@/shell/tables.css';
import { PlatformSignupDecideDocument, PlatformSignupsDocument, type PlatformSignupDecideMutation, type PlatformSignupsQuery } from './operations';
import { said } from './platform.words';

type Signup = PlatformSignupsQuery['signups'][number];
const decided = (d: PlatformSignupDecideMutation) => d.signupDecide;

/** Townships that applied to be opened. */
export function Signups() {
  const w = useWords(said);
  const moment = useMoment();
  const { may } = useSession();
  const [{ data, error }, reread] = useQuery({ query: PlatformSignupsDocument });
  const again = () => reread({ requestPolicy: 'network-only' });
  const [approving, setApproving] = useState<Signup | null>(null);
  return (
    <section>
      <Typography.Title level={2}>{w.signups}</Typography.Title>
      <Read data={data} error={error} again={again}>{({ signups }) => signups.length === 0 ? <p>{w.noSignups}</p> : <div className="cards">{signups.map((s) => (
        <article key={s.id} className="card">
          <h3 className="card-title">{s.unit.shownName} <Tag color={s.state === 'WAITING' ? 'orange' : 'default'}>{w.states[s.state]}</Tag></h3>
          <p className="faint">{w.applicant} {s.applicant}，{s.office}，{s.phone}，{moment(s.submittedOn)}</p>
          {s.note && <p>{s.note}</p>}{s.unitTaken && <p role="alert">{w.taken}</p>}{s.reason && <p>{s.reason}</p>}
          {s.state === 'WAITING' && may('signup:decide') && <div className="row-acts">
            <Button size="small" type="primary" aria-label={`${w.approve}：${s.unit.shownName}`} onClick={() => setApproving(s)}>{w.approve}</Button>
            <ActButton label={w.refuse} named={s.unit.shownName} reason danger document={PlatformSignupDecideDocument} payload={decided} input={(reason) => ({ input: { signup: s.id, approve: false, reason } })} done={again} />
          </div>}
        </article>
      ))}</div>}</Read>
      {approving && <Approve key={approving.id} signup={approving} close={() => setApproving(null)} done={again} />}
    </section>
  );
}

function Approve({ signup, close, done }: { signup: Signup; close: () => void; done: () => void }) {
  const w = useWords(said);
  const act = useAct(PlatformSignupDecideDocument, decided);
  const [login, setLogin] = useState('');
  const submit = async () => {
    const answer = await act.run({ input: { signup: signup.id, approve: true, ...(login.trim() ? { login: login.trim() } : {}) } });
    if (answer) done();
    return answer !== null;
  };
  return (
    <Asking title={`${w.approve}：${signup.unit.shownName}`} open close={close} act={act} submit={submit} button={w.approve}>
      <Field label={w.login} hint={`${w.loginHint}（${signup.login}）`}><Input autoComplete="off" value={login} onChange={(e) => setLogin(e.target.value)} /></Field>
    </Asking>
  );
}
