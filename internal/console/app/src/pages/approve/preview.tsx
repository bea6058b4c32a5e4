import { Alert, Tag, Typography } from 'antd';
import { useWords } from '@/words/language';
import type { ApprovePreviewQuery } from './operations';
import { said } from './words';

type Preview = ApprovePreviewQuery['roundPreview'];

/** What has to be dealt with before this can be published. */
export function Blockers({ blockers }: { blockers: readonly { code: string; message: string; subjects: string[] }[] }) {
  const w = useWords(said);
  if (blockers.length === 0) return <Alert type="success" showIcon title={w.noBlockers} />;
  return (
    <Alert type="warning" showIcon title={w.blockers} description={
      <ul className="plain">{blockers.map((b) => <li key={b.code + b.subjects.join()}>{b.message}{b.subjects.length > 0 && `（${b.subjects.join('、')}）`}</li>)}</ul>
    } />
  );
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
        <tbody>{preview.changes.map((c, i) => <tr key={i}><th scope="row">{c.name}</th><td>{kinds[c.kind] ?? c.kind}</td><td>{c.from || w.nothing}</td><td><strong>{c.to || w.nothing}</strong></td></tr>)}</tbody>
      </table></div>}
    </section>
  );
}

/** What would follow, with the rule that says so. */
export function Outcomes({ preview }: { preview: Preview }) {
  const w = useWords(said);
  return (
    <section>
      <Typography.Title level={2}>{w.outcomes}</Typography.Title>
      {preview.outcomes.length === 0 ? <p>{w.noOutcomes}</p> : <ul className="plain">{preview.outcomes.map((o, i) => <li key={i}>{o.sentence || `${o.name}：${o.action}（${w.rule} ${o.rule}）`}</li>)}</ul>}
    </section>
  );
}

/** The board as it would be published. */
export function ComputedBoard({ preview }: { preview: Preview }) {
  const w = useWords(said);
  return (
    <section>
      <Typography.Title level={2}>{w.preview}</Typography.Title>
      <div className="scroll"><table className="table">
        <thead><tr><th scope="col" className="number">{w.rank}</th><th scope="col">{w.village}</th><th scope="col" className="number">{w.total}</th><th scope="col" className="number">{w.change}</th><th scope="col">{w.grade}</th></tr></thead>
        <tbody>{preview.rows.map((r) => (
          <tr key={r.unitCode}><td className="number">{r.rank}</td><th scope="row">{r.name}</th><td className="number">{r.shown}</td><td className="number">{r.change != null && r.change > 0 ? `+${r.change}` : r.change}</td><td>{r.grades.map((g) => <Tag key={g.scale}>{g.grade}</Tag>)}</td></tr>
        ))}</tbody>
      </table></div>
    </section>
  );
}
