import { Button, Input } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import { Asking } from '@/parts/asking';
import { ActNotes, Choice, Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { AdminAdoptDocument, AdminProvisionDocument, type AdminAdoptMutation, type AdminProvisionMutation, type AdminRelationsQuery } from './operations';
import { said } from './relations.words';

const provisioned = (d: AdminProvisionMutation) => d.tenantProvision;
const agreed = (d: AdminAdoptMutation) => d.adoptionAgree;

// Units that nothing is known of yet: the service says whether they can be opened.
const places = (d: AdminRelationsQuery) => d.units.nodes.filter((u) => u.code && !d.adoptions.some((a) => a.upper && (a.otherName === u.shownName || d.tenants.some((t) => t.id === a.other && t.unit.code === u.code))))
  .map((u) => ({ value: u.code ?? '', label: u.shownName }));

/** Opens a tenant below, with its first administrator. */
export function Provision({ d, open, close, done }: { d: AdminRelationsQuery; open: boolean; close: () => void; done: (name: string) => void }) {
  const w = useWords(said);
  const act = useAct(AdminProvisionDocument, provisioned);
  const [unitCode, setUnit] = useState('');
  const [typed, setTyped] = useState({ name: '', adminLogin: '', adminName: '', adminPassword: '' });
  const field = (key: keyof typeof typed) => ({ value: typed[key], onChange: (e: { target: { value: string } }) => setTyped({ ...typed, [key]: e.target.value }) });
  const submit = async () => {
    const { name, ...admin } = typed;
    const answer = await act.run({ input: { unitCode, ...admin, adminLogin: admin.adminLogin.trim(), ...(name ? { name } : {}) } });
    // What was opened cannot be read before it is adopted: it is named as it was chosen.
    if (answer) { setUnit(''); setTyped({ name: '', adminLogin: '', adminName: '', adminPassword: '' }); done(name || (d.units.nodes.find((u) => u.code === unitCode)?.shownName ?? unitCode)); }
    return answer !== null;
  };
  return (
    <Asking title={w.provision} open={open} close={close} act={act} submit={submit} button={w.provision}>
      <Choice label={w.unit} value={unitCode} onChange={setUnit} required empty={w.choose} options={places(d)} />
      <Field label={w.shown}><Input {...field('name')} /></Field>
      <Field label={w.person}><Input required autoComplete="off" {...field('adminName')} /></Field>
      <Field label={w.login}><Input required autoComplete="off" {...field('adminLogin')} /></Field>
      <Field label={w.password} hint={w.passwordHint} wide><Input.Password required autoComplete="new-password" {...field('adminPassword')} /></Field>
    </Asking>
  );
}

/** Agrees, from the upper side, with a tenant that is open. */
export function Adopt({ d, done }: { d: AdminRelationsQuery; done: () => void }) {
  const w = useWords(said);
  const act = useAct(AdminAdoptDocument, agreed);
  const [code, setCode] = useState('');
  const submit = async () => {
    if (await act.run({ input: { otherUnitCode: code } })) { setCode(''); done(); }
  };
  return (
    <form className="no-print" onSubmit={(e) => { e.preventDefault(); void submit(); }}>
      <div className="fields">
        <Choice label={w.adopt} value={code} onChange={setCode} required empty={w.choose} options={places(d)} />
        <div className="field end"><Button htmlType="submit" loading={act.running}>{w.agree}</Button></div>
      </div>
      <ActNotes act={act} />
    </form>
  );
}
