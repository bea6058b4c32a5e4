import { Button, Input } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useAct } from '@/api/act';
import { useMe, useSession } from '@/api/session';
import { ActButton } from '@/parts/actbutton';
import { Asking } from '@/parts/asking';
import { Choice, Field } from '@/parts/fields';
import { Nothing, Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { useWords, words } from '@/words/language';
import { AdminPage } from './frame';
import { AdminGrantCreateDocument, AdminGrantRevokeDocument, AdminGrantsDocument, type AdminGrantCreateMutation, type AdminGrantRevokeMutation, type AdminGrantsQuery } from './operations';
import { PlaceChoice, usePlaces } from './places';
import { WhoMay } from './whomay';
import { said as shared } from './words';

const said = words({
  about: '谁在哪个单位担任什么角色；并可查“谁可以做什么、为什么”。', give: '授予角色', revoke: '收回', revokeAbout: '收回后立即失效，记录保留。', none: '还没有授权。', ended: '显示已收回的', from: '起', loginHint: '对方的登录账号', untilHint: '留空为长期',
}, {
  about: 'Who has which role where; and who can do what, and why.', give: 'Give a role', revoke: 'Revoke', revokeAbout: 'It ends at once; the record stays.', none: 'No grants yet.', ended: 'Show revoked ones', from: 'from', loginHint: 'login of the user', untilHint: 'empty: no end',
});

const given = (d: AdminGrantCreateMutation) => d.grantCreate;
const revoked = (d: AdminGrantRevokeMutation) => d.grantRevoke;

export default function Grants() {
  const w = useWords(said);
  const s = useWords(shared);
  const { may } = useSession();
  const moment = useMoment();
  const [{ data, error }, reread] = useQuery({ query: AdminGrantsDocument });
  const again = () => reread({ requestPolicy: 'network-only' });
  const [giving, setGiving] = useState(false);
  const [ended, setEnded] = useState(false);
  return (
    <AdminPage at="grants" about={w.about} actions={may('grant:write') && <Button type="primary" onClick={() => setGiving(true)}>{w.give}</Button>}>
      <WhoMay />
      <Read data={data} error={error} again={again}>{(d) => {
        const shown = d.grants.filter((g) => ended || !g.revokedAt);
        const role = (key: string) => d.roles.find((r) => r.key === key)?.name ?? key;
        return <>
          <label className="check"><input type="checkbox" checked={ended} onChange={(e) => setEnded(e.target.checked)} />{w.ended}</label>
          {shown.length === 0 ? <Nothing>{w.none}</Nothing> : <div className="scroll"><table className="table">
            <thead><tr><th scope="col">{s.login}</th><th scope="col">{s.role}</th><th scope="col">{s.where}</th><th scope="col">{s.dimensions}</th><th scope="col">{s.until}</th><th scope="col">{s.acts}</th></tr></thead>
            <tbody>{shown.map((g) => (
              <tr key={g.id}>
                <th scope="row">{g.login}</th><td>{role(g.role)}</td><td>{g.unit.shownName}</td><td>{g.dimensions.map((k) => d.dimensions.find((x) => x.key === k)?.name ?? k).join('、') || s.all}</td>
                <td>{g.revokedAt ? `${w.revoke} ${moment(g.revokedAt)}` : g.validUntil ? moment(g.validUntil) : s.forever}</td>
                <td>{!g.revokedAt && may('grant:write') && <ActButton label={w.revoke} named={`${g.login} ${role(g.role)}`} about={w.revokeAbout} danger document={AdminGrantRevokeDocument} payload={revoked} input={() => ({ input: { grant: g.id } })} done={again} />}</td>
              </tr>
            ))}</tbody>
          </table></div>}
          <Give d={d} open={giving} close={() => setGiving(false)} done={again} />
        </>;
      }}</Read>
    </AdminPage>
  );
}

function Give({ d, open, close, done }: { d: AdminGrantsQuery; open: boolean; close: () => void; done: () => void }) {
  const w = useWords(said);
  const s = useWords(shared);
  const own = useMe().tenant.unit;
  const { units } = usePlaces(open);
  const act = useAct(AdminGrantCreateDocument, given);
  const [login, setLogin] = useState('');
  const [role, setRole] = useState('');
  const [unitCode, setUnit] = useState(own.code ?? '');
  const [until, setUntil] = useState('');
  const [dimensions, setDimensions] = useState<string[]>([]);
  const submit = async () => {
    const answer = await act.run({ input: { login: login.trim(), role, unitCode, ...(dimensions.length > 0 ? { dimensions } : {}), ...(until ? { validUntil: new Date(until).toISOString() } : {}) } });
    if (answer) { setLogin(''); done(); }
    return answer !== null;
  };
  return (
    <Asking title={w.give} open={open} close={close} act={act} submit={submit} button={w.give}>
      <Field label={s.login} hint={w.loginHint}><Input required autoComplete="off" value={login} onChange={(e) => setLogin(e.target.value)} /></Field>
      <Choice label={s.role} value={role} onChange={setRole} required empty={s.chooseRole} options={d.roles.filter((r) => r.grantable && !r.retiredAt).map((r) => ({ value: r.key, label: r.name }))} />
      <PlaceChoice units={units} by="code" value={unitCode} onChange={setUnit} />
      <Field label={s.until} hint={w.untilHint}><input className="plain-input" type="date" value={until} onChange={(e) => setUntil(e.target.value)} /></Field>
      <details className="field wide"><summary>{s.dimensions}（{dimensions.length > 0 ? dimensions.length : s.all}）</summary>
        <div className="rights">{d.dimensions.map((x) => <label key={x.key}><input type="checkbox" checked={dimensions.includes(x.key)} onChange={(e) => setDimensions(e.target.checked ? [...dimensions, x.key] : dimensions.filter((k) => k !== x.key))} />{x.name}</label>)}</div>
      </details>
    </Asking>
  );
}
