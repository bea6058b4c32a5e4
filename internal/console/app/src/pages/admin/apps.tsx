import { Button, Input, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { ActButton } from '@/parts/actbutton';
import { Asking } from '@/parts/asking';
import { Field } from '@/parts/fields';
import { Nothing, Read } from '@/parts/page';
import { Secret } from '@/parts/secret';
import { useMoment } from '@/parts/time';
import { useWords, words } from '@/words/language';
import { AdminPage } from './frame';
import {
  AdminAppConsentDocument, AdminAppEndDocument, AdminAppRegisterDocument, AdminAppRotateDocument, AdminAppsDocument, AdminAppWithdrawDocument,
  type AdminAppConsentMutation, type AdminAppEndMutation, type AdminAppRegisterMutation, type AdminAppRotateMutation, type AdminAppsQuery, type AdminAppWithdrawMutation,
} from './operations';

const said = words({
  about: '第三方看板等应用：登记一次，经各单位同意后只读公布的数据。', apps: '可用应用', none: '还没有可用的应用。', consents: '本单位的同意', noConsents: '本单位没有同意任何应用读取数据。', register: '登记应用', name: '名称', maker: '运营单位', contact: '联系方式', purpose: '用途', origins: '网页来源（每行一个，可留空）', scopes: '申请权限（每行一个，可留空）', sandbox: '沙箱', own: '本单位登记', ended: '已停用', readers: (n: number) => `${n} 个单位可读`,
  rotate: '更换密钥', rotateAbout: '旧密钥立即失效。', end: '停用', endAbout: '停用后所有单位的同意一并失效。', secret: '应用密钥', consent: '同意读取', days: '有效天数', withdraw: '撤回同意', until: (m: string) => `有效期至 ${m}`, withdrawn: '已撤回', consentAbout: '该应用将可按所列权限读取本单位公布的数据，可随时撤回。',
}, {
  about: 'Dashboards of others: registered once, they read what is published where the tenant consented.', apps: 'Apps', none: 'No apps yet.', consents: 'Consents of this tenant', noConsents: 'No app reads this tenant.', register: 'Register an app', name: 'Name', maker: 'Run by', contact: 'Contact', purpose: 'Purpose', origins: 'Web origins (one a line, may be empty)', scopes: 'Permissions (one a line, may be empty)', sandbox: 'sandbox', own: 'registered here', ended: 'ended', readers: (n: number) => `reads ${n} tenants`,
  rotate: 'New secret', rotateAbout: 'The old one stops working at once.', end: 'End', endAbout: 'All consents end with it.', secret: 'Secret of the app', consent: 'Consent', days: 'Days', withdraw: 'Withdraw', until: (m: string) => `until ${m}`, withdrawn: 'withdrawn', consentAbout: 'The app may then read what this tenant publishes; you can withdraw at any time.',
});

const ended = (d: AdminAppEndMutation) => d.appEnd;
const rotated = (d: AdminAppRotateMutation) => d.appRotate;
const withdrawn = (d: AdminAppWithdrawMutation) => d.appWithdraw;
const consented = (d: AdminAppConsentMutation) => d.appConsent;
const registered = (d: AdminAppRegisterMutation) => d.appRegister;

export default function Apps() {
  const w = useWords(said);
  const moment = useMoment();
  const { may } = useSession();
  const [{ data, error }, reread] = useQuery({ query: AdminAppsDocument });
  const again = () => reread({ requestPolicy: 'network-only' });
  const [secret, setSecret] = useState('');
  const [registering, setRegistering] = useState(false);
  const [asked, setAsked] = useState<AdminAppsQuery['apps'][number] | null>(null);
  return (
    <AdminPage at="apps" about={w.about} actions={may('app:write') && <Button type="primary" onClick={() => setRegistering(true)}>{w.register}</Button>}>
      {secret && <Secret label={w.secret} value={secret} close={() => setSecret('')} />}
      <Read data={data} error={error} again={again}>{(d) => <>
        <Typography.Title level={2}>{w.consents}</Typography.Title>
        {d.appConsents.length === 0 && <p>{w.noConsents}</p>}
        <div className="cards">{d.appConsents.map((c) => (
          <article key={c.id} className="card">
            <h3 className="card-title">{c.appName}</h3><p className="faint">{c.appMaker} · {c.scopes.join('、')}</p>
            <p>{c.withdrawnAt ? `${w.withdrawn} ${moment(c.withdrawnAt)} ${c.reason}` : w.until(moment(c.until))}</p>
            {c.live && may('app:consent') && <ActButton label={w.withdraw} named={c.appName} reason danger document={AdminAppWithdrawDocument} payload={withdrawn} input={(reason) => ({ input: { consent: c.id, reason } })} done={again} />}
          </article>
        ))}</div>
        <Typography.Title level={2}>{w.apps}</Typography.Title>
        {d.apps.length === 0 && <Nothing>{w.none}</Nothing>}
        <div className="cards">{d.apps.map((a) => (
          <article key={a.id} className="card">
            <h3 className="card-title">{a.name} {a.sandbox && <Tag>{w.sandbox}</Tag>}{a.own && <Tag>{w.own}</Tag>}{a.endedAt && <Tag>{w.ended}</Tag>}</h3>
            <p className="faint">{a.maker} · {a.contact}</p><p>{a.purpose}</p><p className="faint">{a.scopes.join('、')} {a.origins.join(' ')} {a.readers != null && w.readers(a.readers)}</p>
            {!a.endedAt && <div className="row-acts">
              {may('app:consent') && !d.appConsents.some((c) => c.appId === a.id && c.live) && <Button size="small" aria-label={`${w.consent}：${a.name}`} onClick={() => setAsked(a)}>{w.consent}</Button>}
              {a.own && may('app:write') && <>
                <ActButton label={w.rotate} named={a.name} about={w.rotateAbout} document={AdminAppRotateDocument} payload={rotated} input={() => ({ input: { app: a.id } })} done={(p) => { setSecret(p.secret ?? ''); again(); }} />
                <ActButton label={w.end} named={a.name} about={w.endAbout} danger document={AdminAppEndDocument} payload={ended} input={() => ({ input: { app: a.id } })} done={again} />
              </>}
            </div>}
          </article>
        ))}</div>
      </>}</Read>
      {asked && <Consent app={asked} close={() => setAsked(null)} done={again} />}
      <Register open={registering} close={() => setRegistering(false)} done={(made) => { setSecret(made); again(); }} />
    </AdminPage>
  );
}

function Consent({ app, close, done }: { app: { id: string; name: string; scopes: string[] }; close: () => void; done: () => void }) {
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
      <p className="field wide">{w.consentAbout} {app.scopes.join('、')}</p>
      <Field label={w.days}><Input required inputMode="numeric" value={days} onChange={(e) => setDays(e.target.value)} /></Field>
    </Asking>
  );
}

