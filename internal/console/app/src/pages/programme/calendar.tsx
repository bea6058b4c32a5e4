import { Button, Flex } from 'antd';
import { useCallback, useState } from 'react';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { useAct } from '@/api/act';
import { useMe, useSession } from '@/api/session';
import { ActNotes, Choice, Field } from '@/parts/fields';
import { Nothing, Page, Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { states } from '@/words/states';
import { CalendarDayChangeDocument, CalendarPageDocument, type CalendarDayChangeMutation, type CalendarPageQuery } from './operations';
import { Years } from './table';
import { said } from './words';
import '@/shell/tables.css';
import './programme.css';

/** The year of all competitions, and the days that are different here. */
export default function CalendarPage() {
  const w = useWords(said);
  const { today } = useMe();
  const [year, setYear] = useState(Number(today.slice(0, 4)));
  const [{ data, error }, reexecute] = useQuery({ query: CalendarPageDocument, variables: { year } });
  const again = () => reexecute({ requestPolicy: 'network-only' });
  return (
    <Page title={w.calendar} about={w.calendarAbout} actions={<Years year={year} setYear={setYear} />}>
      <Read data={data} error={error} again={again}>
        {(d) => (
          <>
            {d.calendar.length === 0 ? <Nothing action={<Link to="/competitions">{w.toList}</Link>}>{w.noEntries}</Nothing> : <Entries entries={d.calendar} />}
            <h2>{w.days}</h2>
            <p className="faint">{w.daysAbout}</p>
            <Days days={d.calendarDays} year={year} done={again} />
          </>
        )}
      </Read>
    </Page>
  );
}

type Entry = CalendarPageQuery['calendar'][number];

function Entries({ entries }: { entries: readonly Entry[] }) {
  const w = useWords(said);
  const s = useWords(states);
  const { today } = useMe();
  const dated = [...entries].sort((a, b) => (a.held ?? a.period).localeCompare(b.held ?? b.period));
  return (
    <div className="scroll dated" tabIndex={0} role="region" aria-label={w.calendar}>
      <table className="table">
        <thead><tr>{[w.held, w.competition, w.period, w.state, w.why].map((h) => <th key={h} scope="col">{h}</th>)}</tr></thead>
        <tbody>{dated.map((x) => (
          <tr key={x.competitionName + x.period} aria-current={x.held === today ? 'date' : undefined}>
            <th scope="row">{x.held ?? w.skipped}{x.until && ` ${w.until(x.until)}`}</th>
            <td>{x.competitionName}</td>
            <td>{x.round ? <Link to={`/rounds/${x.round.id}`}>{x.period}</Link> : x.period}</td>
            <td>{x.round ? s.round[x.round.state] : '—'}</td>
            <td>{x.rolledDays !== 0 && <strong>{w.rolled(x.rolledDays)}</strong>}{x.why.length > 0 && <ul className="why">{x.why.map((y) => <li key={y}>{y}</li>)}</ul>}{x.warnings.map((y, i) => <p key={i}>▲ {y.message}</p>)}</td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}

function Days({ days, year, done }: { days: CalendarPageQuery['calendarDays']; year: number; done: () => void }) {
  const w = useWords(said);
  const { may } = useSession();
  const [day, setDay] = useState('');
  const [worked, setWorked] = useState('false');
  const [name, setName] = useState('');
  const act = useAct(CalendarDayChangeDocument, useCallback((d: CalendarDayChangeMutation) => d.calendarDaySet, []));
  const set = async (on: string, workday: boolean | null, called: string | null) => {
    const answer = await act.run({ input: { day: on, workday, name: called } });
    if (answer) { setDay(''); setName(''); done(); }
  };
  return (
    <>
      {may('calendar:write') && (
        <form onSubmit={(e) => { e.preventDefault(); void set(day, worked === 'true', name.trim() || null); }}>
          <Flex gap="small" wrap align="end">
            <Field label={w.day}><input className="plain-input" type="date" required min={`${year}-01-01`} max={`${year}-12-31`} value={day} onChange={(e) => setDay(e.target.value)} /></Field>
            <Choice label={w.kindOf} value={worked} options={[{ value: 'false', label: w.dayoff }, { value: 'true', label: w.workday }]} onChange={setWorked} />
            <Field label={w.dayName}><input className="plain-input" value={name} onChange={(e) => setName(e.target.value)} /></Field>
            <Button htmlType="submit" loading={act.running}>{w.set}</Button>
          </Flex>
        </form>
      )}
      <ActNotes act={act} />
      {days.length === 0 ? <p className="faint">{w.nothing}</p> : (
        <div className="scroll"><table className="table">
          <thead><tr>{[w.day, w.kindOf, w.dayName].map((h) => <th key={h} scope="col">{h}</th>)}{may('calendar:write') && <th scope="col">{w.clear}</th>}</tr></thead>
          <tbody>{days.map((d) => <tr key={d.day}><th scope="row">{d.day}</th><td>{d.workday ? w.workday : w.dayoff}</td><td>{d.name}</td>{may('calendar:write') && <td><Button size="small" aria-label={`${w.clear} ${d.day}`} onClick={() => void set(d.day, null, null)}>{w.clear}</Button></td>}</tr>)}</tbody>
        </table></div>
      )}
    </>
  );
}
