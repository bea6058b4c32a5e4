import { useEffect, useMemo, useState } from 'react';
import { useClient } from 'urql';
import type { DeskRound } from './desk';
import { JudgeMarksDocument, type JudgeMarkFragment } from './operations';

/** A round with all of its marks: those beyond the first hundred are read page by page. */
export function useWhole(round: DeskRound | null): DeskRound | null {
  const client = useClient();
  const [more, setMore] = useState<{ of: DeskRound; nodes: JudgeMarkFragment[] } | null>(null);
  useEffect(() => {
    if (!round?.marks.pageInfo.hasNextPage) return;
    let wanted = true;
    const read = async () => {
      const nodes: JudgeMarkFragment[] = [];
      let info = round.marks.pageInfo;
      while (wanted && info.hasNextPage) {
        const { data } = await client.query(JudgeMarksDocument, { id: round.id, after: info.endCursor ?? null }, { requestPolicy: 'network-only' }).toPromise();
        const page = data?.round?.marks;
        if (!page) return; // without a network the first hundred have to do
        nodes.push(...page.nodes);
        info = page.pageInfo;
      }
      if (wanted) setMore({ of: round, nodes });
    };
    void read();
    return () => { wanted = false; };
  }, [client, round]);
  return useMemo(() => round && more?.of === round ? { ...round, marks: { ...round.marks, nodes: [...round.marks.nodes, ...more.nodes] } } : round, [round, more]);
}
