import { useEffect, useMemo, useState } from 'react';
import { useClient } from 'urql';
import { useSession } from '@/api/session';
import { PanelPeopleDocument, type PanelPeopleQuery } from './operations';

/** A person as panels and receptions name one. */
export type Someone = PanelPeopleQuery['people']['nodes'][number];

/** Everybody of the tenant, page after page; null while they are being read. */
export function useEverybody(pause: boolean): { people: Someone[] | null; failed: boolean } {
  const client = useClient();
  const [people, setPeople] = useState<Someone[] | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (pause || people) return;
    let over = false;
    const read = async () => {
      const all: Someone[] = [];
      for (let after: string | null = null; ;) {
        const answer: { data?: PanelPeopleQuery | undefined; error?: unknown } = await client.query(PanelPeopleDocument, { after }).toPromise();
        if (over) return;
        if (!answer.data) { setFailed(true); return; }
        all.push(...answer.data.people.nodes);
        if (!answer.data.people.pageInfo.hasNextPage) break;
        after = answer.data.people.pageInfo.endCursor ?? null;
      }
      // K2 before K10, as anybody counts.
      setPeople(all.sort((a, b) => a.pseudonym.localeCompare(b.pseudonym, 'zh-Hans', { numeric: true })));
    };
    void read();
    return () => { over = true; };
  }, [client, pause, people]);
  return { people, failed };
}

/** What is shown for a pseudonym: the name, once it is read and where it may be seen. */
export function useCalled(): (pseudonym: string) => string {
  const { may } = useSession();
  const { people } = useEverybody(!may('person:read'));
  return useMemo(() => calling(people ?? []), [people]);
}

/** calling gives the names of those whose names may be seen, and everybody else's pseudonym. */
export function calling(people: readonly { pseudonym: string; name?: string | null }[]): (pseudonym: string) => string {
  const named = new Map(people.map((p) => [p.pseudonym, p.name ?? p.pseudonym]));
  return (pseudonym) => named.get(pseudonym) ?? pseudonym;
}

/** How somebody is shown in a list: the name where it may be seen, else the pseudonym, and the posts held on that day. */
export function shownAs(person: Someone, on: string): string {
  const posts = person.posts.filter((p) => p.validFrom <= on && (!p.validTo || p.validTo > on)).map((p) => [p.unit?.shownName, p.title || p.label].filter(Boolean).join(' '));
  return [person.name ?? person.pseudonym, ...posts.slice(0, 2)].join(' · ');
}

/** Those who hold a post at a unit on that day first, its secretary before the others. */
export function nearest(people: readonly Someone[], unit: string, on: string): Someone[] {
  const weight = (p: Someone) => {
    const here = p.posts.filter((x) => x.unit?.id === unit && x.validFrom <= on && (!x.validTo || x.validTo > on));
    return here.some((x) => x.kind === 'village-secretary') ? 0 : here.length > 0 ? 1 : 2;
  };
  return people.map((p, i) => ({ p, w: weight(p), i })).sort((a, b) => a.w - b.w || a.i - b.i).map((x) => x.p);
}
