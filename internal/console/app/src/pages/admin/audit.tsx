import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useMe } from '@/api/session';
import { Field, MoreButton } from '@/parts/fields';
import { useMore } from '@/parts/more';
import { Nothing, Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { useWords, words } from '@/words/language';
import { AdminPage } from './frame';
import { AdminAuditCheckDocument, AdminAuditDocument, type AdminAuditQuery } from './operations';

const said = words({
  about: '谁在何时做了什么；只增不改，逐条链接，可随时检验。', none: '没有符合条件的记录。', unit: '单位代码', since: '起', until: '止', action: '操作', actionHint: '例如 round:publish', filter: '筛选', who: '人员', when: '时间', what: '操作', object: '对象', detail: '说明', change: '前后变化', before: '之前', after: '之后', byToken: '通过令牌',
  check: '检验完整性', intact: (n: number) => `检验通过：${n} 条记录完整，未被改动。`, broken: (n: number) => `第 ${n} 条起不一致，请立即联系平台运维。`, head: '链首指纹',
}, {
  about: 'Who did what and when; only added to, chained entry by entry, and checked whenever you like.', none: 'No entries like that.', unit: 'Unit code', since: 'From', until: 'To', action: 'Action', actionHint: 'for example round:publish', filter: 'Filter', who: 'Who', when: 'When', what: 'What', object: 'Object', detail: 'Detail', change: 'Before and after', before: 'before', after: 'after', byToken: 'by token',
  check: 'Check the chain', intact: (n: number) => `Intact: ${n} entries, none changed.`, broken: (n: number) => `Not intact from entry ${n} on. Tell the operators at once.`, head: 'Fingerprint',
});

const pick = (d: AdminAuditQuery) => d.auditEntries;
const blank = { action: '', unitCode: '', since: '', until: '' };

export default function Audit() {
  const w = useWords(said);
  const moment = useMoment();
  const zone = useMe().tenant.timeZone;
  const [typed, setTyped] = useState(blank);
  const [asked, setAsked] = useState(blank);
  const filter = { ...(asked.action ? { action: asked.action } : {}), ...(asked.unitCode ? { unitCode: asked.unitCode } : {}), ...(asked.since ? { since: startOf(asked.since, zone) } : {}), ...(asked.until ? { until: startOf(asked.until, zone, 1) } : {}) };
  const list = useMore(AdminAuditDocument, { filter }, pick);
  const field = (key: keyof typeof blank) => ({ value: typed[key], onChange: (e: { target: { value: string } }) => setTyped({ ...typed, [key]: e.target.value }) });
  return (
    <AdminPage at="audit" about={w.about}>
      <Check />
      <form className="fields no-print" onSubmit={(e) => { e.preventDefault(); setAsked(typed); }}>
        <Field label={w.action} hint={w.actionHint}><input className="plain-input" {...field('action')} /></Field>
        <Field label={w.unit}><input className="plain-input" inputMode="numeric" {...field('unitCode')} /></Field>
        <Field label={w.since}><input className="plain-input" type="date" {...field('since')} /></Field>
        <Field label={w.until}><input className="plain-input" type="date" {...field('until')} /></Field>
        <div className="field"><Button htmlType="submit">{w.filter}</Button></div>
      </form>
      <Read data={list.data} error={list.error} again={list.again}>{() => list.nodes.length === 0 ? <Nothing>{w.none}</Nothing> : (
        <div className="scroll"><table className="table">
          <thead><tr><th scope="col" className="number">#</th><th scope="col">{w.when}</th><th scope="col">{w.who}</th><th scope="col">{w.what}</th><th scope="col">{w.object}</th><th scope="col">{w.detail}</th></tr></thead>
          <tbody>{list.nodes.map((e) => (
            <tr key={e.seq}>
              <td className="number">{e.seq}</td><td>{moment(e.at)}</td><td>{e.person?.name ?? e.person?.pseudonym ?? '—'}{e.tokenId && <><br /><small>{w.byToken}</small></>}</td><th scope="row">{e.label}<br /><small className="faint">{e.action}</small></th>
              <td>{e.unit?.shownName}<br /><small className="faint">{e.objectKind} {e.objectKey}</small></td>
              <td>{e.detail}{e.reason && <div>{e.reason}</div>}{(e.before ?? e.after) && <details><summary>{w.change}</summary><pre className="change">{w.before} {e.before ?? '—'}{'\n'}{w.after} {e.after ?? '—'}</pre></details>}</td>
            </tr>
          ))}</tbody>
        </table></div>
      )}</Read>
      <MoreButton list={list} />
    </AdminPage>
  );
}

/** The first moment of a day (some days on) in a zone, RFC 3339. */
function startOf(day: string, zone: string, later = 0): string {
  const utc = Date.parse(`${day}T00:00:00Z`) + later * 86_400_000;
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(utc);
  return new Date(utc - (Date.parse(`${shown.replace(' ', 'T')}Z`) - utc)).toISOString();
}

function Check() {
  const w = useWords(said);
  const [asked, setAsked] = useState(false);
  const [{ data, error, fetching }] = useQuery({ query: AdminAuditCheckDocument, pause: !asked, requestPolicy: 'network-only' });
  if (!asked) return <p className="no-print"><Button onClick={() => setAsked(true)}>{w.check}</Button></p>;
  if (fetching || !data) return <Read data={data} error={error}>{() => null}</Read>;
  const c = data.auditCheck;
  return <Alert role="status" type={c.intact ? 'success' : 'error'} showIcon title={c.intact ? w.intact(c.entries) : w.broken(c.brokenAt ?? 0)} description={<small>{w.head} <code>{c.head}</code></small>} />;
}
