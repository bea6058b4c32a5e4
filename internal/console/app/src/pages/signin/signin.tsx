import { Alert, Flex } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { rest } from '@/api/rest';
import { useSession } from '@/api/session';
import { wasIn } from '@/parts/device';
import { common } from '@/words/common';
import { Waiting } from '@/shell/waiting';
import { useLanguage, useWords } from '@/words/language';
import { PasswordStep } from './password';
import { said } from './words';

/** What a step of a sign-in answers: the next step, or that one is in. */
export interface Answer { step?: 'code' | 'enrol' | 'renew' }

// What few people meet is not part of everybody's first load.
const Apply = lazy(() => import('./apply'));
const CodeStep = lazy(() => import('./code'));
const EnrolStep = lazy(() => import('./enrol'));
const RenewStep = lazy(() => import('./renew'));

interface Issuer { key: string; zh: string; en: string }

/** Where somebody goes after signing in: only places of the console. */
export function destination(next: string | null): string {
  return next?.startsWith('/') && !next.startsWith('//') ? next : '/';
}

export default function SignIn() {
  const w = useWords(said);
  const c = useWords(common);
  const { language, speak } = useLanguage();
  const { restart } = useSession();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const applying = search.has('apply');
  const turn = (apply: boolean) => setSearch((at) => { if (apply) at.set('apply', '1'); else at.delete('apply'); return at; });
  const [step, setStep] = useState<Answer['step'] | 'password'>('password');
  const [issuers, setIssuers] = useState<Issuer[]>([]);
  const [ended] = useState(wasIn);
  const next = destination(search.get('next'));
  useEffect(() => { document.title = `${w.title} · ${c.product}`; }, [w, c]);
  useEffect(() => {
    rest<{ issuers?: Issuer[] }>('GET', '/auth/issuers').then((a) => setIssuers(a.issuers ?? []), () => undefined); // without a list there is the password
  }, []);
  const went = (answer: Answer) => {
    if (answer.step) { setStep(answer.step); return; }
    restart();
    void navigate(next, { replace: true });
  };
  return (
    <main className="alone">
      <header>
        <h1 className="brand">{c.product}</h1>
        <p className="faint">{w.about}</p>
      </header>
      {ended && !applying && step === 'password' && <Alert role="status" type="info" showIcon title={w.ended(ended)} description={w.endedAbout} />}
      {applying ? <Suspense fallback={<Waiting />}><Apply back={() => turn(false)} /></Suspense> : <div className="card">
        <Suspense fallback={<Waiting />}>
          {step === 'password' && <PasswordStep went={went} />}
          {step === 'code' && <CodeStep went={went} />}
          {step === 'enrol' && <EnrolStep went={went} />}
          {step === 'renew' && <RenewStep went={went} />}
        </Suspense>
      </div>}
      {!applying && step === 'password' && issuers.length > 0 && (
        <section aria-label={w.other}>
          {issuers.map((i) => <p key={i.key}><a href={`/auth/oidc/${encodeURIComponent(i.key)}/start?next=${encodeURIComponent('/console' + next)}`}>{language === 'en' ? i.en : i.zh}</a></p>)}
        </section>
      )}
      <Flex justify="space-between" align="center" gap="small">
        {applying ? <span /> : <small className="faint">{w.join} <button type="button" className="plain-button" onClick={() => turn(true)}>{w.register}</button></small>}
        <button type="button" className="plain-button" lang={language === 'en' ? 'zh-Hans' : 'en'} onClick={() => speak(language === 'en' ? 'zh-Hans' : 'en')}>{language === 'en' ? '中文' : 'English'}</button>
      </Flex>
    </main>
  );
}
