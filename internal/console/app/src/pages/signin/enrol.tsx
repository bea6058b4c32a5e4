import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import { rest } from '@/api/rest';
import { useWords } from '@/words/language';
import { said } from './words';
import type { Answer } from './signin';
import { StepForm, useStep } from './step';

interface Offer { secret: string; png: string }

/** The second factor is asked for: shown once, proved once, codes for a lost phone. */
export default function EnrolStep({ went }: { went: (answer: Answer) => void }) {
  const w = useWords(said);
  const [offer, setOffer] = useState<Offer | null>(null);
  const [code, setCode] = useState('');
  const [done, setDone] = useState<(Answer & { recoveryCodes?: string[] }) | null>(null);
  const { send, running, refused } = useStep('/auth/login/confirm', (answer) => setDone(answer));
  useEffect(() => {
    rest<Offer>('POST', '/auth/login/enrol', {}).then(setOffer, () => setOffer(null)); // a failed offer shows at the code, which is then refused
  }, []);
  if (done) {
    return (
      <div className="step">
        <h2>{w.recovery}</h2>
        <p>{w.recoveryAbout}</p>
        <ul className="codes">{(done.recoveryCodes ?? []).map((c) => <li key={c}><code>{c}</code></li>)}</ul>
        <Button type="primary" size="large" block onClick={() => went(done)}>{w.kept}</Button>
      </div>
    );
  }
  return (
    <StepForm title={w.code} about={w.enrolAbout} submit={() => void send({ code: code.trim() })} running={running} refused={refused}>
      {offer && <img className="qr" alt="QR" src={offer.png} />}
      {offer && <p className="faint">{w.secret} <code>{offer.secret}</code></p>}
      <label>{w.code}<Input name="code" size="large" autoComplete="one-time-code" required value={code} onChange={(e) => setCode(e.target.value)} /></label>
    </StepForm>
  );
}
