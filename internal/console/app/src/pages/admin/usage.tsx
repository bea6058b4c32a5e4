import { Alert, Descriptions, Typography } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useMe } from '@/api/session';
import type { StatementScope } from '@/api/schema';
import { Choice, Field } from '@/parts/fields';
import { Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { useLanguage, useWords } from '@/words/language';
import { AdminPage } from './frame';
import { AdminUsageDocument, type AdminUsageQuery } from './operations';
import { said } from './usage.words';

const scopes: Record<string, readonly StatementScope[]> = { PLATFORM: ['ALL'], COUNTY: ['OWN', 'BELOW'], PREFECTURE: ['OWN', 'BELOW'], TOWNSHIP: ['OWN'] };

export default function Usage() {
  const w = useWords(said);
  const me = useMe();
  const offered = scopes[me.tenant.kind] ?? ['OWN'];
  const [month, setMonth] = useState(me.today.slice(0, 7));
  const [scope, setScope] = useState<StatementScope>(offered[0] ?? 'OWN');
  const [{ data, error }, again] = useQuery({ query: AdminUsageDocument, variables: { month, scope }, pause: !/^\d{4}-\d{2}$/.test(month) });
  return (
    <AdminPage at="usage" about={w.about}>
      <Read data={data} error={error} again={() => again({ requestPolicy: 'network-only' })}>{(d) => <>
        <Plan usage={d.usage} />
        <Holds holds={d.holds} />
        <Typography.Title level={2}>{w.statement}</Typography.Title>
        <div className="fields no-print">
          <Field label={w.month}><input className="plain-input" type="month" value={month} onChange={(e) => setMonth(e.target.value)} /></Field>
          {offered.length > 1 && <Choice label={w.scope} value={scope} onChange={(v) => setScope(v as StatementScope)} options={offered.map((o) => ({ value: o, label: w.scopes[o] }))} />}
        </div>
        {d.statement.length === 0 ? <p>{w.noLines}</p> : <div className="scroll"><table className="table">
          <thead><tr><th scope="col">{w.name}</th><th scope="col">{w.plan}</th>{[w.sessions, w.tokens, w.storage, w.villages, w.rounds].map((h) => <th key={h} scope="col" className="number">{h}</th>)}</tr></thead>
          <tbody>{d.statement.map((l) => <tr key={l.subject}><th scope="row">{l.name}</th><td>{d.plans.find((p) => p.key === l.plan)?.name ?? l.plan ?? w.noPlan}</td>{[l.sessionRequests, l.tokenRequests, l.storageMegabytes, l.villages, l.roundsPublished].map((n, i) => <td key={i} className="number">{n}</td>)}</tr>)}</tbody>
        </table></div>}
        <p className="no-print"><a href={`/statement.csv?month=${month}&scope=${scope.toLowerCase()}`} download>{w.csv}</a></p>
      </>}</Read>
    </AdminPage>
  );
}

function Plan({ usage: u }: { usage: AdminUsageQuery['usage'] }) {
  const w = useWords(said);
  const moment = useMoment();
  const { language } = useLanguage();
  const most = (n: number | null | undefined) => (n == null ? w.none : String(n));
  return (
    <>
      {u.warnings.length > 0 && <Alert type="warning" showIcon title={<ul className="plain">{u.warnings.map((x) => <li key={x.code + x.field}>{x.message}</li>)}</ul>} />}
      <Descriptions bordered size="small" column={{ xs: 1, sm: 1, md: 2 }} items={[
        { key: 'plan', label: w.plan, children: u.plan ? (language === 'en' && u.plan.nameEn ? u.plan.nameEn : u.plan.name) : w.noPlan },
        { key: 'until', label: w.until, children: u.planUntil ? moment(u.planUntil) : w.none },
        { key: 'access', label: w.access, children: w.state[u.access] },
        { key: 'villages', label: w.villages, children: w.of(u.villages, most(u.plan?.villages)) },
        { key: 'storage', label: w.storage, children: w.of(u.storageMegabytes, most(u.plan?.storageMegabytes)) },
        { key: 'requests', label: w.tokensMonth, children: w.of(u.tokenRequests, most(u.plan?.requests)) },
      ]} />
      <details><summary>{w.byDay}</summary>{u.days.length === 0 ? <p>{w.noDays}</p> : <div className="scroll"><table className="table">
        <thead><tr><th scope="col">{w.day}</th><th scope="col" className="number">{w.sessions}</th><th scope="col" className="number">{w.tokens}</th></tr></thead>
        <tbody>{u.days.map((x) => <tr key={x.day}><th scope="row">{x.day}</th><td className="number">{x.sessionRequests}</td><td className="number">{x.tokenRequests}</td></tr>)}</tbody>
      </table></div>}</details>
    </>
  );
}

/** When and why the platform held the tenant back. */
function Holds({ holds }: { holds: AdminUsageQuery['holds'] }) {
  const w = useWords(said);
  const moment = useMoment();
  if (holds.length === 0) return null;
  return (
    <>
      <Typography.Title level={2}>{w.holds}</Typography.Title>
      <ul className="plain">{holds.map((h) => <li key={h.id}>{w.held(w.state[h.access], moment(h.placedOn), h.reason)}{h.liftedOn ? w.lifted(moment(h.liftedOn)) : w.lasting}</li>)}</ul>
    </>
  );
}
