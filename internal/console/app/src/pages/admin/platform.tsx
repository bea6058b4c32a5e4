import { Button, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import { useMe, useSession } from '@/api/session';
import { ActButton } from '@/parts/actbutton';
import { Asking } from '@/parts/asking';
import { Choice, Field, MoreButton } from '@/parts/fields';
import { useMore } from '@/parts/more';
import { Nothing, Page, Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import './admin.css';
import { PlatformPlanAssignDocument, PlatformRestoreDocument, PlatformSuspendDocument, PlatformTenantsDocument, type PlatformPlanAssignMutation, type PlatformRestoreMutation, type PlatformSuspendMutation, type PlatformTenantsQuery } from './operations';
import { Glasses, OpenGlass } from './glass';
import { Plans } from './plans';
import { said } from './platform.words';
import { Signups } from './signups';
import { useUntil } from './until';
import { endOf } from './zone';

type Hosted = PlatformTenantsQuery['hostedTenants']['nodes'][number];
const pick = (d: PlatformTenantsQuery) => d.hostedTenants;
const suspended = (d: PlatformSuspendMutation) => d.tenantSuspend;
const restored = (d: PlatformRestoreMutation) => d.tenantRestore;
const assigned = (d: PlatformPlanAssignMutation) => d.planAssign;

/** Everybody who is hosted here, for those who run the platform. */
export default function Platform() {
  const w = useWords(said);
  const { may } = useSession();
  return (
    <Page title={w.title} about={w.about}>
      {may('signup:read') && <Signups />}
      {may('platform:read') && <Tenants />}
      {may('glass:read') && <Glasses />}
    </Page>
  );
}

function Tenants() {
  const w = useWords(said);
  const moment = useMoment();
  const { may } = useSession();
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  const [planned, setPlanned] = useState<Hosted | null>(null);
  const [opened, setOpened] = useState<Hosted | null>(null);
  const list = useMore(PlatformTenantsDocument, { search: search || null }, pick);
  const until = useUntil();
  const write = may('platform:write');
  return (
    <section>
      <Typography.Title level={2}>{w.tenants}</Typography.Title>
      <form className="fields no-print" onSubmit={(e) => { e.preventDefault(); setSearch(typed.trim()); }}>
        <Field label={w.search}><input className="plain-input" type="search" value={typed} onChange={(e) => setTyped(e.target.value)} /></Field>
        <div className="field end"><Button htmlType="submit">{w.find}</Button></div>
      </form>
      <Read data={list.data} error={list.error} again={list.again}>{(d) => <>
        {list.nodes.length === 0 ? <Nothing>{w.noTenants}</Nothing> : <div className="scroll"><table className="table">
          <thead><tr><th scope="col">{w.name}</th><th scope="col">{w.code}</th><th scope="col">{w.opened}</th><th scope="col">{w.plan}</th><th scope="col">{w.state}</th><th scope="col">{w.acts}</th></tr></thead>
          <tbody>{list.nodes.map((t) => (
            <tr key={t.subject}>
              <th scope="row">{t.name} <small className="faint">{w.kinds[t.kind]}</small></th><td>{t.unitCode}</td><td>{moment(t.openedOn)}</td><td>{d.plans.find((p) => p.key === t.plan)?.name ?? t.plan ?? w.noPlan}{t.planUntil && <><br /><small>{w.until(until(t.planUntil))}</small></>}</td>
              <td><Tag color={t.access === 'ACTIVE' ? 'green' : 'orange'}>{w.access[t.access]}</Tag></td>
              <td>{write && t.kind !== 'PLATFORM' && <div className="row-acts">
                <Button size="small" aria-label={`${w.assign}：${t.name}`} onClick={() => setPlanned(t)}>{w.assign}</Button>
                {t.access === 'ACTIVE' ? <ActButton label={w.suspend} named={t.name} about={w.suspendAbout} reason danger document={PlatformSuspendDocument} payload={suspended} input={(reason) => ({ input: { unitCode: t.unitCode, close: false, reason } })} done={list.again} />
                  : <ActButton label={w.restore} named={t.name} reason document={PlatformRestoreDocument} payload={restored} input={(reason) => ({ input: { unitCode: t.unitCode, reason } })} done={list.again} />}
                {t.access === 'ACTIVE' && <ActButton label={w.close} named={t.name} about={w.closeAbout} reason danger document={PlatformSuspendDocument} payload={suspended} input={(reason) => ({ input: { unitCode: t.unitCode, close: true, reason } })} done={list.again} />}
                <Button size="small" danger aria-label={`${w.glass}：${t.name}`} onClick={() => setOpened(t)}>{w.glass}</Button>
              </div>}</td>
            </tr>
          ))}</tbody>
        </table></div>}
        <MoreButton list={list} />
        <Plans plans={d.plans} write={write} done={list.again} />
        {planned && <Assign key={planned.subject} tenant={planned} plans={d.plans} close={() => setPlanned(null)} done={list.again} />}
        {opened && <OpenGlass tenant={opened} close={() => setOpened(null)} />}
      </>}</Read>
    </section>
  );
}

function Assign({ tenant, plans, close, done }: { tenant: Hosted; plans: PlatformTenantsQuery['plans']; close: () => void; done: () => void }) {
  const w = useWords(said);
  const act = useAct(PlatformPlanAssignDocument, assigned);
  const [plan, setPlan] = useState(tenant.plan ?? '');
  const [until, setUntil] = useState('');
  const zone = useMe().tenant.timeZone;
  const submit = async () => {
    const answer = await act.run({ input: { unitCode: tenant.unitCode, plan, ...(until ? { until: endOf(until, zone) } : {}) } });
    if (answer) done();
    return answer !== null;
  };
  return (
    <Asking title={`${w.assign}：${tenant.name}`} open close={close} act={act} submit={submit} button={w.assign}>
      <Choice label={w.plan} value={plan} onChange={setPlan} required empty={w.choose} options={plans.map((p) => ({ value: p.key, label: p.name }))} />
      <Field label={w.untilLabel} hint={w.untilHint}><input className="plain-input" type="date" value={until} onChange={(e) => setUntil(e.target.value)} /></Field>
    </Asking>
  );
}
