import { Button, Tag } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useQuery } from 'urql';
import { useSession } from '@/api/session';
import { ActButton } from '@/parts/actbutton';
import { Nothing, Read } from '@/parts/page';
import { Secret } from '@/parts/secret';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import { AdminPage } from './frame';
import { AdminWebhookPingDocument, AdminWebhookRemoveDocument, AdminWebhookRotateDocument, AdminWebhooksDocument, type AdminWebhookPingMutation, type AdminWebhookRemoveMutation, type AdminWebhookRotateMutation } from './operations';
import { WebhookForm } from './webhookform';
import { said } from './webhooks.words';

const pinged = (d: AdminWebhookPingMutation) => d.webhookPing;
const removed = (d: AdminWebhookRemoveMutation) => d.webhookRemove;
const rotated = (d: AdminWebhookRotateMutation) => d.webhookRotate;

export default function Webhooks() {
  const w = useWords(said);
  const moment = useMoment();
  const { may } = useSession();
  const navigate = useNavigate();
  const [{ data, error }, reread] = useQuery({ query: AdminWebhooksDocument });
  const again = () => reread({ requestPolicy: 'network-only' });
  const [edited, setEdited] = useState('');
  const [secret, setSecret] = useState('');
  const write = may('webhook:write');
  return (
    <AdminPage at="webhooks" about={w.about} actions={write && <Button type="primary" onClick={() => setEdited('new')}>{w.create}</Button>}>
      {secret && <Secret label={w.secret} value={secret} close={() => setSecret('')} />}
      <Read data={data} error={error} again={again}>{(d) => <>
        {d.webhooks.length === 0 && <Nothing>{w.none}</Nothing>}
        <div className="cards">{d.webhooks.map((h) => (
          <article key={h.id} className="card">
            <h2 className="card-title">{h.name} <Tag>{w.formats[h.format]}</Tag><Tag color={h.active ? 'green' : 'default'}>{h.active ? w.active : w.inactive}</Tag></h2>
            <p className="faint">{h.address}</p>
            <p>{h.kinds.map((k) => d.webhookKinds.find((x) => x.kind === k)?.text ?? k).join('、')}</p>
            {h.previousSecretUntil && <p className="faint">{w.previous(moment(h.previousSecretUntil))}</p>}
            {h.failingSince && <p role="alert">{w.failing(moment(h.failingSince))}</p>}
            {h.disabledReason && <p role="alert">{h.disabledReason}</p>}
            <div className="row-acts">
              <Link to={`/admin/webhooks/${encodeURIComponent(h.id)}`}>{w.log}</Link>
              {write && <>
                <ActButton label={w.ping} named={h.name} document={AdminWebhookPingDocument} payload={pinged} input={() => ({ input: { webhook: h.id } })} done={() => void navigate(`/admin/webhooks/${encodeURIComponent(h.id)}`)} />
                <Button size="small" aria-label={`${w.change}：${h.name}`} onClick={() => setEdited(h.id)}>{w.change}</Button>
                {h.format === 'STANDARD' && <ActButton label={w.rotate} named={h.name} about={w.rotateAbout} document={AdminWebhookRotateDocument} payload={rotated} input={() => ({ input: { webhook: h.id, revision: h.revision } })} done={(p) => { setSecret(p.secret ?? ''); again(); }} />}
                <ActButton label={w.remove} named={h.name} about={w.removeAbout} danger document={AdminWebhookRemoveDocument} payload={removed} input={() => ({ input: { webhook: h.id } })} done={again} />
              </>}
            </div>
          </article>
        ))}</div>
        {edited !== '' && <WebhookForm key={edited} hook={d.webhooks.find((h) => h.id === edited) ?? null} kinds={d.webhookKinds} close={() => setEdited('')} done={(made) => { setSecret(made); again(); }} again={again} />}
      </>}</Read>
    </AdminPage>
  );
}
