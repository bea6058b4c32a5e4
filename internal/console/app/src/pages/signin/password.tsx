import Input from 'antd/es/input/Input'; // the field alone: with its kin of many lines it weighs as much as this page
import { useState } from 'react';
import { useWords } from '@/words/language';
import { said } from './words';
import type { Answer } from './signin';
import { StepForm, useStep } from './step';

export function PasswordStep({ went }: { went: (answer: Answer) => void }) {
  const w = useWords(said);
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const { send, running, refused } = useStep('/auth/login', went);
  return (
    <StepForm title={w.title} submit={() => void send({ login: login.trim(), password })} running={running} refused={refused}>
      <label>{w.login}<Input name="login" size="large" autoComplete="username" autoCapitalize="none" required autoFocus value={login} onChange={(e) => setLogin(e.target.value)} /></label>
      <label>{w.password}<Input name="password" type="password" size="large" autoComplete="current-password" required value={password} onChange={(e) => setPassword(e.target.value)} /></label>
    </StepForm>
  );
}
