import { Alert, Descriptions, Typography } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useMe } from '@/api/session';
import { Field } from '@/parts/fields';
import { Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { useLanguage, useWords, words } from '@/words/language';
import { AdminPage } from './frame';
import { AdminUsageDocument, type AdminUsageQuery } from './operations';

const said = words({
  about: '套餐、用量和月度对账。', plan: '套餐', until: '有效期至', access: '状态', villages: '村（社区）数', storage: '存储（MB）', tokens: '令牌请求', sessions: '网页请求', none: '不限', of: (have: number, most: string) => `${have} / ${most}`, byDay: '按日请求数', day: '日期', statement: '月度对账', month: '月份', name: '单位', rounds: '公布轮次', csv: '下载 CSV',
  state: { ACTIVE: '正常', READ_ONLY: '只读', CLOSED: '已停用' }, noPlan: '未设套餐',
}, {
  about: 'Plan, what is used of it, and the monthly statement.', plan: 'Plan', until: 'Until', access: 'State', villages: 'Villages', storage: 'Storage (MB)', tokens: 'Requests by token', sessions: 'Requests by people', none: 'no limit', of: (have: number, most: string) => `${have} of ${most}`, byDay: 'Requests by day', day: 'Day', statement: 'Statement', month: 'Month', name: 'Tenant', rounds: 'Rounds published', csv: 'Download CSV',
  state: { ACTIVE: 'active', READ_ONLY: 'read-only', CLOSED: 'closed' }, noPlan: 'no plan',
});

export default function Usage() {
  const w = useWords(said);
  const [month, setMonth] = useState(useMe().today.slice(0, 7));
  const [{ data, error }, again] = useQuery({ query: AdminUsageDocument, variables: { month }, pause: !/^\d{4}-\d{2}$/.test(month) });
  return (
    <AdminPage at="usage" about={w.about}>
      <Read data={data} error={error} again={() => again({ requestPolicy: 'network-only' })}>{(d) => <>
        <Plan usage={d.usage} />
        <Typography.Title level={2}>{w.statement}</Typography.Title>
        <div className="fields no-print"><Field label={w.month}><input className="plain-input" type="month" value={month} onChange={(e) => setMonth(e.target.value)} /></Field></div>
        <div className="scroll"><table className="table">
          <thead><tr><th scope="col">{w.name}</th><th scope="col">{w.plan}</th>{[w.sessions, w.tokens, w.storage, w.villages, w.rounds].map((h) => <th key={h} scope="col" className="number">{h}</th>)}</tr></thead>
          <tbody>{d.statement.map((l) => <tr key={l.subject}><th scope="row">{l.name}</th><td>{l.plan ?? w.noPlan}</td>{[l.sessionRequests, l.tokenRequests, l.storageMegabytes, l.villages, l.roundsPublished].map((n, i) => <td key={i} className="number">{n}</td>)}</tr>)}</tbody>
        </table></div>
        <p className="no-print"><a href={`/statement.csv?month=${month}`}>{w.csv}</a></p>
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
        { key: 'requests', label: w.tokens, children: w.of(u.tokenRequests, most(u.plan?.requests)) },
      ]} />
      <details><summary>{w.byDay}</summary><div className="scroll"><table className="table">
        <thead><tr><th scope="col">{w.day}</th><th scope="col" className="number">{w.sessions}</th><th scope="col" className="number">{w.tokens}</th></tr></thead>
        <tbody>{u.days.map((x) => <tr key={x.day}><th scope="row">{x.day}</th><td className="number">{x.sessionRequests}</td><td className="number">{x.tokenRequests}</td></tr>)}</tbody>
      </table></div></details>
    </>
  );
}
