import { Input } from 'antd';
import { useId, useState } from 'react';
import { useAct } from '@/api/act';
import { useMe } from '@/api/session';
import { Asking } from '@/parts/asking';
import { Choice, Field } from '@/parts/fields';
import { useWords, words } from '@/words/language';
import { AdminGrantCreateDocument, type AdminGrantCreateMutation, type AdminGrantsQuery } from './operations';
import { PlaceChoice, usePlaces } from './places';
import { said as shared } from './words';
import { endOf, startOf } from './zone';

const said = words({ from: '自哪一天起', fromHint: '留空为立即', to: '至哪一天止（含当天）', toHint: '留空为长期', login: '对方的登录账号；本单位以外的人请用“邀请”' },
  { from: 'From', fromHint: 'empty: now', to: 'To the end of', toHint: 'empty: no end', login: 'login of the user; invite people from elsewhere' });

const given = (d: AdminGrantCreateMutation) => d.grantCreate;

/** Gives a role; its days are those of the tenant's calendar. */
export function Give({ d, open, close, done, label }: { d: AdminGrantsQuery; open: boolean; close: () => void; done: () => void; label: string }) {
  const w = useWords(said);
  const s = useWords(shared);
  const { unit, timeZone } = useMe().tenant;
  const { units } = usePlaces(open);
  const act = useAct(AdminGrantCreateDocument, given);
  const logins = useId();
  const [login, setLogin] = useState('');
  const [role, setRole] = useState('');
  const [unitCode, setUnit] = useState(unit.code ?? '');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [dimensions, setDimensions] = useState<string[]>([]);
  const submit = async () => {
    const answer = await act.run({ input: { login: login.trim(), role, unitCode, ...(dimensions.length > 0 ? { dimensions } : {}), ...(from ? { validFrom: startOf(from, timeZone) } : {}), ...(to ? { validUntil: endOf(to, timeZone) } : {}) } });
    if (answer) { setLogin(''); setFrom(''); setTo(''); done(); }
    return answer !== null;
  };
  return (
    <Asking title={label} open={open} close={close} act={act} submit={submit} button={label}>
      <Field label={s.login} hint={w.login}><Input required autoComplete="off" list={logins} value={login} onChange={(e) => setLogin(e.target.value)} /></Field>
      <datalist id={logins}>{d.users.nodes.map((u) => <option key={u.id} value={u.login}>{u.person?.name ?? u.person?.pseudonym}</option>)}</datalist>
      <Choice label={s.role} value={role} onChange={setRole} required empty={s.chooseRole} options={d.roles.filter((r) => r.grantable && !r.retiredAt).map((r) => ({ value: r.key, label: r.name }))} />
      <PlaceChoice units={units} by="code" value={unitCode} onChange={setUnit} />
      <Field label={w.from} hint={w.fromHint}><input className="plain-input" type="date" value={from} onChange={(e) => setFrom(e.target.value)} /></Field>
      <Field label={w.to} hint={w.toHint}><input className="plain-input" type="date" value={to} onChange={(e) => setTo(e.target.value)} /></Field>
      {d.dimensions.length > 0 && <details className="field wide"><summary>{s.dimensions}（{dimensions.length > 0 ? dimensions.length : s.all}）</summary>
        <div className="rights">{d.dimensions.map((x) => <label key={x.key}><input type="checkbox" checked={dimensions.includes(x.key)} onChange={(e) => setDimensions(e.target.checked ? [...dimensions, x.key] : dimensions.filter((k) => k !== x.key))} />{x.name}</label>)}</div>
      </details>}
    </Asking>
  );
}
