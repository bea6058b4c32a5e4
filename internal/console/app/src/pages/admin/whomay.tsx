import { Button } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useMe } from '@/api/session';
import { Choice } from '@/parts/fields';
import { Read } from '@/parts/page';
import { useWords, words } from '@/words/language';
import { WhoCanDocument, WhyCanDocument, type AdminGrantsQuery, type WhyCanQuery } from './operations';
import { PlaceChoice, usePlaces } from './places';
import { useUntil } from './until';
import { said as shared } from './words';

const said = words({
  title: '谁可以做什么，为什么', what: '做什么', choose: '请选择权限', who: '谁', anybody: '所有人', ask: '查询', nobody: '目前没有人可以在这里做这件事。可在右上方授予角色。', not: (who: string) => `${who} 目前不能在这里做这件事：没有带来这项权限的角色。`, more: '人数过多，只列出前 500 项。', incomplete: '单项分管、评审组成员等按工作关系取得的权限不在此列。',
  line: (who: string, unit: string, label: string) => `${who}：在${unit}担任“${label}”`, wide: '此事属全乡共有，在一个村任职即可', until: (m: string) => `至 ${m}`, only: (d: string) => `仅限 ${d}`,
}, {
  title: 'Who can do what, and why', what: 'What', choose: 'Choose a permission', who: 'Who', anybody: 'anybody', ask: 'Ask', nobody: 'Nobody can do this here now. Give a role above.', not: (who: string) => `${who} cannot do this here now: no role that would let them.`, more: 'Only the first 500 are listed.', incomplete: 'What owners of items and members of panels may by their work is not listed.',
  line: (who: string, unit: string, label: string) => `${who}: ${label} of ${unit}`, wide: 'because this belongs to the township as a whole', until: (m: string) => `until ${m}`, only: (d: string) => `for ${d} only`,
});

type Reasons = WhyCanQuery['whyCan'];
interface Question { permission: string; unit: string; user: string }

/** Asks by which grants somebody, or anybody, may do something at a place. */
export function WhoMay({ d }: { d: AdminGrantsQuery }) {
  const w = useWords(said);
  const s = useWords(shared);
  const own = useMe().tenant.unit;
  const [open, setOpen] = useState(false);
  const { units, permissions } = usePlaces(open);
  const [typed, setTyped] = useState<Question>({ permission: '', unit: own.id, user: '' });
  const [asked, setAsked] = useState<Question | null>(null);
  const people = [...new Map(d.grants.map((g) => [g.userId, g.login]))].map(([value, login]) => ({ value, label: called(d, value, login) })).sort((a, b) => a.label.localeCompare(b.label));
  return (
    <details className="card no-print" onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{w.title}</summary>
      <form onSubmit={(e) => { e.preventDefault(); setAsked(typed); }}>
        <div className="fields">
          <Choice label={w.what} value={typed.permission} onChange={(permission) => setTyped({ ...typed, permission })} required empty={w.choose} options={permissions.map((p) => ({ value: p.permission, label: p.description }))} />
          <PlaceChoice units={units} by="id" value={typed.unit} onChange={(unit) => setTyped({ ...typed, unit })} label={s.where} />
          <Choice label={w.who} value={typed.user} onChange={(user) => setTyped({ ...typed, user })} empty={w.anybody} options={people} />
        </div>
        <p><Button htmlType="submit">{w.ask}</Button></p>
      </form>
      {asked && (asked.user ? <Why asked={asked} d={d} /> : <Who asked={asked} d={d} />)}
    </details>
  );
}

function called(d: AdminGrantsQuery, user: string, login: string) {
  const person = d.users.nodes.find((u) => u.id === user)?.person;
  return person ? `${login} ${person.name ?? person.pseudonym}` : login;
}

function Who({ asked, d }: { asked: Question; d: AdminGrantsQuery }) {
  const w = useWords(said);
  const [{ data, error }] = useQuery({ query: WhoCanDocument, variables: { permission: asked.permission, unit: asked.unit } });
  return <Read data={data} error={error}>{({ whoCan }) => <Told reasons={whoCan.reasons} none={w.nobody} more={!whoCan.complete} d={d} />}</Read>;
}

function Why({ asked, d }: { asked: Question; d: AdminGrantsQuery }) {
  const w = useWords(said);
  const [{ data, error }] = useQuery({ query: WhyCanDocument, variables: { ...asked } });
  const login = d.grants.find((g) => g.userId === asked.user)?.login ?? '';
  return <Read data={data} error={error}>{({ whyCan }) => <Told reasons={whyCan} none={w.not(called(d, asked.user, login))} more={false} d={d} />}</Read>;
}

function Told({ reasons, none, more, d }: { reasons: Reasons; none: string; more: boolean; d: AdminGrantsQuery }) {
  const w = useWords(said);
  const until = useUntil();
  const dimension = (key: string) => d.dimensions.find((x) => x.key === key)?.name ?? key;
  return (
    <div role="status">
      {reasons.length === 0 ? <p>{none}</p> : <ul className="plain">{reasons.map((r) => (
        <li key={r.grantId}>{w.line(called(d, r.userId, r.login), r.unit.shownName, r.label)}{r.wide && `，${w.wide}`}{r.dimensions.length > 0 && `，${w.only(r.dimensions.map(dimension).join('、'))}`}{r.validUntil && `，${w.until(until(r.validUntil))}`}</li>
      ))}</ul>}
      {more && <p className="faint">{w.more}</p>}
      <p className="faint">{w.incomplete}</p>
    </div>
  );
}
