// A list that grows comes in pages; a cursor belongs to one list and its filter.

export interface Page<T> {
  nodes: T[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** Walks a list from its start, page by page, for as long as the caller wants more. */
export async function* all<T>(page: (after: string | null) => Promise<Page<T>>): AsyncGenerator<T> {
  let after: string | null = null;
  for (;;) {
    const { nodes, pageInfo }: Page<T> = await page(after);
    yield* nodes;
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}
