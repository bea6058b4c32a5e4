import { Alert, Tag, Typography } from 'antd';
import { Link } from 'react-router';
import type { Names } from '@/parts/names';
import { useWords } from '@/words/language';
import { Change } from '../rounds/board';
import { placeOf } from '../rounds/steps';
import type { ApprovePreviewQuery } from './operations';
import { said } from './words';

type Preview = ApprovePreviewQuery['roundPreview'];
interface Blocker { code: string; message: string; subjects: string[] }

/** What has to be dealt with before this can be published, each with the way to where it is. */
export function Blockers({ blockers, round }: { blockers: readonly Blocker[]; round: string }) {
  const w = useWords(said);
  if (blockers.length === 0) return <Alert type="success" showIcon title={w.noBlockers} />;
  return (
    <Alert type="warning" showIcon title={w.blockers} description={
      <ul className="plain">{blockers.map((b) => {
        const whom = b.subjects.filter((x) => !b.message.includes(x));
        return <li key={b.code + b.subjects.join()}>{b.message}{whom.length > 0 && `（${whom.join('、')}）`} <Way code={b.code} message={b.message} round={round} /></li>;
      })}</ul>
    } />
  );
}

// Objections and grades are decided on this very page.
function Way({ code, message, round }: { code: string; message: string; round: string }) {
  const w = useWords(said);
  const label = `${w.mend}：${message}`;
  if (code.startsWith('OBJECTIONS_')) return <a href="#objections" aria-label={label}>{w.mend}</a>;
  if (code.startsWith('GRADE_')) return <a href="#grades" aria-label={label}>{w.mend}</a>;
  if (code === 'OBJECTION_PERIOD_RUNNING') return null; // only waiting helps
  return <Link to={placeOf(code, round) ?? `/rounds/${round}`} aria-label={label}>{w.mend}</Link>;
}

/** What is different from what was announced, or from the revision before. */
export function Changes({ preview }: { preview: Preview }) {
  const w = useWords(said);
  const kinds = w.kind as Record<string, string>;
  return (
    <section>
      <Typography.Title level={2}>{w.changes}</Typography.Title>
      <p className="faint">{w.changesAbout}</p>
      {preview.changes.length === 0 ? <p>{w.noChanges}</p> : <div className="scroll"><table className="table">
        <thead><tr><th scope="col">{w.village}</th><th scope="col">{w.what}</th><th scope="col">{w.from}</th><th scope="col">{w.to}</th></tr></thead>
        <tbody>{preview.changes.map((c, i) => <tr key={i}><th scope="row">{c.name}</th><td>{kinds[c.kind] ?? c.kind}</td><td>{c.fromText || w.nothing}</td><td><strong>{c.toText || w.nothing}</strong></td></tr>)}</tbody>
      </table></div>}
    </section>
  );
}

/** What would follow, with the rule that says so. */
export function Outcomes({ preview, names }: { preview: Preview; names: Names }) {
  const w = useWords(said);
  return (
    <section>
      <Typography.Title level={2}>{w.outcomes}</Typography.Title>
      {preview.outcomes.length === 0 ? <p>{w.noOutcomes}</p> : <ul className="plain">{preview.outcomes.map((o, i) => <li key={i}>{o.sentence || `${o.name}：${names.band(o.rule)}`}</li>)}</ul>}
    </section>
  );
}

/** The board as it would be published. */
export function ComputedBoard({ preview, names }: { preview: Preview; names: Names }) {
  const w = useWords(said);
  const some = (has: (r: Preview['rows'][number]) => boolean) => preview.rows.some(has);
  const [moved, graded] = [some((r) => r.change != null), some((r) => r.grades.length > 0)];
  const noted = some((r) => r.bands.length > 0 || r.light !== '' || r.unranked !== '');
  return (
    <section>
      <Typography.Title level={2}>{w.preview}</Typography.Title>
      <div className="scroll"><table className="table">
        <thead><tr><th scope="col" className="number">{w.rank}</th><th scope="col">{w.village}</th><th scope="col" className="number">{w.total}</th>
          {moved && <th scope="col">{w.change}</th>}{noted && <th scope="col">{w.band}</th>}{graded && names.scales.map((g) => <th key={g.key} scope="col">{g.name}</th>)}</tr></thead>
        <tbody>{preview.rows.map((r) => (
          <tr key={r.subject ?? r.unitCode}><td className="number">{r.rank}</td><th scope="row">{r.name}</th><td className="number">{r.shown}</td>
            {moved && <td className="nowrap"><Change by={r.change} /></td>}
            {noted && <td>{r.bands.map((b) => <Tag key={b}>{names.band(b)}</Tag>)}{r.light && <Tag>{names.light(r.light)}</Tag>}{r.unranked}</td>}
            {graded && names.scales.map((g) => <td key={g.key}>{r.grades.filter((x) => x.scale === g.key).map((x) => names.grade(g.key, x.grade)).join('、')}</td>)}</tr>
        ))}</tbody>
      </table></div>
    </section>
  );
}
