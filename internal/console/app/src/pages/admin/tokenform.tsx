import { Input } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { Asking } from '@/parts/asking';
import { Choice, Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { AdminTokenCreateDocument, type AdminTokenCreateMutation, type AdminTokensQuery } from './operations';
import { usePlaces } from './places';
import { Rights } from './rights';
import { said } from './tokens.words';

const created = (d: AdminTokenCreateMutation) => d.tokenCreate;
const toggled = (list: string[], key: string, on: boolean) => (on ? [...list, key] : list.filter((k) => k !== key));

/** A new token, for oneself or for a service account. */
export function TokenForm({ d, open, close, done }: { d: AdminTokensQuery; open: boolean; close: () => void; done: (secret: string, forOther: boolean) => void }) {
  const w = useWords(said);
  const { may } = useSession();
  const { units } = usePlaces(open && may('grant:read'));
  const act = useAct(AdminTokenCreateDocument, created);
  const [name, setName] = useState('');
  const [days, setDays] = useState('90');
  const [write, setWrite] = useState(false);
  const [whose, setWhose] = useState('');
  const [scopes, setScopes] = useState<string[]>([]);
  const [places, setPlaces] = useState<string[]>([]);
  const services = may('token:approve') ? d.serviceAccounts?.filter((a) => !a.disabledAt) ?? [] : [];
  const submit = async () => {
    const answer = await act.run({ input: { name, days: Number(days), write, ...(whose ? { for: whose } : {}), ...(scopes.length > 0 ? { scopes } : {}), ...(places.length > 0 ? { units: places } : {}) } });
    if (answer?.secret) { setName(''); setWhose(''); setWrite(false); setScopes([]); setPlaces([]); done(answer.secret, whose !== ''); }
    return answer !== null;
  };
  return (
    <Asking title={w.create} open={open} close={close} act={act} submit={submit} button={w.create}>
      <Field label={w.name}><Input required value={name} onChange={(e) => setName(e.target.value)} /></Field>
      <Field label={w.days} hint={w.daysHint}><Input required inputMode="numeric" pattern="\d+" value={days} onChange={(e) => setDays(e.target.value)} /></Field>
      {services.length > 0 && <Choice label={w.whose} value={whose} onChange={setWhose} empty={w.forSelf} options={services.map((a) => ({ value: a.userId, label: w.forService(a.name) }))} />}
      <label className="check field wide"><span><input type="checkbox" checked={write} onChange={(e) => setWrite(e.target.checked)} /> {may('token:approve') ? w.wantsWriteNow : w.wantsWrite}</span></label>
      {d.permissions && <Rights legend={w.scopes} hint={w.scopesHint} offered={d.permissions.filter((p) => may(p.permission))} chosen={scopes} toggle={(key, on) => setScopes(toggled(scopes, key, on))} />}
      {units.length > 1 && <details className="field wide"><summary>{w.places}（{places.length || w.placesHint}）</summary>
        <div className="rights">{units.map((u) => <label key={u.id}><input type="checkbox" checked={places.includes(u.id)} onChange={(e) => setPlaces(toggled(places, u.id, e.target.checked))} />{u.name}</label>)}</div>
      </details>}
    </Asking>
  );
}
