import { Link } from 'react-router';
import { useQuery } from 'urql';
import { useMe, useSession } from '@/api/session';
import { Page, Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { DueCard, writesItems } from './due';
import { HomePageDocument, type HomePageQuery } from './operations';
import { often } from './places';
import { said } from './words';
import './home.css';

/** What is due next for whoever is signed in, and what blocks it. */
export default function Home() {
  const w = useWords(said);
  const me = useMe();
  const { may, inboxUnread } = useSession();
  const [{ data, error }, reexecute] = useQuery({ query: HomePageDocument, variables: { agenda: may('round:read'), setup: may('grant:read') && me.tenant.kind !== 'PLATFORM' } });
  return (
    <Page title={w.title} about={w.hello(me.person?.name ?? me.person?.pseudonym ?? me.login ?? '', me.today)}>
      {inboxUnread > 0 && <p className="home-unread"><Link to="/inbox">{w.unread(inboxUnread)}</Link></p>}
      <Read data={data} error={error} again={() => reexecute({ requestPolicy: 'network-only' })}>{(d) => <Due data={d} />}</Read>
      <nav aria-label={w.often}>
        <ul className="home-often">{often.filter((o) => may(o.permission) && (!o.kinds || (o.kinds as readonly string[]).includes(me.tenant.kind))).map((o) => <li key={o.key}><Link to={o.path}>{w.places[o.key]}</Link></li>)}
        </ul>
      </nav>
    </Page>
  );
}

function Due({ data }: { data: HomePageQuery }) {
  const w = useWords(said);
  const { may } = useSession();
  const all = data.agenda ?? [];
  const mine = all.filter((e) => e.mine);
  const others = all.filter((e) => !e.mine);
  const steps = data.setup?.steps ?? [];
  const unready = steps.filter((s) => !s.done);
  // Getting ready comes first where nothing is under way yet, and last where it is.
  const ready = unready.length > 0 && (
    <section className="card home-card" aria-label={w.setup(steps.length - unready.length, steps.length)}>
      <h2>{w.setup(steps.length - unready.length, steps.length)}</h2>
      {all.length === 0 && <p>{w.firstly}</p>}
      <p className="faint">{w.nextStep((unready.find((s) => s.next) ?? unready[0])?.label ?? '')}</p>
      <Link className="home-go" to="/setup">{w.guide}</Link>
    </section>
  );
  return (
    <>
      {all.length === 0 && ready}
      {mine.length > 0 && <section aria-label={w.due} className="cards">{mine.map((e, i) => <DueCard key={i} entry={e} />)}</section>}
      {mine.length === 0 && unready.length === 0 && <p>{others.some((e) => writesItems(e, may)) ? w.onlyItems : w.nothing}</p>}
      {others.length > 0 && (
        <section aria-labelledby="others">
          <h2 id="others" className="home-others">{w.others}</h2>
          <div className="cards">{others.map((e, i) => <DueCard key={i} entry={e} />)}</div>
        </section>
      )}
      {all.length > 0 && ready}
    </>
  );
}
