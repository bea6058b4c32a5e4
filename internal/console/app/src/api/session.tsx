import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { Provider, useQuery } from 'urql';
import { ViewerDocument, type ViewerQuery } from './operations';
import { makeClient } from './client';
import { problemOf, type Problem } from './problem';
import { keepIn, keepMe, keptMe } from '@/parts/device';
import { rest } from './rest';

/** Who works here, and where. */
export type Me = ViewerQuery['viewer'];

interface Session {
  me: Me | null;
  inboxUnread: number;
  problem: Problem | null;
  fetching: boolean;
  /** Whether the caller holds the permission anywhere in the tenant: what is offered, never what is allowed. */
  may: (permission: string) => boolean;
  /** Everything read so far is forgotten: after signing in or out and in another tenant. */
  restart: () => void;
}

const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('outside of SessionProvider');
  return session;
}

/** useMe is the signed-in person, on pages that only exist for one. */
export function useMe(): Me {
  const { me } = useSession();
  if (!me) throw new Error('nobody is signed in');
  return me;
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const [turn, setTurn] = useState(0);
  const restart = useCallback(() => setTurn((n) => n + 1), []);
  return <Connected key={turn} restart={restart}>{children}</Connected>;
}

function Connected({ children, restart }: { children: ReactNode; restart: () => void }) {
  const [over, setOver] = useState(false);
  const client = useMemo(() => makeClient(() => setOver(true)), []);
  return <Provider value={client}><Known over={over} restart={restart}>{children}</Known></Provider>;
}

function Known({ children, over, restart }: { children: ReactNode; over: boolean; restart: () => void }) {
  const [{ data, error, fetching }] = useQuery({ query: ViewerDocument });
  // Who marks on the spot opens the pages without a network, too; nobody else is kept on a device.
  const viewer = data?.viewer;
  useEffect(() => { if (viewer?.permissions.includes('mark:write')) keepMe(viewer); }, [viewer]);
  // Who is sent to the sign-in page later is told that it was a session of theirs that ended.
  useEffect(() => { if (viewer) keepIn(viewer.tenant.name); }, [viewer]);
  const offline = error !== undefined && problemOf(error).kind === 'offline';
  const me = over ? null : viewer ?? (offline ? keptMe() as Me | null : null);
  const session = useMemo<Session>(() => {
    const held = new Set(me?.permissions ?? []);
    return { me, inboxUnread: data?.inboxUnread ?? 0, fetching: fetching && !data, problem: error ? problemOf(error) : null, may: (p) => held.has(p), restart };
  }, [me, error, fetching, data, restart]);
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** signOut ends the session on the server. */
export const signOut = () => { keepIn(''); return rest<undefined>('POST', '/auth/logout', {}); };

/** workIn moves the session to another tenant of the same person. */
export const workIn = (tenant: string) => rest<undefined>('POST', '/auth/tenant', { tenant });
