import { Button, Input, Tag } from 'antd';
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
import { AdminScopesDocument, AdminTokenApproveDocument, AdminTokenCreateDocument, AdminTokenRevokeDocument, AdminTokensDocument, type AdminTokenApproveMutation, type AdminTokenCreateMutation, type AdminTokenRevokeMutation } from './operations';
import { said as shared } from './words';

const said = words({
  about: '程序代替本人读取数据时使用的令牌；只能做您本人可以做的事。写入令牌须第二人批准。', create: '新建令牌', none: '还没有令牌。报表、看板等程序读取数据时需要令牌。', name: '名称', scopes: '权限', read: '只读', write: '可写入', wantsWrite: '需要写入（须第二人批准）', approve: '批准写入', approveAbout: '批准后该令牌可以写入数据。', revoke: '撤销', revokeAbout: '撤销后立即失效。', revoked: '已撤销', used: '最近使用', never: '从未', days: '有效天数', token: '令牌', everybody: '显示本单位全部令牌', scopesHint: '不选表示您本人可读的全部权限', mine: '本人权限',
}, {
  about: 'For programs that read in your place; they can do no more than you. Tokens that write need a second person.', create: 'New token', none: 'No tokens yet. Dashboards and reports need one to read.', name: 'Name', scopes: 'Permissions', read: 'reads', write: 'writes', wantsWrite: 'needs to write (a second person approves)', approve: 'Approve writing', approveAbout: 'The token can change data from then on.', revoke: 'Revoke', revokeAbout: 'It stops working at once.', revoked: 'revoked', used: 'Last used', never: 'never', days: 'Days', token: 'Token', everybody: 'Show all tokens of the tenant', scopesHint: 'none chosen: everything you may read', mine: 'as yourself',
});

const created = (d: AdminTokenCreateMutation) => d.tokenCreate;
const approved = (d: AdminTokenApproveMutation) => d.tokenApprove;
const revoked = (d: AdminTokenRevokeMutation) => d.tokenRevoke;

export default function Tokens() {
  const w = useWords(said);
  const s = useWords(shared);
  const moment = useMoment();
  const { may, me } = useSession();
  const [all, setAll] = useState(false);
  const [{ data, error }, reread] = useQuery({ query: AdminTokensDocument, variables: { all } });
  const again = () => reread({ requestPolicy: 'network-only' });
  const [creating, setCreating] = useState(false);
  const [secret, setSecret] = useState('');
  return (
    <AdminPage at="tokens" about={w.about} actions={<Button type="primary" onClick={() => setCreating(true)}>{w.create}</Button>}>
      {secret && <Secret label={w.token} value={secret} close={() => setSecret('')} />}
      {may('token:approve') && <label className="check"><input type="checkbox" checked={all} onChange={(e) => setAll(e.target.checked)} />{w.everybody}</label>}
      <Read data={data} error={error} again={again}>{({ tokens }) => tokens.length === 0 ? <Nothing>{w.none}</Nothing> : (
        <div className="scroll"><table className="table">
          <thead><tr><th scope="col">{w.name}</th><th scope="col">{w.scopes}</th><th scope="col">{s.where}</th><th scope="col">{s.until}</th><th scope="col">{w.used}</th><th scope="col">{s.acts}</th></tr></thead>
          <tbody>{tokens.map((t) => (
            <tr key={t.id}>
              <th scope="row">{t.name}<br /><small className="faint">{t.handle}</small></th>
              <td><Tag>{t.readOnly ? w.read : w.write}</Tag><small>{t.scopes.join('、') || w.mine}</small></td><td>{t.units.map((u) => u.shownName).join('、') || s.own}</td>
              <td>{t.revokedAt ? w.revoked : moment(t.expiresAt)}</td><td>{t.usedAt ? moment(t.usedAt) : w.never}</td>
              <td>{!t.revokedAt && <div className="row-acts">
                {t.readOnly && may('token:approve') && t.userId !== me?.userId && <ActButton label={w.approve} named={t.name} about={w.approveAbout} document={AdminTokenApproveDocument} payload={approved} input={() => ({ input: { token: t.id } })} done={again} />}
                <ActButton label={w.revoke} named={t.name} about={w.revokeAbout} danger document={AdminTokenRevokeDocument} payload={revoked} input={() => ({ input: { token: t.id } })} done={again} />
              </div>}</td>
            </tr>
          ))}</tbody>
        </table></div>
      )}</Read>
      <Create open={creating} close={() => setCreating(false)} done={(made) => { setSecret(made); again(); }} />
    </AdminPage>
  );
}

function Create({ open, close, done }: { open: boolean; close: () => void; done: (secret: string) => void }) {
  const w = useWords(said);
  const { me, may } = useSession();
  const [{ data }] = useQuery({ query: AdminScopesDocument, pause: !open || !may('grant:read') });
  const act = useAct(AdminTokenCreateDocument, created);
  const [name, setName] = useState('');
  const [days, setDays] = useState('90');
  const [write, setWrite] = useState(false);
  const [scopes, setScopes] = useState<string[]>([]);
  const offered = data?.permissions.filter((p) => p.delegable && may(p.permission)) ?? (me?.permissions ?? []).map((p) => ({ permission: p, description: p }));
  const submit = async () => {
    const answer = await act.run({ input: { name, days: Number(days), write, ...(scopes.length > 0 ? { scopes } : {}) } });
    if (answer?.secret) { setName(''); done(answer.secret); }
    return answer !== null;
  };
  return (
    <Asking title={w.create} open={open} close={close} act={act} submit={submit} button={w.create}>
      <Field label={w.name}><Input required value={name} onChange={(e) => setName(e.target.value)} /></Field>
      <Field label={w.days}><Input required inputMode="numeric" value={days} onChange={(e) => setDays(e.target.value)} /></Field>
      <label className="check field wide"><span><input type="checkbox" checked={write} onChange={(e) => setWrite(e.target.checked)} /> {w.wantsWrite}</span></label>
      <fieldset className="field wide plain-set"><legend>{w.scopes} <small className="faint">{w.scopesHint}</small></legend>
        <div className="rights">{offered.map((p) => <label key={p.permission}><input type="checkbox" checked={scopes.includes(p.permission)} onChange={(e) => setScopes(e.target.checked ? [...scopes, p.permission] : scopes.filter((x) => x !== p.permission))} /><span>{p.description} <small className="faint">{p.permission}</small></span></label>)}</div>
      </fieldset>
    </Asking>
  );
}
