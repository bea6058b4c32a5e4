import { Input } from 'antd';
import { useState } from 'react';
import { useWords } from '@/words/language';
import { said } from './words';
import type { Answer } from './signin';
import { StepForm, useStep } from './step';

export default function CodeStep({ went }: { went: (answer: Answer) => void }) {
  const w = useWords(said);
  const [code, setCode] = useState('');
  const { send, running, refused } = useStep('/auth/login/code', went);
  return (
    <StepForm title={w.code} about={w.codeAbout} submit={() => void send({ code: code.trim() })} running={running} refused={refused}>
      <label>{w.code}<Input name="code" size="large" autoComplete="one-time-code" required autoFocus value={code} onChange={(e) => setCode(e.target.value)} /></label>
    </StepForm>
  );
}
