import { Input, Tag, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { ActButton } from '@/parts/actbutton';
import { Asking } from '@/parts/asking';
import { Field } from '@/parts/fields';
import { Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import { PlatformBreakGlassDocument, PlatformGlassApproveDocument, PlatformGlassDocument, PlatformGlassEndDocument, type PlatformBreakGlassMutation, type PlatformGlassApproveMutation, type PlatformGlassEndMutation, type PlatformGlassQuery } from './operations';
import { said } from './platform.words';

const asked = (d: PlatformBreakGlassMutation) => d.breakGlass;
const approved = (d: PlatformGlassApproveMutation) => d.breakGlassApprove;
const ended = (d: PlatformGlassEndMutation) => d.breakGlassEnd;

// An empty list names no type: without this nothing tells it that one was asked for.
const listed = { additionalTypenames: ['BreakGlass'] };

/** Emergency access: who asked, why, and until when. */
export function Glasses({ nothing }: { nothing?: ReactNode }) {
  const w = useWords(said);
  const [{ data, error }, reread] = useQuery({ query: PlatformGlassDocument, context: listed });
  const again = () => reread({ requestPolicy: 'network-only' });
  return (
    <section>
      {nothing === undefined && <Typography.Title level={2}>{w.glasses}</Typography.Title>}
      <Read data={data} error={error} again={again}>{({ breakGlasses: all }) => all.length === 0 ? nothing ?? <p>{w.noGlasses}</p> : (
        <div className="cards">{all.map((g) => <Glass key={g.id} glass={g} under={nothing === undefined ? 'h3' : 'h2'} again={again} />)}</div>
      )}</Read>
    </section>
  );
}

function Glass({ glass: g, under: Title, again }: { glass: PlatformGlassQuery['breakGlasses'][number]; under: 'h2' | 'h3'; again: () => void }) {
  const w = useWords(said);
  const moment = useMoment();
  const { may, me } = useSession();
  return (
    <article className="card">
      <Title className="card-title">{g.tenantName} <Tag color={g.state === 'OPEN' ? 'red' : 'default'}>{w.glassStates[g.state]}</Tag></Title>
      <p>{w.reason}：{g.reason}</p>
      <p className="faint">{w.glassAsked(g.operatorLogin, moment(g.askedOn), g.hours)}{g.until && g.state === 'OPEN' && `，${w.until(moment(g.until))}`}{g.endedOn && `，${w.glassEnded(moment(g.endedOn))}`}</p>
      <div className="row-acts">
        {g.state === 'WAITING' && may('platform:write') && g.operatorLogin !== me?.login && <ActButton label={w.glassApprove} named={g.tenantName} about={w.glassAbout} document={PlatformGlassApproveDocument} payload={approved} input={() => ({ input: { record: g.id } })} done={again} />}
        {g.state !== 'ENDED' && may('glass:end') && <ActButton label={w.glassEnd} named={g.tenantName} about={w.glassEndAbout} danger document={PlatformGlassEndDocument} payload={ended} input={() => ({ input: { record: g.id } })} done={again} />}
      </div>
    </article>
  );
}

export function OpenGlass({ tenant, close }: { tenant: { unitCode: string; name: string }; close: () => void }) {
  const w = useWords(said);
  const act = useAct(PlatformBreakGlassDocument, asked);
  const [reason, setReason] = useState('');
  const [hours, setHours] = useState('2');
  const submit = async () => (await act.run({ input: { unitCode: tenant.unitCode, reason, hours: Number(hours) } })) !== null;
  return (
    <Asking title={`${w.glass}：${tenant.name}`} open close={close} act={act} submit={submit} button={w.glass} danger>
      <p className="field wide">{w.glassAbout}</p>
      <Field label={w.hours} hint={w.hoursHint}><Input required inputMode="numeric" pattern="\d+" value={hours} onChange={(e) => setHours(e.target.value)} /></Field>
      <Field label={w.reason} hint={w.reasonHint} wide><Input.TextArea required rows={2} value={reason} onChange={(e) => setReason(e.target.value)} /></Field>
    </Asking>
  );
}
