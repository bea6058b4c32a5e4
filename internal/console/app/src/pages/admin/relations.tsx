import { Alert, Button, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useMe, useSession } from '@/api/session';
import { ActButton } from '@/parts/actbutton';
import { Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { AdminPage } from './frame';
import { AdminAdoptDocument, AdminAdoptEndDocument, AdminRelationsDocument, type AdminAdoptEndMutation, type AdminAdoptMutation, type AdminRelationsQuery } from './operations';
import { Adopt, Provision } from './provision';
import { said } from './relations.words';
import { Signups } from './signups';

type Adoption = AdminRelationsQuery['adoptions'][number];
const agreed = (d: AdminAdoptMutation) => d.adoptionAgree;
const ended = (d: AdminAdoptEndMutation) => d.adoptionEnd;

/** Who is above and below this tenant. */
export default function Relations() {
  const w = useWords(said);
  const { may } = useSession();
  const [{ data, error }, reread] = useQuery({ query: AdminRelationsDocument, variables: { unit: useMe().tenant.unit.id } });
  const again = () => reread({ requestPolicy: 'network-only' });
  const [opening, setOpening] = useState(false);
  const [told, setTold] = useState('');
  const provides = may('tenant:provision');
  return (
    <AdminPage at="relations" about={w.about} actions={provides && <Button type="primary" onClick={() => setOpening(true)}>{w.provision}</Button>}>
      {told && <Alert role="status" type="success" showIcon closable={{ onClose: () => setTold('') }} title={told} />}
      {may('signup:read') && <Signups />}
      <Read data={data} error={error} again={again}>{(d) => <>
        <Above d={d} again={again} />
        {provides && <section>
          <Typography.Title level={2}>{w.below}</Typography.Title>
          {d.adoptions.some((a) => a.upper) ? <Table all={d.adoptions.filter((a) => a.upper)} d={d} again={again} /> : <p>{w.belowNone}</p>}
          {may('tenant:adopt') && <Adopt d={d} done={again} />}
        </section>}
        {provides && <Provision d={d} open={opening} close={() => setOpening(false)} done={(name) => { setTold(w.opened(name)); again(); }} />}
      </>}</Read>
    </AdminPage>
  );
}

function Above({ d, again }: { d: AdminRelationsQuery; again: () => void }) {
  const w = useWords(said);
  const { may } = useSession();
  const above = d.tenant.unit.parent;
  const mine = d.adoptions.filter((a) => !a.upper);
  return (
    <section>
      <Typography.Title level={2}>{w.above}</Typography.Title>
      {mine.length > 0 ? <Table all={mine} d={d} again={again} /> : !above?.code ? <p>{w.noAbove}</p> : <>
        <p>{w.aboveNone(above.shownName)}</p>
        {may('tenant:adopt') && <ActButton label={w.agree} named={above.shownName} about={w.agreeAbout} document={AdminAdoptDocument} payload={agreed} input={() => ({ input: { otherUnitCode: above.code ?? '' } })} done={again} />}
      </>}
    </section>
  );
}

// Adoptions name the other tenant, acts take the code of its unit.
function codeOf(d: AdminRelationsQuery, a: Adoption): string {
  if (!a.upper) return d.tenant.unit.parent?.code ?? '';
  return d.tenants.find((t) => t.id === a.other)?.unit.code ?? d.units.nodes.find((u) => u.shownName === a.otherName)?.code ?? '';
}

function Table({ all, d, again }: { all: readonly Adoption[]; d: AdminRelationsQuery; again: () => void }) {
  const w = useWords(said);
  const { may } = useSession();
  return (
    <div className="scroll"><table className="table">
      <thead><tr><th scope="col">{w.name}</th><th scope="col">{w.state}</th>{may('tenant:adopt') && <th scope="col">{w.acts}</th>}</tr></thead>
      <tbody>{all.map((a) => {
        const code = codeOf(d, a);
        const name = a.otherName ?? code;
        const both = a.agreedHere && a.agreedThere;
        const drafts = (on: boolean) => () => ({ input: { otherUnitCode: code, drafts: on } });
        return (
          <tr key={a.other}>
            <th scope="row">{name}</th>
            <td><Tag color={both ? 'green' : 'orange'}>{both ? w.inForce : a.agreedHere ? w.here : a.agreedThere ? w.there : w.ended}</Tag><small className="faint">{a.drafts ? w.open : w.closed}</small></td>
            {may('tenant:adopt') && <td>{code !== '' && <div className="row-acts">
              {!a.agreedHere && <ActButton label={w.agree} named={name} about={w.agreeAbout} document={AdminAdoptDocument} payload={agreed} input={() => ({ input: { otherUnitCode: code } })} done={again} />}
              {!a.upper && a.agreedHere && (a.drafts
                ? <ActButton label={w.draftsOff} named={name} about={w.draftsOffAbout} document={AdminAdoptDocument} payload={agreed} input={drafts(false)} done={again} />
                : <ActButton label={w.draftsOn} named={name} about={w.draftsOnAbout} document={AdminAdoptDocument} payload={agreed} input={drafts(true)} done={again} />)}
              {a.agreedHere && <ActButton label={w.end} named={name} about={w.endAbout} danger document={AdminAdoptEndDocument} payload={ended} input={() => ({ input: { otherUnitCode: code } })} done={again} />}
            </div>}</td>}
          </tr>
        );
      })}</tbody>
    </table></div>
  );
}
