import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import type { SearchKind } from '@/api/schema';
import { Nothing, Page, Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { SearchPageDocument } from './operations';
import { said } from './words';

/** Where the console shows what was found; null where it has no page of its own. */
export function placeOf(kind: SearchKind, id: string): string | null {
  switch (kind) {
    case 'ROUND': return `/rounds/${id}`;
    case 'PUBLICATION': return `/published/${id}`;
    case 'COMPETITION': return `/competitions/${id}`;
    case 'TEMPLATE': return `/templates/${id}`;
    case 'ISSUE': return `/issues/${id}`;
    case 'PERSON': return '/people';
    case 'ORGANISATION': return '/people/organisations';
    default: return null;
  }
}

// The service takes one to fifty characters.
const most = 50;

export default function Search() {
  const w = useWords(said);
  const [asked, ask] = useSearchParams();
  const text = asked.get('text')?.trim() ?? '';
  const [typed, type] = useState(text);
  const [{ data, error }, again] = useQuery({ query: SearchPageDocument, variables: { text }, pause: text === '' });
  return (
    <Page title={w.title} about={w.about}>
      <form role="search" className="search" onSubmit={(e) => { e.preventDefault(); ask({ text: typed.trim() }); }}>
        <Input aria-label={w.box} placeholder={w.box} size="large" maxLength={most} autoFocus value={typed} onChange={(e) => type(e.target.value)} />
        <Button type="primary" size="large" htmlType="submit">{w.go}</Button>
      </form>
      {text !== '' && (
        <Read data={data} error={error} again={again}>
          {({ search }) => search.length === 0 ? <Nothing>{w.nothing}</Nothing> : (
            <ul className="cards found">
              {search.map((hit) => {
                const at = placeOf(hit.kind, hit.id);
                return (
                  <li key={hit.kind + hit.id} className="card">
                    <small className="faint">{w.kinds[hit.kind]}</small>
                    <div>{at ? <Link to={at}>{hit.label}</Link> : hit.label}</div>
                    <small className="faint">{hit.detail}</small>
                  </li>
                );
              })}
            </ul>
          )}
        </Read>
      )}
    </Page>
  );
}
