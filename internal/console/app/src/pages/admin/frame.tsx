import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useSession } from '@/api/session';
import { Page } from '@/parts/page';
import { useWords } from '@/words/language';
import '@/shell/tables.css';
import './admin.css';
import { said } from './words';

const places = [
  ['users', 'grant:read'], ['roles', 'grant:read'], ['grants', 'grant:read'], ['invitations', 'grant:read'], ['tokens', 'token:write'], ['services', 'grant:read'],
  ['apps', 'grant:read'], ['webhooks', 'webhook:read'], ['audit', 'audit:read'], ['usage', 'usage:read'], ['relations', 'tenant:adopt'], ['glass', 'glass:read'], ['erasure', 'person:write'], ['leaving', 'tenant:export'],
] as const;

/** A page of administration below the list of its sisters. */
export function AdminPage({ at, about, actions, children }: { at: typeof places[number][0]; about: string; actions?: ReactNode; children: ReactNode }) {
  const w = useWords(said);
  const { may, me } = useSession();
  // The platform's own people have a page for emergency access, with all of it.
  const here = places.filter(([key, permission]) => may(permission) && !(key === 'glass' && me?.tenant.kind === 'PLATFORM'));
  return (
    <Page title={w[at]} about={about} actions={actions}>
      <nav className="tabs no-print" aria-label={w.nav}>{here.map(([key]) => <NavLink key={key} to={`/admin/${key}`}>{w[key]}</NavLink>)}</nav>
      {children}
    </Page>
  );
}
