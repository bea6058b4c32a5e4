import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useSession } from '@/api/session';
import { ActButton } from '@/parts/actbutton';
import { Nothing, Read } from '@/parts/page';
import { Secret } from '@/parts/secret';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import { AdminPage } from './frame';
import { AdminTokenApproveDocument, AdminTokenRevokeDocument, AdminTokensDocument, type AdminTokenApproveMutation, type AdminTokenRevokeMutation, type AdminTokensQuery } from './operations';
import { TokenForm } from './tokenform';
import { said } from './tokens.words';
import { said as shared } from './words';

type Token = AdminTokensQuery['tokens'][number];
const approved = (d: AdminTokenApproveMutation) => d.tokenApprove;
const revoked = (d: AdminTokenRevokeMutation) => d.tokenRevoke;

export default function Tokens() {
  const w = useWords(said);
  const s = useWords(shared);
  const { may } = useSession();
  const [all, setAll] = useState(false);
  const [{ data, error }, reread] = useQuery({ query: AdminTokensDocument, variables: { all, words: may('grant:read') } });
  const again = () => reread({ requestPolicy: 'network-only' });
  const [creating, setCreating] = useState(false);
  const [secret, setSecret] = useState('');
  return (
    <AdminPage at="tokens" about={w.about} actions={may('token:write') && <Button type="primary" onClick={() => setCreating(true)}>{w.create}</Button>}>
      {secret && <Secret label={w.token} value={secret} close={() => setSecret('')} />}
      {may('token:approve') && <label className="check"><input type="checkbox" checked={all} onChange={(e) => setAll(e.target.checked)} />{w.everybody}</label>}
      <Read data={data} error={error} again={again}>{(d) => <>
        {d.tokens.length === 0 ? <Nothing>{w.none}</Nothing> : (
          <div className="scroll"><table className="table">
            <thead><tr><th scope="col">{w.name}</th><th scope="col">{w.scopes}</th><th scope="col">{s.where}</th><th scope="col">{s.until}</th><th scope="col">{w.used}</th><th scope="col">{s.acts}</th></tr></thead>
            <tbody>{d.tokens.map((t) => <Row key={t.id} token={t} d={d} again={again} />)}</tbody>
          </table></div>
        )}
        <TokenForm d={d} open={creating} close={() => setCreating(false)} done={(made, forOther) => { setSecret(made); if (forOther) setAll(true); else again(); }} />
      </>}</Read>
    </AdminPage>
  );
}

function Row({ token: t, d, again }: { token: Token; d: AdminTokensQuery; again: () => void }) {
  const w = useWords(said);
  const s = useWords(shared);
  const moment = useMoment();
  const { may, me } = useSession();
  const service = d.serviceAccounts?.find((a) => a.userId === t.userId)?.name;
  const scope = (key: string) => d.permissions?.find((p) => p.permission === key)?.description ?? key;
  const whose = t.userId === me?.userId ? w.mine : service ?? w.others;
  return (
    <tr>
      <th scope="row">{t.name}<br /><small className="faint">{t.handle}</small></th>
      <td><Tag>{t.readOnly ? w.read : w.write}</Tag><small>{whose}{t.scopes.length > 0 && `：${t.scopes.map(scope).join('、')}`}</small></td><td>{t.units.map((u) => u.shownName).join('、') || s.own}</td>
      <td>{t.revokedAt ? w.revokedAt(moment(t.revokedAt)) : w.until(moment(t.expiresAt))}</td><td>{t.usedAt ? moment(t.usedAt) : w.never}</td>
      <td>{!t.revokedAt && <div className="row-acts">
        {t.readOnly && may('token:approve') && t.userId !== me?.userId && <ActButton label={w.approve} named={t.name} about={w.approveAbout} document={AdminTokenApproveDocument} payload={approved} input={() => ({ input: { token: t.id } })} done={again} />}
        <ActButton label={w.revoke} named={t.name} about={w.revokeAbout} danger document={AdminTokenRevokeDocument} payload={revoked} input={() => ({ input: { token: t.id } })} done={again} />
      </div>}</td>
    </tr>
  );
}
