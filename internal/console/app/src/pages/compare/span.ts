import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { useQuery, type TypedDocumentNode } from 'urql';
import { useMe } from '@/api/session';
import { monthBefore } from './figures';

/** What is compared, kept in the address so that it can be sent to a colleague. */
export interface Span { from: string; to: string; dimensions: string[] }

/** useSpan is the span of the address; by default the twelve months to today's. */
export function useSpan(): { span: Span; search: string; change: (next: Partial<Span & { view: string }>) => void; view: string } {
  const [params, setParams] = useSearchParams();
  const today = useMe().today.slice(0, 7);
  const from = params.get('from') ?? monthBefore(today, 11);
  const to = params.get('to') ?? today;
  const chosen = params.get('dimensions') ?? '';
  const span = useMemo(() => ({ from, to, dimensions: chosen === '' ? [] : chosen.split(',') }), [from, to, chosen]);
  const change = (next: Partial<Span & { view: string }>) => setParams((old) => {
    const now = new URLSearchParams(old);
    for (const [key, value] of Object.entries(next)) {
      const text = Array.isArray(value) ? value.join(',') : value;
      if (text) now.set(key, text); else now.delete(key);
    }
    return now;
  }, { replace: true });
  return { span, search: params.toString(), change, view: params.get('view') ?? 'table' };
}

/** The same question of a county and of a prefecture. */
export interface Pair<C> { county: TypedDocumentNode<{ comparison: C }, Asked>; prefecture: TypedDocumentNode<{ comparison: C }, Asked> }

interface Asked { from: string; to: string; dimensions?: string[] | string | null }

/** useComparison compares the townships of a county, or the counties of a prefecture. */
export function useComparison<C>(documents: Pair<C>, span: Span) {
  const prefecture = useMe().tenant.kind === 'PREFECTURE';
  const variables = useMemo<Asked>(() => ({ from: span.from, to: span.to, dimensions: span.dimensions.length > 0 ? span.dimensions : null }), [span]);
  const [{ data, error }, again] = useQuery({ query: prefecture ? documents.prefecture : documents.county, variables });
  return { comparison: data?.comparison, error, again: () => again({ requestPolicy: 'network-only' }), prefecture };
}
