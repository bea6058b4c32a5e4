import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { ObjectionMarksDocument, type ObjectionMarksQuery } from './operations';

type Mark = NonNullable<ObjectionMarksQuery['round']>['marks']['nodes'][number];

/** The standing marks of one item of one contestant; undefined while they are read. */
export function useMarksOf(round: string, subject: string, item: string, wanted: boolean): Mark[] | undefined {
  const client = useClient();
  const [marks, setMarks] = useState<Mark[]>();
  useEffect(() => {
    if (!wanted) return;
    let gone = false;
    const read = async () => {
      const found: Mark[] = [];
      for (let after: string | null = null; ;) {
        const answer: { data?: ObjectionMarksQuery | undefined } = await client.query(ObjectionMarksDocument, { round, after }).toPromise();
        const page = answer.data?.round?.marks;
        if (!page) break;
        found.push(...page.nodes.filter((m) => m.subject === subject && m.item === item && (m.state === 'ENTERED' || m.state === 'CONFIRMED')));
        if (!page.pageInfo.hasNextPage) break;
        after = page.pageInfo.endCursor ?? null;
      }
      if (!gone) setMarks(found);
    };
    void read();
    return () => { gone = true; };
  }, [client, round, subject, item, wanted]);
  return marks;
}
