import { Input } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import { Asking } from '@/parts/asking';
import { useDraft } from '@/parts/draft';
import { Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import type { App } from './apps';
import { said } from './apps.words';
import { AdminAppConsentDocument, AdminAppOriginsDocument, AdminAppRegisterDocument, type AdminAppConsentMutation, type AdminAppOriginsMutation, type AdminAppRegisterMutation, type AdminAppsQuery } from './operations';
import { Rights } from './rights';

const consented = (d: AdminAppConsentMutation) => d.appConsent;
const registered = (d: AdminAppRegisterMutation) => d.appRegister;
const opened = (d: AdminAppOriginsMutation) => d.appOriginsSet;
const lines = (text: string) => text.split(/\s+/).filter(Boolean);

export function Consent({ app, reads, close, done }: { app: App; reads: string; close: () => void; done: () => void }) {
  const w = useWords(said);
  const act = useAct(AdminAppConsentDocument, consented);
  const [days, setDays] = useState('365');
  const submit = async () => {
    const answer = await act.run({ input: { app: app.id, days: Number(days) } });
    if (answer) done();
    return answer !== null;
  };
  return (
    <Asking title={`${w.consent}：${app.name}`} open close={close} act={act} submit={submit} button={w.consent}>
      <p className="field wide">{w.consentAbout} {w.reads(reads)}</p>
      <Field label={w.days} hint={w.daysHint}><Input required inputMode="numeric" pattern="\d+" value={days} onChange={(e) => setDays(e.target.value)} /></Field>
    </Asking>
  );
}

/** Which pages may ask for an app from a browser. */
export function Origins({ app, close, done }: { app: App; close: () => void; done: () => void }) {
  const w = useWords(said);
  const act = useAct(AdminAppOriginsDocument, opened);
  const [origins, setOrigins] = useState(app.origins.join('\n'));
  const submit = async () => {
    const answer = await act.run({ input: { app: app.id, origins: lines(origins) } });
    if (answer) done();
    return answer !== null;
  };
  return (
    <Asking title={`${w.changeOrigins}：${app.name}`} open close={close} act={act} submit={submit}>
      <Field label={w.origins} hint={w.originsHint} wide><Input.TextArea rows={3} value={origins} onChange={(e) => setOrigins(e.target.value)} /></Field>
    </Asking>
  );
}

const blank = { name: '', maker: '', contact: '', purpose: '', origins: '', scopes: [] as string[] };

export function Register({ d, open, close, done }: { d: AdminAppsQuery; open: boolean; close: () => void; done: (secret: string) => void }) {
  const w = useWords(said);
  const act = useAct(AdminAppRegisterDocument, registered);
  const { value: typed, set, clear } = useDraft('app.new', blank);
  const field = (key: 'name' | 'maker' | 'contact' | 'purpose' | 'origins') => ({ value: typed[key], onChange: (e: { target: { value: string } }) => set((old) => ({ ...old, [key]: e.target.value })) });
  // What a dashboard reads, as the service's own role for it says.
  const offered = d.roles.find((r) => r.key === 'dashboard')?.permissions ?? [];
  const submit = async () => {
    const { scopes, origins, ...more } = typed;
    const answer = await act.run({ input: { ...more, origins: lines(origins), ...(scopes.length > 0 ? { scopes } : {}) } });
    if (answer?.secret) { clear(); done(answer.secret); }
    return answer !== null;
  };
  return (
    <Asking title={w.register} open={open} close={close} act={act} submit={submit} button={w.register}>
      <Field label={w.name}><Input required {...field('name')} /></Field><Field label={w.maker}><Input required {...field('maker')} /></Field><Field label={w.contact}><Input required {...field('contact')} /></Field>
      <Field label={w.purpose} wide><Input.TextArea required rows={2} {...field('purpose')} /></Field>
      <Field label={w.origins} hint={w.originsHint} wide><Input.TextArea rows={2} {...field('origins')} /></Field>
      {offered.length > 0 && <Rights legend={w.scopes} hint={w.scopesHint} offered={offered} chosen={typed.scopes} toggle={(key, on) => set((old) => ({ ...old, scopes: on ? [...old.scopes, key] : old.scopes.filter((k) => k !== key) }))} />}
    </Asking>
  );
}
