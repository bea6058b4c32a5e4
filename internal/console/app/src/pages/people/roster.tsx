import { Button, Flex } from 'antd';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { useMe, useSession } from '@/api/session';
import { MoreButton } from '@/parts/fields';
import { useMore } from '@/parts/more';
import { Nothing, Page, Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { AddPerson } from './add';
import { EndPost, HandOver, LinkLogin, Rename } from './acts';
import { PeopleNav } from './nav';
import { PeoplePageDocument, type PeoplePageQuery } from './operations';
import { said } from './words';

export type Person = PeoplePageQuery['people']['nodes'][number];

const pick = (d: PeoplePageQuery) => d.people;

/** The roster: who holds which post where, from when to when. */
export default function Roster() {
  const w = useWords(said);
  const { may } = useSession();
  const [find, setFind] = useState('');
  const [adding, setAdding] = useState<Person | 'new' | null>(null);
  const organisations = may('tenant:read');
  const variables = useMemo(() => ({ sets: organisations }), [organisations]);
  const list = useMore(PeoplePageDocument, variables, pick);
  const wanted = find.trim().toLowerCase();
  const shown = list.nodes.filter((p) => wanted === '' || [p.name, p.pseudonym, ...p.posts.flatMap((x) => [x.label, x.title, x.unit?.shownName])].some((t) => t?.toLowerCase().includes(wanted)));
  return (
    <Page title={w.title} about={w.about} actions={may('person:write') && <Button type="primary" onClick={() => setAdding('new')}>{w.add}</Button>}>
      <PeopleNav />
      <Read data={list.data} error={list.error} again={list.again}>
        {(d) => (
          <>
            {list.nodes.length === 0 ? <Nothing>{w.none}</Nothing> : (
              <>
                <input className="plain-input no-print" type="search" aria-label={w.find} placeholder={w.find} value={find} onChange={(e) => setFind(e.target.value)} />
                {shown.length === 0 ? <p>{w.noMatch}</p> : <Table people={shown} all={list.nodes} again={list.again} addPost={setAdding} />}
              </>
            )}
            {adding && <AddPerson key={adding === 'new' ? 'new' : adding.id} of={adding === 'new' ? null : adding} organisations={(d.organisations ?? []).filter((o) => !o.validTo).map((o) => o.name)} close={() => setAdding(null)} done={list.again} />}
          </>
        )}
      </Read>
      <MoreButton list={list} />
    </Page>
  );
}

function Table({ people, all, again, addPost }: { people: readonly Person[]; all: readonly Person[]; again: () => void; addPost: (p: Person) => void }) {
  const w = useWords(said);
  const { may } = useSession();
  const { today } = useMe();
  const write = may('person:write');
  return (
    <div className="scroll roster" tabIndex={0} role="region" aria-label={w.roster}>
      <table className="table">
        <thead><tr>{[w.name, w.pseudonym, w.posts].map((h) => <th key={h} scope="col">{h}</th>)}{write && <th scope="col">{w.acts}</th>}</tr></thead>
        <tbody>{people.map((p) => (
          <tr key={p.id}>
            <th scope="row">{p.name ?? '—'}</th>
            <td>{p.pseudonym}</td>
            <td>{p.posts.map((x) => (
              <div key={x.id} className="post-line">
                <span>{x.label}{x.unit && `（${x.unit.shownName}）`}{x.title && ` ${x.title}`}</span>
                <small className="faint">{w.since(x.validFrom)}{x.validTo && ` ${w.until(x.validTo)}`}</small>
                {may('post:write') && (!x.validTo || x.validTo > today) && <EndPost id={x.id} name={`${p.name ?? p.pseudonym} ${x.label}`} done={again} />}
              </div>
            ))}</td>
            {write && <td><Flex gap={4} wrap>
              <Button size="small" aria-label={`${w.addPost} ${p.name ?? p.pseudonym}`} onClick={() => addPost(p)}>{w.addPost}</Button>
              <Rename person={p} done={again} />
              <LinkLogin person={p} done={again} />
              {may('handover:write') && <HandOver person={p} others={all.filter((o) => o.id !== p.id)} done={again} />}
              {p.name && <Link to={`/admin/erasure?person=${p.id}`} aria-label={`${w.erase} ${p.name}`}>{w.erase}</Link>}
            </Flex></td>}
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}
