import { BellOutlined, MenuOutlined, SearchOutlined, UserOutlined } from '@ant-design/icons';
import { Badge, Button } from 'antd';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Link, NavLink, Navigate, Outlet, useLocation } from 'react-router';
import type { Problem } from '@/api/problem';
import { signOut, useSession } from '@/api/session';
import { ownerOf } from '@/parts/device';
import { ProblemNote } from '@/parts/problem';
import { tourOffered, useTouring } from '@/parts/touring';
import { common } from '@/words/common';
import { useWords, words } from '@/words/language';
import { menuFor } from './areas';
import { Own } from './own';
import { Waiting } from './waiting';

const said = words({
  skip: '跳到正文', menu: '菜单', inbox: (n: number) => `消息（${n} 条未读）`, search: '搜索', account: '账号与设置', signOut: '退出登录',
  noRole: '您的账号在本单位还没有生效的角色，因此没有可以办理的页面。请联系本单位管理员授予角色；角色有起止日期的，到起始日期即可使用。',
  demo: '演示数据：本站的地区、人员和分数均为虚构',
  groups: { work: '办理', run: '组织', compare: '比较', admin: '管理' },
}, {
  skip: 'Skip to content', menu: 'Menu', inbox: (n: number) => `Inbox (${n} unread)`, search: 'Search', account: 'Account and settings', signOut: 'Sign out',
  noRole: 'Your account has no role in force here, so there is nothing to work on. Ask the administrator for one; a role with dates can be used from its first day.',
  demo: 'Demonstration data: the places, people and scores here are invented',
  groups: { work: 'Work', run: 'Organise', compare: 'Compare', admin: 'Administer' },
});

const Guiding = lazy(() => import('@/pages/tour/guiding'));
const Offer = lazy(() => import('@/pages/tour/offer'));

/** The frame of every page for somebody who is signed in: where, what, who. */
export function Frame() {
  const { me, fetching, problem, restart, inboxUnread } = useSession();
  const w = useWords(said);
  const c = useWords(common);
  const here = useLocation();
  const [open, setOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  const touring = useTouring();
  useEffect(() => { setOpen(false); main.current?.focus({ preventScroll: true }); window.scrollTo(0, 0); }, [here.pathname]);
  if (fetching) return <Waiting />;
  if (!me) {
    if (problem && problem.kind !== 'signedOut') return <Refused problem={problem} restart={restart} />;
    return <Navigate replace to={`/signin?next=${encodeURIComponent(here.pathname + here.search)}`} />;
  }
  return (
    <div className="frame">
      <a className="skip" href="#main">{w.skip}</a>
      <header className="bar no-print">
        <Button type="text" className="burger" icon={<MenuOutlined />} aria-label={w.menu} aria-expanded={open} onClick={() => setOpen(!open)} />
        <Link to="/" className="brand">{c.product}</Link>
        <span className="tenant">{me.tenant.name}</span>
        <Link to="/search" className="tool" aria-label={w.search}><SearchOutlined /></Link>
        <Link to="/inbox" className="tool" aria-label={w.inbox(inboxUnread)}><Badge count={inboxUnread} size="small" overflowCount={99}><BellOutlined /></Badge></Link>
        <Own label={w.account} icon={<UserOutlined />} />
      </header>
      <Nav open={open} close={() => setOpen(false)} />
      <main id="main" ref={main} tabIndex={-1} data-at={here.pathname}>
        {me.tenant.demo && <p className="demo">{w.demo}</p>}
        {me.tenant.demo && here.pathname === '/' && !touring && !tourOffered(ownerOf(me)) && <Suspense><Offer /></Suspense>}
        {me.roles.length === 0 && <p className="card" role="status">{w.noRole}</p>}
        <Suspense fallback={<Waiting />}><Outlet /></Suspense>
      </main>
      {touring && <Suspense><Guiding key={touring.tour} touring={touring} /></Suspense>}
    </div>
  );
}

// Signed in, and yet nothing can be read: why, and the way out.
function Refused({ problem, restart }: { problem: Problem; restart: () => void }) {
  const w = useWords(said);
  const leave = async () => {
    await signOut();
    restart();
  };
  return (
    <main className="alone">
      <ProblemNote problem={problem} retry={restart} />
      {problem.kind === 'refused' && problem.code === 'FORBIDDEN' && <p>{w.noRole}</p>}
      {problem.kind === 'refused' && <Button onClick={() => void leave()}>{w.signOut}</Button>}
    </main>
  );
}

function Nav({ open, close }: { open: boolean; close: () => void }) {
  const { me, may } = useSession();
  const w = useWords(said);
  const groups = menuFor(me?.tenant.kind ?? '', may, me?.roles.some((r) => r.unit.id !== me.tenant.unit.id) ?? false);
  return (
    <>
      {open && <div className="veil" onClick={close} />}
      <nav className={open ? 'side open no-print' : 'side no-print'} aria-label={w.menu} onKeyDown={(e) => { if (e.key === 'Escape') close(); }}>
        {groups.map((g) => (
          <div key={g.group}>
            <h2>{w.groups[g.group]}</h2>
            <ul>{g.entries.map((e) => <li key={e.path}><NavLink to={e.path} end={e.path === '/'} onClick={close}><span aria-hidden="true">{e.icon}</span><EntryLabel label={e.label} /></NavLink></li>)}</ul>
          </div>
        ))}
      </nav>
    </>
  );
}

function EntryLabel({ label }: { label: Parameters<typeof useWords<{ label: string }>>[0] }) {
  return <span>{useWords(label).label}</span>;
}
