import { Button, Input, Typography } from 'antd';
import { useState } from 'react';
import { Field } from '@/parts/fields';
import { ProblemNote } from '@/parts/problem';
import { useMoment } from '@/parts/time';
import { useLanguage, useWords } from '@/words/language';
import { useAsked, useSent } from './asked';
import { said } from './words';

interface Issuer { key: string; zh: string; en: string }
interface Linked { id: string; key: string; createdAt: string }

const issuersOf = (value: unknown) => (value as { issuers: Issuer[] }).issuers;
const linksOf = (value: unknown) => (value as { links: Linked[] }).links;

/** Identities of elsewhere by which one signs in, too; nothing where the service knows none. */
export function Links() {
  const issuers = useAsked('/auth/issuers', issuersOf);
  return issuers.data && issuers.data.length > 0 ? <Linking issuers={issuers.data} /> : null;
}

function Linking({ issuers }: { issuers: readonly Issuer[] }) {
  const w = useWords(said);
  const moment = useMoment();
  const { language } = useLanguage();
  const { data, problem, again } = useAsked('/auth/links', linksOf);
  const act = useSent();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const proof = { password, code: code.trim() };
  const name = (i: Issuer) => (language === 'en' ? i.en : i.zh);
  const link = (i: Issuer) => void act.send('POST', `/auth/oidc/${encodeURIComponent(i.key)}/link`, { ...proof, next: '/console/own' }, (answer) => location.assign((answer as { location: string }).location));
  return (
    <section className="card">
      <Typography.Title level={2}>{w.links}</Typography.Title>
      <p className="faint">{w.linksAbout}</p>
      <ProblemNote problem={problem} retry={again} />
      <div className="fields">
        <Field label={w.current} hint={w.proof}><Input.Password autoComplete="current-password" value={password} onChange={(e) => setPassword(e.target.value)} /></Field>
        <Field label={w.code} hint={w.codeHint}><Input autoComplete="one-time-code" value={code} onChange={(e) => setCode(e.target.value)} /></Field>
      </div>
      <ProblemNote problem={act.problem} />
      <ul className="plain">{issuers.map((i) => {
        const linked = data?.find((l) => l.key === i.key);
        return (
          <li key={i.key}>{name(i)} {linked ? <>{w.linkedAt(moment(linked.createdAt))} <Button size="small" danger loading={act.running} aria-label={`${w.unlink}：${name(i)}`} onClick={() => void act.send('POST', `/auth/links/${linked.id}/remove`, proof, again)}>{w.unlink}</Button></>
            : <Button size="small" loading={act.running} onClick={() => link(i)}>{w.link(name(i))}</Button>}</li>
        );
      })}</ul>
    </section>
  );
}
