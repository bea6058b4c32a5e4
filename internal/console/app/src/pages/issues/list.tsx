import { useMemo } from 'react';
import { Link } from 'react-router';
import type { IssueState } from '@/api/schema';
import { useMe } from '@/api/session';
import { MoreButton } from '@/parts/fields';
import { useMore } from '@/parts/more';
import { Nothing, Read } from '@/parts/page';
import { states } from '@/words/states';
import { useWords } from '@/words/language';
import { Filters, type Filter } from './issues';
import { Light } from './light';
import { IssueListDocument, type IssueListQuery } from './operations';
import { said } from './words';
import '@/shell/tables.css';

const pick = (d: IssueListQuery) => d.issues;
const isState = (s: string): s is IssueState => ['ASSIGNED', 'ANSWERED', 'RETURNED', 'CLOSED'].includes(s);

/** The ledger as a table. */
export function List({ filter, put }: { filter: Filter; put: (key: string, value: string) => void }) {
  const w = useWords(said);
  const s = useWords(states).issue;
  const { tenant, today } = useMe();
  const { competition, village, state, listed, returnDue } = filter;
  const variables = useMemo(() => ({
    competition: competition || null, unitCode: village || null, state: isState(state) ? state : null, listed: listed || null,
    returnBy: returnDue ? `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`.replace('-02-29', '-02-28') : null, township: tenant.unit.id,
  }), [competition, village, state, listed, returnDue, today, tenant.unit.id]);
  const list = useMore(IssueListDocument, variables, pick);
  return (
    <Read data={list.data} error={list.error} again={list.again}>
      {(d) => (
        <>
          <Filters filter={filter} put={put} competitions={d.competitions.nodes} villages={d.units.nodes} list />
          {list.nodes.length === 0 ? <Nothing>{w.none}</Nothing> : (
            <div className="scroll" tabIndex={0} role="region" aria-label={w.title}>
              <table className="table">
                <thead><tr><th scope="col" className="number">{w.columns.number}</th><th scope="col">{w.columns.title}</th><th scope="col">{w.columns.village}</th><th scope="col">{w.columns.due}</th><th scope="col">{w.columns.state}</th><th scope="col">{w.columns.light}</th><th scope="col" className="number">{w.columns.penalty}</th></tr></thead>
                <tbody>
                  {list.nodes.map((i) => (
                    <tr key={i.id}>
                      <td className="number">{i.number}</td>
                      <th scope="row"><Link to={`/issues/${encodeURIComponent(i.id)}`}>{i.title}</Link>{i.listed && <em className="issue-tag">{w.listed}</em>}</th>
                      <td>{i.unit.shownName}</td>
                      <td>{i.due}{i.daysLate > 0 && <small className="faint"> {w.late(i.daysLate)}</small>}</td>
                      <td>{s[i.state]}</td>
                      <td><Light light={i.light} /></td>
                      <td className="number">{i.penalty}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
          <MoreButton list={list} />
        </>
      )}
    </Read>
  );
}
