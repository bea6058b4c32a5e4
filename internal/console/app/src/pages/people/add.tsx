import { useCallback, useState } from 'react';
import { useQuery } from 'urql';
import { useAct } from '@/api/act';
import { useMe } from '@/api/session';
import { Asking } from '@/parts/asking';
import { Choice, Field } from '@/parts/fields';
import { useLanguage, useWords } from '@/words/language';
import { PeopleUnitsDocument, RosterAddDocument, type RosterAddMutation } from './operations';
import { postKinds } from './posts';
import type { Person } from './roster';
import { said } from './words';

/** One person with one post, or one more post of somebody. */
export function AddPerson({ of, organisations, close, done }: { of: Person | null; organisations: readonly string[]; close: () => void; done: () => void }) {
  const w = useWords(said);
  const { language } = useLanguage();
  const me = useMe();
  const [name, setName] = useState(of?.name ?? '');
  const [pseudonym, setPseudonym] = useState(of?.pseudonym ?? '');
  const [post, setPost] = useState('resident-cadre');
  const [unit, setUnit] = useState('');
  const [organisation, setOrganisation] = useState('');
  const [title, setTitle] = useState('');
  const [from, setFrom] = useState(me.today);
  const [{ data }] = useQuery({ query: PeopleUnitsDocument, variables: { parent: me.tenant.unit.id } });
  const act = useAct(RosterAddDocument, useCallback((d: RosterAddMutation) => d.rosterImport, []));
  const own = { value: me.tenant.unit.code ?? '', label: me.tenant.unit.shownName };
  const below = (data?.units.nodes ?? []).flatMap((u) => (u.code ? [{ value: u.code, label: u.shownName }] : []));
  const village = postKinds.find((k) => k.key === post)?.village === true;
  const submit = async () => {
    const answer = await act.run({ input: { rows: [{ name: name.trim(), pseudonym: pseudonym.trim() || null, post, unitCode: unit || null, organisation: organisation || null, title: title.trim() || null, from }] } });
    if (answer) done();
    return answer !== null;
  };
  return (
    <Asking title={of ? `${w.addPost}：${of.name ?? of.pseudonym}` : w.add} open close={close} act={act} submit={submit}>
      <Field label={w.name}><input className="plain-input" required readOnly={of !== null} value={name} onChange={(e) => setName(e.target.value)} /></Field>
      <Field label={w.pseudonym} hint={w.pseudonymHint}><input className="plain-input" readOnly={of !== null} value={pseudonym} onChange={(e) => setPseudonym(e.target.value)} /></Field>
      <Choice label={w.post} value={post} options={postKinds.map((k) => ({ value: k.key, label: language === 'en' ? k.en : k.zh }))} onChange={setPost} />
      <Choice label={w.unit} value={unit} empty="—" options={village ? below : [own, ...below]} onChange={setUnit} />
      {organisations.length > 0 && <Choice label={w.organisation} value={organisation} empty={w.noOrganisation} options={organisations.map((o) => ({ value: o, label: o }))} onChange={setOrganisation} />}
      <Field label={w.postTitle}><input className="plain-input" value={title} onChange={(e) => setTitle(e.target.value)} /></Field>
      <Field label={w.from}><input className="plain-input" type="date" required value={from} onChange={(e) => setFrom(e.target.value)} /></Field>
    </Asking>
  );
}
