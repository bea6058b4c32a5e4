import { Input } from 'antd';
import { useState } from 'react';
import { useWords } from '@/words/language';
import { said } from './words';
import type { Answer } from './signin';
import { StepForm, useStep } from './step';

export default function RenewStep({ went }: { went: (answer: Answer) => void }) {
  const w = useWords(said);
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const { send, running, refused } = useStep('/auth/login/renew', went);
  const differ = second !== '' && first !== second;
  return (
    <StepForm title={w.renew} about={w.renewAbout} submit={() => { if (first === second) void send({ new: first }); }} running={running} refused={differ ? w.differ : refused}>
      <label>{w.renew}<Input type="password" name="new" size="large" autoComplete="new-password" required autoFocus value={first} onChange={(e) => setFirst(e.target.value)} /></label>
      <label>{w.again}<Input type="password" name="again" size="large" autoComplete="new-password" required value={second} onChange={(e) => setSecond(e.target.value)} /></label>
    </StepForm>
  );
}
