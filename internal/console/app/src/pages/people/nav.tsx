import { NavLink } from 'react-router';
import { useWords } from '@/words/language';
import { said } from './words';
import '@/parts/fields.css';
import '@/shell/tables.css';
import './people.css';

/** The pages of the roster. */
export function PeopleNav() {
  const w = useWords(said);
  const pages = [['/people', w.roster], ['/people/import', w.importTitle], ['/people/organisations', w.organisations], ['/people/classes', w.classes]] as const;
  return <nav className="sub-nav no-print" aria-label={w.nav}>{pages.map(([to, label]) => <NavLink key={to} to={to} end>{label}</NavLink>)}</nav>;
}
