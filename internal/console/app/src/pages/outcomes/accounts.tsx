import { useState } from 'react';
import { useQuery } from 'urql';
import { Field } from '@/parts/fields';
import { Nothing, Page, Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import { useCompetition } from './competition';
import { AccountsPageDocument, type AccountsPageQuery } from './operations';
import { said } from './words';

/** Points of villages and people, entry by entry. */
export default function Accounts() {
  const w = useWords(said);
  const { competition, choice, data: known, error: unread, none } = useCompetition();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [{ data, error }, again] = useQuery({ query: AccountsPageDocument, variables: { competition, from: from || null, to: to || null }, pause: competition === '' });
  return (
    <Page title={w.accountsTitle} about={w.accountsAbout}>
      <Read data={known} error={unread}>{() => none ? <Nothing>{w.noCompetition}</Nothing> : <>
        <div className="fields no-print">
          {choice}
          <Field label={w.from}><input className="plain-input" type="month" value={from} onChange={(e) => setFrom(e.target.value)} /></Field>
          <Field label={w.to}><input className="plain-input" type="month" value={to} onChange={(e) => setTo(e.target.value)} /></Field>
        </div>
        <Read data={data} error={error} again={() => again({ requestPolicy: 'network-only' })}>{({ accounts }) => accounts.length === 0 ? <Nothing>{w.noAccounts}</Nothing> : (
          <div className="scroll"><table className="table">
            <thead><tr><th scope="col">{w.holder}</th><th scope="col" className="number">{w.balance}</th><th scope="col" className="number">{w.deductions}</th><th scope="col">{w.detail}</th></tr></thead>
            <tbody>{accounts.map((a) => (
              <tr key={a.holder}><th scope="row">{a.unit?.shownName ?? a.person?.name ?? a.person?.pseudonym ?? a.holder}</th><td className="number">{a.balance}</td><td className="number">{a.deductions}</td><td><Entries entries={a.entries} /></td></tr>
            ))}</tbody>
          </table></div>
        )}</Read>
      </>}</Read>
    </Page>
  );
}

function Entries({ entries }: { entries: AccountsPageQuery['accounts'][number]['entries'] }) {
  const w = useWords(said);
  const moment = useMoment();
  return (
    <details><summary>{w.entries(entries.length)}</summary>
      <ul className="plain">{entries.map((e) => <li key={e.id}>{e.period} {e.subject.shownName} <strong>{w.of(e.roleLabel, e.points)}</strong>{e.note && ` ${e.note}`}{e.counter && `（${w.counter}）`} <small className="faint">{moment(e.postedAt)}</small></li>)}</ul>
    </details>
  );
}
