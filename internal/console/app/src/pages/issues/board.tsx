import { Link } from 'react-router';
import { useQuery } from 'urql';
import { useMe } from '@/api/session';
import { Nothing, Read } from '@/parts/page';
import { states } from '@/words/states';
import { useWords } from '@/words/language';
import { Filters, type Filter } from './issues';
import { IssueBoardDocument, type IssueLineFragment } from './operations';
import { Light } from './light';
import { said } from './words';

/** The ledger with a column for each state. */
export function Board({ filter, put }: { filter: Filter; put: (key: string, value: string) => void }) {
  const w = useWords(said);
  const s = useWords(states).issue;
  const { tenant } = useMe();
  const [{ data, error }, again] = useQuery({
    query: IssueBoardDocument,
    variables: { competition: filter.competition || null, unitCode: filter.village || null, listed: filter.listed || null, township: tenant.unit.id },
  });
  return (
    <Read data={data} error={error} again={() => again({ requestPolicy: 'network-only' })}>
      {(d) => {
        const columns = [['ASSIGNED', d.assigned], ['ANSWERED', d.answered], ['RETURNED', d.returned], ['CLOSED', d.closed]] as const;
        const some = columns.some(([, c]) => c.nodes.length > 0);
        return (
          <>
            <Filters filter={filter} put={put} competitions={d.competitions.nodes} villages={d.units.nodes} list={false} />
            {!some ? <Nothing>{filter.competition || filter.village || filter.listed ? w.none : w.noneAtAll}</Nothing> : (
              <div className="issue-board">
                {columns.map(([state, column]) => (
                  <section key={state} aria-label={s[state]}>
                    <h2>{s[state]} <span className="faint">{column.nodes.length}{column.pageInfo.hasNextPage ? '+' : ''}</span></h2>
                    {column.nodes.length === 0 ? <p className="faint">{w.emptyColumn}</p> : <ul>{column.nodes.map((i) => <li key={i.id}><Card issue={i} /></li>)}</ul>}
                    {column.pageInfo.hasNextPage && <p><Link to={`/issues?view=list&state=${state}`}>{w.more(column.nodes.length)}</Link></p>}
                  </section>
                ))}
              </div>
            )}
          </>
        );
      }}
    </Read>
  );
}

function Card({ issue }: { issue: IssueLineFragment }) {
  const w = useWords(said);
  return (
    <Link to={`/issues/${encodeURIComponent(issue.id)}`} className={`issue-card ${issue.light}`}>
      <strong>{issue.title}</strong>
      <span>{issue.unit.shownName}{issue.place && ` · ${issue.place}`}</span>
      <span className="faint">{w.number(issue.number)} · {w.due(issue.due)}{issue.daysLate > 0 && ` · ${w.late(issue.daysLate)}`} · {w.penalty(issue.penalty)}</span>
      <span className="issue-tags"><Light light={issue.light} />{issue.listed && <em>{w.listed}</em>}{issue.serious && <em>{w.serious}</em>}{issue.recurs.length > 0 && <em>{w.recurs}</em>}{issue.returnDue && !issue.returnedOn && <em>{w.returnBy(issue.returnDue)}</em>}</span>
    </Link>
  );
}
