import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { Nothing, Page, Read } from '@/parts/page';
import { states } from '@/words/states';
import { useWords } from '@/words/language';
import { Light } from './light';
import { IssuePageDocument, type IssueWholeFragment } from './operations';
import { Steps } from './steps';
import { said } from './words';
import './issues.css';

/** Everything about one issue, and what can be done with it. */
export default function IssueView() {
  const w = useWords(said);
  const s = useWords(states).issue;
  const { id = '' } = useParams();
  const [{ data, error }, again] = useQuery({ query: IssuePageDocument, variables: { id } });
  const reread = () => again({ requestPolicy: 'network-only' });
  const node = data?.node;
  const issue = node && 'number' in node ? node : null;
  return (
    <Page title={issue?.title ?? w.title} actions={<Link to="/issues">{w.back}</Link>}
      about={issue ? <>{w.number(issue.number)} · {issue.unit.shownName} · {s[issue.state]} <Light light={issue.light} /></> : undefined}>
      <Read data={data} error={error} again={reread}>
        {(d) => !issue ? <Nothing action={<Link to="/issues">{w.back}</Link>}>{w.missing}</Nothing> : (
          <>
            <Steps issue={issue} competitions={d.competitions.nodes.filter((c) => !c.trial)} again={reread} />
            <Facts issue={issue} />
            <Pieces issue={issue} />
            <section className="card issue-part">
              <h2>{w.history}</h2>
              <ol className="issue-history">{issue.events.map((e, i) => <li key={i}><time dateTime={e.on}>{e.on}</time> <strong>{w.kinds[e.kind] ?? e.kind}</strong>{e.note && `：${e.note}`}</li>)}</ol>
            </section>
          </>
        )}
      </Read>
    </Page>
  );
}

function Facts({ issue: i }: { issue: IssueWholeFragment }) {
  const w = useWords(said);
  const facts: [string, string | null | undefined, boolean?][] = [
    [w.place, i.place], [w.opened, i.opened], [w.dueOn, i.daysLate > 0 ? `${i.due}（${w.late(i.daysLate)}）` : i.due], [w.base, i.base], [w.now, i.penalty],
    [w.responsible, i.responsible ? i.responsible.name ?? i.responsible.pseudonym : w.nobody], [w.organisation, i.organisation?.name], [w.problem, i.problem], [w.closedOn, i.closed],
    [w.plan, i.plan ? `${i.plan}${i.plannedOn ? `（${w.planned(i.plannedOn)}）` : ''}` : w.noPlan, true], [w.measure, i.measure, true],
  ];
  return (
    <section className="card issue-part">
      <h2>{w.facts}</h2>
      <dl className="issue-facts">{facts.map(([name, value, wide]) => value ? <div key={name} className={wide ? 'wide' : ''}><dt>{name}</dt><dd>{value}</dd></div> : null)}</dl>
      {i.recurs.length > 0 && <p>{w.recurring(i.recurs.length)}：{i.recurs.map((r, n) => <Link key={r} to={`/issues/${encodeURIComponent(r)}`}>{w.recurLink(n + 1)} </Link>)}</p>}
      {i.listedOn && <p>{w.listedSince(i.listedOn, i.listedReason)}{i.liftedOn && ` · ${w.lifted(i.liftedOn)}`}</p>}
      {i.returnedOn ? <p>{w.returned(i.returnedOn, i.returnHolds === true, i.returnNote)}</p> : i.returnDue && <p>{w.returnWait(i.returnDue)}</p>}
      {i.accountability ? <p>{w.decided[i.accountability] ?? i.accountability}</p> : i.accountabilityPrompt && <p><strong>{w.prompt}</strong></p>}
    </section>
  );
}

function Pieces({ issue }: { issue: IssueWholeFragment }) {
  const w = useWords(said);
  return (
    <section className="card issue-part">
      <h2>{w.evidence}</h2>
      {issue.evidence.length === 0 && <p className="faint">{w.noEvidence}</p>}
      {(['BEFORE', 'AFTER', 'RETURN'] as const).map((phase) => {
        const pieces = issue.evidence.filter((e) => e.phase === phase);
        return pieces.length === 0 ? null : (
          <div key={phase}>
            <h3>{w.phases[phase]}</h3>
            <ul className="pieces">
              {pieces.map(({ evidence: e }, n) => <li key={e?.id ?? n}>{!e ? w.hidden : (
                <>
                  {e.file ? <a href={e.file.url} target="_blank" rel="noreferrer">{e.file.thumbnailUrl ? <img src={e.file.thumbnailUrl} alt={e.note || `${w.phases[phase]} ${e.takenOn}`} loading="lazy" /> : e.file.name || w.file}</a> : e.note}
                  <small className="faint">{e.takenOn}{e.withdrawn && ` · ${w.withdrawn}`}</small>
                </>
              )}</li>)}
            </ul>
          </div>
        );
      })}
    </section>
  );
}
