import { useCallback, useState } from 'react';
import { useClient, useQuery, type AnyVariables, type CombinedError, type TypedDocumentNode } from 'urql';

/** A connection of the API as far as a list needs it. */
export interface Connection<N> { nodes: N[]; pageInfo: { hasNextPage: boolean; endCursor?: string | null } }

/** A list that grows: what was read of it, whether there is more, and how to get that. */
export interface Growing<D, N> {
  data: D | undefined;
  error: CombinedError | undefined;
  nodes: N[];
  hasMore: boolean;
  loading: boolean;
  more: () => void;
  /** Reads the list anew from its beginning. */
  again: () => void;
}

/** The variable by which a page of a connection is asked. */
export type Paged = { after?: string | null };

interface Later<N> { of: unknown; nodes: N[]; info: Connection<N>['pageInfo'] }

/** useMore reads a connection page by page; other variables begin it anew. */
export function useMore<D, V extends AnyVariables & Paged, N>(
  query: TypedDocumentNode<D, V>, variables: V, pick: (data: D) => Connection<N>, pause = false,
): Growing<D, N> {
  const client = useClient();
  const [{ data, error, fetching }, reexecute] = useQuery<D, V>({ query, variables, pause });
  const [later, setLater] = useState<Later<N> | null>(null);
  const [reading, setReading] = useState(false);
  const [failed, setFailed] = useState<CombinedError | undefined>();
  const first = data ? pick(data) : undefined;
  // Pages that were read after another first page are not this list's.
  const rest = later && later.of === data ? later : null;
  const info = rest?.info ?? first?.pageInfo;
  const more = useCallback(() => {
    if (!info?.hasNextPage) return;
    setReading(true);
    void client.query(query, { ...variables, after: info.endCursor ?? null }).toPromise().then((answer) => {
      setReading(false);
      setFailed(answer.error);
      if (!answer.data) return;
      const page = pick(answer.data);
      setLater({ of: data, nodes: [...(rest?.nodes ?? []), ...page.nodes], info: page.pageInfo });
    });
  }, [client, query, variables, pick, info, data, rest]);
  const again = useCallback(() => { setFailed(undefined); reexecute({ requestPolicy: 'network-only' }); }, [reexecute]);
  return {
    data, error: error ?? failed, nodes: [...(first?.nodes ?? []), ...(rest?.nodes ?? [])],
    hasMore: info?.hasNextPage ?? false, loading: fetching || reading, more, again,
  };
}
