import { Alert, Flex } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { useMe } from '@/api/session';
import { Page, Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { ChangeBasics } from './change';
import { EndCompetition, WipeTrial } from './ending';
import { CompetitionPageDocument, type CompetitionPageQuery } from './operations';
import { PlanRounds, type Planned } from './plan';
import { ProgrammeTable } from './table';
import { AddVersion } from './version';
import { said } from './words';
import '@/shell/tables.css';
import './programme.css';

export type Competition = Extract<CompetitionPageQuery['node'], { name: string }>;

/** A competition: what it rests on, its versions, and the rounds of a year. */
export default function CompetitionPage() {
  const w = useWords(said);
  const { id = '' } = useParams();
  const { today } = useMe();
  const [year, setYear] = useState(Number(today.slice(0, 4)));
  const [{ data, error }, reexecute] = useQuery({ query: CompetitionPageDocument, variables: { id, year } });
  const again = () => reexecute({ requestPolicy: 'network-only' });
  const found = data?.node && 'name' in data.node ? data.node : null;
  if (!found) return <Page title={w.title}><Read data={data} error={error} again={again}>{() => <p>{w.notFound}</p>}</Read></Page>;
  return <Shown competition={found} year={year} setYear={setYear} again={again} />;
}

function Shown({ competition: c, year, setYear, again }: { competition: Competition; year: number; setYear: (year: number) => void; again: () => void }) {
  const w = useWords(said);
  const about = <>{c.trial && <strong>【{w.trial}】</strong>}{c.closed && <strong>【{w.closed}】</strong>}{w.filing}：{c.filingNumber || w.noFiling}</>;
  const [made, setMade] = useState<Planned | null>(null);
  const latest = c.versions.at(-1);
  const last = c.rounds.nodes.map((r) => r.period).sort().at(-1);
  return (
    <Page title={c.name} about={about} actions={!c.closed && <><PlanRounds competition={c.id} from={last ?? latest?.fromPeriod ?? ''} done={(m) => { setMade(m); again(); }} /><AddVersion competition={c.id} done={again} /></>}>
      {made && (
        <Alert role="status" type="success" showIcon title={w.planned((made.entries ?? []).filter((x) => x.round && !x.kept).length)}
          description={made.warnings.length > 0 ? <ul className="plain">{made.warnings.map((x, i) => <li key={i}>{x.message}</li>)}</ul> : undefined} />
      )}
      {c.warnings.map((x, i) => <p key={i}>▲ {x.message}</p>)}
      <ProgrammeTable competition={c} year={year} setYear={setYear} />
      <h2>{w.versions}</h2>
      <ul className="plain">{c.versions.map((v) => <li key={v.fromPeriod}>{w.from} {v.fromPeriod}：{w.versionLine(v.template.name, v.template.version)}</li>)}</ul>
      <h2>{w.notice}</h2>
      <div className="card">
        <p><strong>{c.notice.title}</strong></p>
        <p>{[c.notice.issuer, c.notice.number, c.notice.date].filter(Boolean).join('　')}</p>
        {c.notice.basis.map((b) => <p key={b.number + b.title} className="faint">{w.basis}：{b.title} {b.number}</p>)}
        {c.notice.text && <p style={{ whiteSpace: 'pre-wrap' }}>{c.notice.text}</p>}
        {c.notice.distribution.length > 0 && <p className="faint">{w.distribution}：{c.notice.distribution.join('、')}</p>}
      </div>
      <h2>{w.group}</h2>
      <ul className="plain">
        {c.leadingGroup.members.map((m, i) => <li key={i}>{(w.seats as Record<string, string>)[m.seat] ?? m.seat}：{[m.title, m.person].filter(Boolean).join(' ')}</li>)}
        {c.leadingGroup.offices.length > 0 && <li>{w.offices}：{c.leadingGroup.offices.join('、')}</li>}
        {c.leadingGroup.officeHead && <li>{w.officeHead}：{c.leadingGroup.officeHead}</li>}
      </ul>
      {!c.closed && <ChangeBasics competition={c} done={again} />}
      <Flex gap="small" wrap>
        {!c.closed && !c.trial && <EndCompetition id={c.id} revision={c.revision} done={again} />}
        {c.trial && <WipeTrial id={c.id} name={c.name} />}
      </Flex>
    </Page>
  );
}
