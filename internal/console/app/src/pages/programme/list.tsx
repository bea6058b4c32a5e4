import { Button } from 'antd';
import { Link } from 'react-router';
import { useSession } from '@/api/session';
import { MoreButton } from '@/parts/fields';
import { useMore } from '@/parts/more';
import { Nothing, Page, Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { CompetitionListDocument, type CompetitionListQuery } from './operations';
import { said } from './words';
import './programme.css';

const variables = {};
const pick = (d: CompetitionListQuery) => d.competitions;

export default function CompetitionList() {
  const w = useWords(said);
  const { may } = useSession();
  const list = useMore(CompetitionListDocument, variables, pick);
  const create = may('competition:write') && <Link to="/competitions/new"><Button type="primary">{w.create}</Button></Link>;
  return (
    <Page title={w.title} about={w.about} actions={create}>
      <Read data={list.data} error={list.error} again={list.again}>
        {() => list.nodes.length === 0 ? <Nothing action={<Link to="/templates">{w.toTemplates}</Link>}>{w.none}</Nothing> : (
          <div className="cards">{list.nodes.map((c) => (
            <article key={c.id} className="card">
              <h2><Link to={`/competitions/${c.id}`}>{c.name}</Link></h2>
              <p>{c.trial && <strong>【{w.trial}】</strong>}{c.closed && <strong>【{w.closed}】</strong>} {w.filing}：{c.filingNumber || w.noFiling}</p>
              {c.versions.map((v) => <p key={v.fromPeriod} className="faint">{w.from} {v.fromPeriod}：{w.versionLine(v.template.name, v.template.version)}</p>)}
              {c.warnings.map((x, i) => <p key={i}>▲ {x.message}</p>)}
            </article>
          ))}</div>
        )}
      </Read>
      <MoreButton list={list} />
    </Page>
  );
}
