import { Alert, Typography } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { ActButton } from '@/parts/actbutton';
import { Choice, MoreButton } from '@/parts/fields';
import { useMore } from '@/parts/more';
import { Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { said, tables } from './erasure.words';
import { AdminPage } from './frame';
import { AdminEraseDocument, AdminErasureDocument, AdminPeopleDocument, type AdminEraseMutation, type AdminErasureQuery, type AdminPeopleQuery } from './operations';

type Person = AdminPeopleQuery['people']['nodes'][number];
const pick = (d: AdminPeopleQuery) => d.people;
const erased = (d: AdminEraseMutation) => d.personErase;

/** Erases a name: first what would go, stay and has to be handed over, then the act. */
export default function Erasure() {
  const w = useWords(said);
  const [asked, setAsked] = useSearchParams();
  const chosen = asked.get('person') ?? '';
  const list = useMore(AdminPeopleDocument, {}, pick);
  const [told, setTold] = useState('');
  const person = list.nodes.find((p) => p.id === chosen);
  const choose = (id: string) => { setTold(''); setAsked(id ? { person: id } : {}, { replace: true }); };
  return (
    <AdminPage at="erasure" about={w.about}>
      {told && <Alert role="status" type="success" showIcon title={told} />}
      <Read data={list.data} error={list.error} again={list.again}>{() => <>
        <div className="fields"><Choice label={w.who} value={chosen} onChange={choose} empty={w.choose} options={list.nodes.map((p) => ({ value: p.id, label: line(p, w.gone) }))} /></div>
        <MoreButton list={list} />
        {chosen !== '' && <Preview key={chosen} id={chosen} named={person?.name ?? person?.pseudonym ?? ''} done={() => { setTold(w.erased(person?.pseudonym ?? '')); setAsked({}, { replace: true }); list.again(); }} />}
      </>}</Read>
    </AdminPage>
  );
}

const line = (p: Person, gone: string) => `${p.name ?? `${p.pseudonym}（${gone}）`}${p.posts[0] ? `，${p.posts[0].unit?.shownName ?? ''}${p.posts[0].label}` : ''}`;

function Preview({ id, named, done }: { id: string; named: string; done: () => void }) {
  const w = useWords(said);
  const [{ data, error }, reread] = useQuery({ query: AdminErasureDocument, variables: { person: id } });
  return (
    <Read data={data} error={error} again={() => reread({ requestPolicy: 'network-only' })}>{({ personErasure: e }) => e && <>
      {e.duties.length > 0 ? <Alert type="warning" showIcon title={w.duties} description={<>{w.dutiesAbout}<ul>{e.duties.map((x) => <li key={x.kind + x.object}>{x.label}</li>)}</ul></>} /> : <p>{w.free}</p>}
      <Counted title={w.goes} all={e.goes} none={w.nothing} />
      <Counted title={w.stays} all={e.stays} none="" />
      <Mentions e={e} />
      <p><ActButton label={w.erase} named={named} about={w.eraseAbout} reason danger document={AdminEraseDocument} payload={erased} input={(reason) => ({ input: { person: id, reason } })} done={done} /></p>
    </>}</Read>
  );
}

function Counted({ title, all, none }: { title: string; all: readonly { key: string; count: number; why: string }[]; none: string }) {
  const w = useWords(said);
  if (all.length === 0 && none === '') return null;
  return <><Typography.Title level={2}>{title}</Typography.Title>{all.length === 0 ? <p>{none}</p> : <ul>{all.map((x) => <li key={x.key}>{w.count(x.why, x.count)}</li>)}</ul>}</>;
}

function Mentions({ e }: { e: NonNullable<AdminErasureQuery['personErasure']> }) {
  const w = useWords(said);
  const named = useWords(tables);
  if (e.mentions.length === 0) return null;
  const groups = new Map<string, { sealed: boolean; count: number }>();
  for (const m of e.mentions) {
    const key = `${named[m.table] ?? m.table}${m.sealed ? ' ' : ''}`;
    groups.set(key, { sealed: m.sealed, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  return (
    <>
      <Typography.Title level={2}>{w.mentions}</Typography.Title>
      <p>{w.mentionsAbout}</p>
      <ul>{[...groups].map(([table, g]) => <li key={table}>{table.trim()}：{w.place(g.count)}{g.sealed && `（${w.sealed}）`}</li>)}</ul>
      {e.moreMentions && <p>{w.moreMentions}</p>}
    </>
  );
}
