import { useEffect, useState } from 'react';
import { useQuery, type AnyVariables, type CombinedError, type TypedDocumentNode } from 'urql';
import { problemOf } from '@/api/problem';
import { useMe } from '@/api/session';
import { ownerOf } from '@/parts/device';
import { keepPage, keptPage } from './keep';

export interface Kept<D> {
  data: D | undefined;
  /** Why nothing newer could be had; not set while what was kept is shown for want of a network. */
  error: CombinedError | undefined;
  /** When it was read (milliseconds), where it comes from this device. */
  since: number | null;
  /** No network, and nothing kept. */
  missing: boolean;
  again: () => void;
}

/**
 * useKept reads like useQuery and keeps what it read on this device, for the
 * same person only; without a network it gives what was kept.
 */
export function useKept<D, V extends AnyVariables>(query: TypedDocumentNode<D, V>, variables: V, name: string): Kept<D> {
  const owner = ownerOf(useMe());
  const [{ data, error, fetching }, reexecute] = useQuery<D>({ query: query as TypedDocumentNode<D>, variables: { ...variables } });
  const [kept, setKept] = useState<{ name: string; value: D; at: number } | 'nothing' | null>(null);
  const offline = error !== undefined && problemOf(error).kind === 'offline';
  useEffect(() => {
    if (data !== undefined && !error && !fetching) void keepPage(owner, name, data);
  }, [data, error, fetching, owner, name]);
  useEffect(() => {
    if (!offline || data !== undefined) return;
    let shown = true;
    void keptPage(owner, name).then((page) => { if (shown) setKept(page ? { name, at: page.at, value: page.value as D } : 'nothing'); });
    return () => { shown = false; };
  }, [offline, data, owner, name]);
  const page = data === undefined && kept !== 'nothing' && kept?.name === name ? kept : null;
  return {
    data: data ?? page?.value,
    error: offline ? undefined : error,
    since: page?.at ?? null,
    missing: offline && data === undefined && kept === 'nothing',
    again: () => reexecute({ requestPolicy: 'network-only' }),
  };
}
