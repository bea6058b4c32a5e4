import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { useQuery } from 'urql';
import { useAct } from '@/api/act';
import { useMe, useSession } from '@/api/session';
import { Asking } from '@/parts/asking';
import { Choice, Field } from '@/parts/fields';
import { Nothing, Page, Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { PeopleNav } from './nav';
import { OrganisationAddDocument, OrganisationChangeDocument, OrganisationEndDocument, OrganisationListDocument, type OrganisationAddMutation, type OrganisationChangeMutation, type OrganisationEndMutation, type OrganisationListQuery } from './operations';
import { said } from './words';

type Organisation = OrganisationListQuery['organisations'][number];

/** What is not a village but reports, sends, or is evaluated. */
export default function Organisations() {
  const w = useWords(said);
  const { may } = useSession();
  const [{ data, error }, reexecute] = useQuery({ query: OrganisationListDocument });
  const again = () => reexecute({ requestPolicy: 'network-only' });
  const write = may('organisation:write');
  return (
    <Page title={w.organisations} actions={write && <Add all={data?.organisations ?? []} done={again} />}>
      <PeopleNav />
      <Read data={data} error={error} again={again}>
        {(d) => d.organisations.length === 0 ? <Nothing>{w.noOrganisations}</Nothing> : (
          <div className="scroll"><table className="table">
            <thead><tr>{[w.orgName, w.kind, w.above, w.stands].map((h) => <th key={h} scope="col">{h}</th>)}{write && <th scope="col">{w.acts}</th>}</tr></thead>
            <tbody>{d.organisations.map((o) => (
              <tr key={o.id}>
                <th scope="row">{o.name}</th><td>{(w.kinds as Record<string, string>)[o.kind] ?? o.kind}</td><td>{o.parent?.name ?? '—'}</td><td>{w.since(o.validFrom)}{o.validTo && ` ${w.until(o.validTo)}`}</td>
                {write && <td>{!o.validTo && <div className="row-acts"><Change key={`${o.name} ${o.parent?.id ?? ''}`} of={o} all={d.organisations} done={again} /><Close of={o} done={again} /></div>}</td>}
              </tr>
            ))}</tbody>
          </table></div>
        )}
      </Read>
    </Page>
  );
}

function Add({ all, done }: { all: readonly Organisation[]; done: () => void }) {
  const w = useWords(said);
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [kind, setKind] = useState('department');
  const [parent, setParent] = useState('');
  const act = useAct(OrganisationAddDocument, useCallback((d: OrganisationAddMutation) => d.organisationCreate, []));
  const submit = async () => {
    const answer = await act.run({ input: { name: name.trim(), kind, parent: parent || null } });
    if (answer) { setName(''); done(); }
    return answer !== null;
  };
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>{w.addOrganisation}</Button>
      <Asking title={w.addOrganisation} open={open} close={() => setOpen(false)} act={act} submit={submit}>
        <Field label={w.orgName}><input className="plain-input" required value={name} onChange={(e) => setName(e.target.value)} /></Field>
        <Choice label={w.kind} value={kind} options={Object.entries(w.kinds).map(([value, label]) => ({ value, label }))} onChange={setKind} />
        {all.length > 0 && <Choice label={w.above} value={parent} empty={w.noOrganisation} options={all.filter((o) => !o.validTo).map((o) => ({ value: o.id, label: o.name }))} onChange={setParent} />}
      </Asking>
    </>
  );
}

/** Another name, or another organisation above; earlier records keep what they said. */
function Change({ of, all, done }: { of: Organisation; all: readonly Organisation[]; done: () => void }) {
  const w = useWords(said);
  const [open, setOpen] = useState(false);
  const [name, setName] = useState(of.name);
  const [parent, setParent] = useState(of.parent?.id ?? '');
  const act = useAct(OrganisationChangeDocument, useCallback((d: OrganisationChangeMutation) => d.organisationUpdate, []));
  const submit = async () => {
    const answer = await act.run({ input: { organisation: of.id, name: name.trim(), parent: parent || null } });
    if (answer) done();
    return answer !== null;
  };
  return (
    <>
      <Button size="small" aria-label={`${w.changeIt} ${of.name}`} onClick={() => setOpen(true)}>{w.changeIt}</Button>
      <Asking title={`${w.changeIt}：${of.name}`} open={open} close={() => setOpen(false)} act={act} submit={submit}>
        <Field label={w.orgName}><input className="plain-input" required value={name} onChange={(e) => setName(e.target.value)} /></Field>
        <Choice label={w.above} value={parent} empty={w.noOrganisation} options={all.filter((o) => !o.validTo && o.id !== of.id).map((o) => ({ value: o.id, label: o.name }))} onChange={setParent} />
      </Asking>
    </>
  );
}

function Close({ of, done }: { of: Organisation; done: () => void }) {
  const w = useWords(said);
  const { today } = useMe();
  const [open, setOpen] = useState(false);
  const [on, setOn] = useState(today);
  const act = useAct(OrganisationEndDocument, useCallback((d: OrganisationEndMutation) => d.organisationClose, []));
  const submit = async () => {
    const answer = await act.run({ input: { organisation: of.id, on } });
    if (answer) done();
    return answer !== null;
  };
  return (
    <>
      <Button size="small" aria-label={`${w.close} ${of.name}`} onClick={() => setOpen(true)}>{w.close}</Button>
      <Asking title={`${w.close}：${of.name}`} open={open} close={() => setOpen(false)} act={act} submit={submit} danger>
        <p className="field wide">{w.closeAbout}</p>
        <Field label={w.on}><input className="plain-input" type="date" required value={on} onChange={(e) => setOn(e.target.value)} /></Field>
      </Asking>
    </>
  );
}
