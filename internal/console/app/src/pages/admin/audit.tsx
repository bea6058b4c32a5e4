import { Button } from 'antd';
import { useState } from 'react';
import { useMe } from '@/api/session';
import { Choice, Field, MoreButton } from '@/parts/fields';
import { useMore } from '@/parts/more';
import { Nothing, Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { useLanguage, useWords } from '@/words/language';
import { acts, fields, kinds, said, values } from './audit.words';
import { saidBy } from './changes';
import { Check } from './check';
import { AdminPage } from './frame';
import { AdminAuditDocument, type AdminAuditQuery } from './operations';
import { usePlaces } from './places';
import { endOf, startOf } from './zone';

type Entry = AdminAuditQuery['auditEntries']['nodes'][number];
const pick = (d: AdminAuditQuery) => d.auditEntries;
const blank = { action: '', unitCode: '', since: '', until: '' };

export default function Audit() {
  const w = useWords(said);
  const zone = useMe().tenant.timeZone;
  const { units, permissions } = usePlaces();
  const named = useActs();
  const [typed, setTyped] = useState(blank);
  const [asked, setAsked] = useState(blank);
  const [who, setWho] = useState('');
  const filter = { ...(asked.action ? { action: asked.action } : {}), ...(asked.unitCode ? { unitCode: asked.unitCode } : {}), ...(asked.since ? { since: startOf(asked.since, zone) } : {}), ...(asked.until ? { until: endOf(asked.until, zone) } : {}), ...(who ? { userId: who } : {}) };
  const list = useMore(AdminAuditDocument, { filter }, pick);
  const choices = [...permissions.filter((p) => p.writes).map((p) => ({ value: p.permission, label: p.description })), ...Object.entries(named).map(([value, label]) => ({ value, label }))].sort((a, b) => a.label.localeCompare(b.label, 'zh-Hans-CN'));
  const set = (key: keyof typeof blank) => (value: string) => setTyped({ ...typed, [key]: value });
  return (
    <AdminPage at="audit" about={w.about}>
      <Check />
      <form className="fields no-print" onSubmit={(e) => { e.preventDefault(); setAsked(typed); }}>
        <Choice label={w.action} value={typed.action} onChange={set('action')} empty={w.everything} options={choices} />
        <Choice label={w.unit} value={typed.unitCode} onChange={set('unitCode')} empty={w.everywhere} options={units.map((u) => ({ value: u.code, label: u.name }))} />
        <Field label={w.since}><input className="plain-input" type="date" value={typed.since} onChange={(e) => set('since')(e.target.value)} /></Field>
        <Field label={w.until}><input className="plain-input" type="date" value={typed.until} onChange={(e) => set('until')(e.target.value)} /></Field>
        <div className="field end"><Button htmlType="submit">{w.filter}</Button></div>
      </form>
      {who && <p className="no-print">{w.onlyOf} <Button size="small" onClick={() => setWho('')}>{w.allPeople}</Button></p>}
      <Read data={list.data} error={list.error} again={list.again}>{() => list.nodes.length === 0 ? <Nothing>{w.none}</Nothing> : (
        <div className="scroll"><table className="table audit">
          <thead><tr><th scope="col" className="number">#</th><th scope="col">{w.when}</th><th scope="col">{w.who}</th><th scope="col">{w.what}</th><th scope="col">{w.object}</th><th scope="col">{w.detail}</th></tr></thead>
          <tbody>{list.nodes.map((e) => <Line key={e.seq} entry={e} only={who === '' ? setWho : undefined} />)}</tbody>
        </table></div>
      )}</Read>
      <MoreButton list={list} />
    </AdminPage>
  );
}

const useActs = () => (useLanguage().language === 'en' ? acts.en : acts.zh);

function Line({ entry: e, only }: { entry: Entry; only: ((user: string) => void) | undefined }) {
  const w = useWords(said);
  const moment = useMoment();
  const named = useActs();
  const kind = useWords(kinds);
  const field = useWords(fields);
  const english = useLanguage().language === 'en';
  const book = { field: (key: string) => field[key] ?? (english ? key.replace(/([A-Z])/g, ' $1').toLowerCase() : ''), values: useWords(values), count: w.count, empty: w.empty, moment };
  const name = e.person?.name ?? e.person?.pseudonym ?? w.system;
  return (
    <tr>
      <td className="number">{e.seq}</td><td>{moment(e.at)}</td>
      <td>{only ? <button type="button" className="as-link" aria-label={w.only(name)} onClick={() => only(e.userId)}>{name}</button> : name}{e.tokenId && <><br /><small className="faint">{w.byToken}</small></>}</td>
      <th scope="row">{e.label || (named[e.action] ?? e.action)}</th>
      <td>{e.unit?.shownName} <small className="faint">{kind[e.objectKind] ?? e.objectKind}</small></td>
      <td>
        <ul className="plain">
          {e.reason && <li>{w.reason}：{e.reason}</li>}
          {saidBy(e, book).map((s) => <li key={s.field}>{s.field}：{s.before === undefined ? s.after : <><del>{s.before}</del> → <ins>{s.after}</ins></>}</li>)}
        </ul>
        <details><summary>{w.raw}</summary><Raw entry={e} /></details>
      </td>
    </tr>
  );
}

/** The entry as the chain has it, for whoever checks it. */
function Raw({ entry: e }: { entry: Entry }) {
  const w = useWords(said);
  const lines = [[w.key, e.action], [w.number, e.objectKey], [w.request, e.requestId], [w.before, e.before], [w.after, e.after], [w.detail, e.detail]] as const;
  return <pre className="change">{lines.filter(([, value]) => value).map(([label, value]) => `${label} ${value ?? ''}`).join('\n')}</pre>;
}