const lines = (text: string) => text.split(/\s+/).filter(Boolean);

function Register({ open, close, done }: { open: boolean; close: () => void; done: (secret: string) => void }) {
  const w = useWords(said);
  const act = useAct(AdminAppRegisterDocument, registered);
  const [typed, setTyped] = useState({ name: '', maker: '', contact: '', purpose: '', origins: '', scopes: '' });
  const field = (key: keyof typeof typed) => ({ value: typed[key], onChange: (e: { target: { value: string } }) => setTyped({ ...typed, [key]: e.target.value }) });
  const submit = async () => {
    const scopes = lines(typed.scopes);
    const answer = await act.run({ input: { name: typed.name, maker: typed.maker, contact: typed.contact, purpose: typed.purpose, origins: lines(typed.origins), ...(scopes.length > 0 ? { scopes } : {}) } });
    if (answer?.secret) done(answer.secret);
    return answer !== null;
  };
  return (
    <Asking title={w.register} open={open} close={close} act={act} submit={submit} button={w.register}>
      <Field label={w.name}><Input required {...field('name')} /></Field><Field label={w.maker}><Input required {...field('maker')} /></Field><Field label={w.contact}><Input required {...field('contact')} /></Field>
      <Field label={w.purpose} wide><Input.TextArea required rows={2} {...field('purpose')} /></Field>
      <Field label={w.origins} wide><Input.TextArea rows={2} {...field('origins')} /></Field><Field label={w.scopes} wide><Input.TextArea rows={2} {...field('scopes')} /></Field>
    </Asking>
  );
}
