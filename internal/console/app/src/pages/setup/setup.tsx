import { Alert, Button, Flex } from 'antd';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { useSession } from '@/api/session';
import { Page, Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import { SetupPageDocument, type SetupPageQuery } from './operations';
import { Adoption } from './adoption';
import { Villages } from './villages';
import { said } from './words';
import '@/parts/fields.css';
import './setup.css';

type Step = SetupPageQuery['setup']['steps'][number];

// Where each step is done; villages are confirmed here.
const where: Record<Step['key'], string> = { VILLAGES: '', ADOPTION: '', TEMPLATE: '/templates', ACTIVATE: '/templates', COMPETITION: '/competitions/new', CALENDAR: '/competitions', PEOPLE: '/people', NOTICE: '/rounds' };

/** From sign-up to the first notified round: what is done, and what to do next. */
export default function Setup() {
  const w = useWords(said);
  const moment = useMoment();
  const [{ data, error }, reexecute] = useQuery({ query: SetupPageDocument });
  const again = () => reexecute({ requestPolicy: 'network-only' });
  return (
    <Page title={w.title} about={w.about}>
      <Read data={data} error={error} again={again}>
        {({ setup, viewer }) => {
          const done = setup.steps.filter((s) => s.done).length;
          return (
            <>
              <p role="status"><progress max={setup.steps.length} value={done} aria-label={w.progress(done, setup.steps.length)} /> {w.progress(done, setup.steps.length)}</p>
              {done === setup.steps.length && <Alert type="success" showIcon title={w.allDone} action={<Link to="/">{w.toHome}</Link>} />}
              {setup.warnings.map((x, i) => <p key={i}>▲ {x.message}</p>)}
              {setup.planUntil && <p className="faint">{w.until(moment(setup.planUntil))}</p>}
              <ol className="steps">{setup.steps.map((s) => (
                <li key={s.key} className={s.next ? 'card next' : 'card'} aria-current={s.next ? 'step' : undefined}>
                  <h2>{s.label}</h2>
                  <p><span className="mark">{s.done ? `✓ ${w.done}` : s.next ? `▶ ${w.next}` : w.later}</span>{s.have && s.have !== '0' && s.key !== 'PEOPLE' && <span className="faint"> {w.have(s.have)}</span>}</p>
                  <p>{w.why[s.key]}</p>
                  {s.key === 'VILLAGES' ? <Villages villages={setup.villages} done={again} />
                    : s.key === 'ADOPTION' ? <Adoption above={viewer.tenant.unit.parent ?? null} stands={s.done} done={again} /> : <Ways step={s} />}
                </li>
              ))}</ol>
            </>
          );
        }}
      </Read>
    </Page>
  );
}

function Ways({ step }: { step: Step }) {
  const w = useWords(said);
  const { may } = useSession();
  return (
    <Flex gap="small" wrap>
      <Link to={where[step.key]}><Button {...(step.next ? { type: 'primary' as const } : {})}>{w.go[step.key]}</Button></Link>
      {step.key === 'TEMPLATE' && may('template:write') && <Link to="/templates/new"><Button>{w.also.blank}</Button></Link>}
      {step.key === 'PEOPLE' && may('person:write') && <Link to="/people/import"><Button>{w.also.import}</Button></Link>}
      {step.key === 'PEOPLE' && may('grant:write') && <Link to="/admin/users"><Button>{w.also.invite}</Button></Link>}
    </Flex>
  );
}
