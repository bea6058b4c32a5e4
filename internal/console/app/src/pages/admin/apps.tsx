import { Button, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useSession } from '@/api/session';
import { ActButton } from '@/parts/actbutton';
import { Nothing, Read } from '@/parts/page';
import { Secret } from '@/parts/secret';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import { Consent, Origins, Register } from './appforms';
import { said } from './apps.words';
import { AdminPage } from './frame';
import { AdminAppEndDocument, AdminAppRotateDocument, AdminAppsDocument, AdminAppWithdrawDocument, type AdminAppEndMutation, type AdminAppRotateMutation, type AdminAppsQuery, type AdminAppWithdrawMutation } from './operations';

export type App = AdminAppsQuery['apps'][number];
const ended = (d: AdminAppEndMutation) => d.appEnd;
const rotated = (d: AdminAppRotateMutation) => d.appRotate;
const withdrawn = (d: AdminAppWithdrawMutation) => d.appWithdraw;

export default function Apps() {
  const w = useWords(said);
  const { may } = useSession();
  const [{ data, error }, reread] = useQuery({ query: AdminAppsDocument });
  const again = () => reread({ requestPolicy: 'network-only' });
  const [secret, setSecret] = useState('');
  const [registering, setRegistering] = useState(false);
  const [asked, setAsked] = useState<App | null>(null);
  const [opened, setOpened] = useState<App | null>(null);
  return (
    <AdminPage at="apps" about={w.about} actions={may('app:write') && <Button type="primary" onClick={() => setRegistering(true)}>{w.register}</Button>}>
      {secret && <Secret label={w.secret} value={secret} close={() => setSecret('')} />}
      <Read data={data} error={error} again={again}>{(d) => <>
        <Consents d={d} again={again} />
        <Typography.Title level={2}>{w.apps}</Typography.Title>
        {d.apps.length === 0 && <Nothing>{may('app:write') ? w.noneOwn : w.none}</Nothing>}
        <div className="cards">{d.apps.map((a) => (
          <article key={a.id} className="card">
            <h3 className="card-title">{a.name} {a.sandbox && <Tag>{w.sandbox}</Tag>}{a.own && <Tag>{w.own}</Tag>}{a.endedAt && <Tag>{w.ended}</Tag>}</h3>
            <p className="faint">{a.maker} · {a.contact}</p><p>{a.purpose}</p>
            <p className="faint">{w.reads(scopeWords(d, a.scopes))}。{a.origins.join(' ') || w.noOrigins}。{a.readers != null && w.readers(a.readers)}</p>
            {!a.endedAt && <div className="row-acts">
              {may('app:consent') && !d.appConsents.some((c) => c.appId === a.id && c.live) && <Button size="small" aria-label={`${w.consent}：${a.name}`} onClick={() => setAsked(a)}>{w.consent}</Button>}
              {a.own && may('app:write') && <>
                <Button size="small" aria-label={`${w.changeOrigins}：${a.name}`} onClick={() => setOpened(a)}>{w.changeOrigins}</Button>
                <ActButton label={w.rotate} named={a.name} about={w.rotateAbout} document={AdminAppRotateDocument} payload={rotated} input={() => ({ input: { app: a.id } })} done={(p) => { setSecret(p.secret ?? ''); again(); }} />
                <ActButton label={w.end} named={a.name} about={w.endAbout} danger document={AdminAppEndDocument} payload={ended} input={() => ({ input: { app: a.id } })} done={again} />
              </>}
            </div>}
          </article>
        ))}</div>
        {asked && <Consent app={asked} reads={scopeWords(d, asked.scopes)} close={() => setAsked(null)} done={again} />}
        {opened && <Origins app={opened} close={() => setOpened(null)} done={again} />}
        <Register d={d} open={registering} close={() => setRegistering(false)} done={(made) => { setSecret(made); again(); }} />
      </>}</Read>
    </AdminPage>
  );
}

const scopeWords = (d: AdminAppsQuery, keys: readonly string[]) => keys.map((k) => d.permissions.find((p) => p.permission === k)?.description ?? k).join('、');

function Consents({ d, again }: { d: AdminAppsQuery; again: () => void }) {
  const w = useWords(said);
  const moment = useMoment();
  const { may } = useSession();
  if (!may('app:consent') && d.appConsents.length === 0) return null;
  return (
    <>
      <Typography.Title level={2}>{w.consents}</Typography.Title>
      {d.appConsents.length === 0 && <p>{w.noConsents}</p>}
      <div className="cards">{d.appConsents.map((c) => (
        <article key={c.id} className="card">
          <h3 className="card-title">{c.appName}</h3><p className="faint">{c.appMaker} · {w.reads(scopeWords(d, c.scopes))}</p>
          <p>{c.withdrawnAt ? w.withdrawn(moment(c.withdrawnAt), c.reason) : c.live ? w.until(moment(c.until)) : w.over}</p>
          {c.live && <p className="faint">{w.key(c.tenantKey)}</p>}
          {c.live && may('app:consent') && <ActButton label={w.withdraw} named={c.appName} reason danger document={AdminAppWithdrawDocument} payload={withdrawn} input={(reason) => ({ input: { consent: c.id, reason } })} done={again} />}
        </article>
      ))}</div>
    </>
  );
}
