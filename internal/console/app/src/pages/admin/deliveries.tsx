import { Button, Tag } from 'antd';
import { Link, useParams } from 'react-router';
import { useSession } from '@/api/session';
import { ActButton } from '@/parts/actbutton';
import { MoreButton } from '@/parts/fields';
import { useMore } from '@/parts/more';
import { Nothing, Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import { AdminPage } from './frame';
import { AdminDeliveriesDocument, AdminWebhookRedeliverDocument, type AdminDeliveriesQuery, type AdminWebhookRedeliverMutation } from './operations';
import { said } from './webhooks.words';

type Endpoint = Extract<AdminDeliveriesQuery['node'], { deliveries: unknown }>;
const hookOf = (d: AdminDeliveriesQuery): Endpoint | null => (d.node && 'deliveries' in d.node ? d.node : null);
const pick = (d: AdminDeliveriesQuery) => hookOf(d)?.deliveries ?? { nodes: [], pageInfo: { hasNextPage: false } };
const sent = (d: AdminWebhookRedeliverMutation) => d.webhookRedeliver;

/** The log of a webhook. */
export default function Deliveries() {
  const w = useWords(said);
  const moment = useMoment();
  const { may } = useSession();
  const { webhook = '' } = useParams();
  const kind = (d: AdminDeliveriesQuery, key: string) => (key === 'webhook.ping' ? w.test : d.webhookKinds.find((k) => k.kind === key)?.text ?? key);
  const list = useMore(AdminDeliveriesDocument, { webhook }, pick);
  return (
    <AdminPage at="webhooks" about={w.logAbout}>
      <Read data={list.data} error={list.error} again={list.again}>{(d) => <>
        <h2>{hookOf(d)?.name} {w.logTitle}</h2>
        <p className="row-acts no-print"><Link to="/admin/webhooks">{w.back}</Link><Button size="small" onClick={list.again}>{w.reread}</Button></p>
        {list.nodes.length === 0 ? <Nothing>{w.noLog}</Nothing> : <div className="scroll"><table className="table">
          <thead><tr><th scope="col" className="number">#</th><th scope="col">{w.kind}</th><th scope="col">{w.created}</th><th scope="col">{w.state}</th><th scope="col">{w.attempts}</th><th scope="col">{w.again}</th></tr></thead>
          <tbody>{list.nodes.map((x) => (
            <tr key={x.id}>
              <td className="number">{x.sequence || ''}</td><th scope="row">{kind(d, x.kind)}</th><td>{moment(x.createdAt)}</td>
              <td><Tag color={x.state === 'DELIVERED' ? 'green' : x.state === 'FAILED' ? 'red' : 'default'}>{w.states[x.state]}</Tag>{x.dueAt && x.state === 'WAITING' && <small>{w.next(moment(x.dueAt))}</small>}</td>
              <td>{x.attempts.map((a, i) => <div key={i}>{moment(a.at)} {a.status ?? ''} {w.ms(a.milliseconds)} {a.message}</div>)}</td>
              <td>{x.state !== 'WAITING' && may('webhook:write') && <ActButton label={w.again} named={`${kind(d, x.kind)} ${x.sequence || ''}`} document={AdminWebhookRedeliverDocument} payload={sent} input={() => ({ input: { delivery: x.id } })} done={list.again} />}</td>
            </tr>
          ))}</tbody>
        </table></div>}
        <MoreButton list={list} />
      </>}</Read>
    </AdminPage>
  );
}
