import { Typography } from 'antd';
import { useWords } from '@/words/language';
import '@/shell/tables.css';
import type { Poll } from './poll';
import { said } from './words';

/** What came of it; nothing before the close. */
export function Results({ poll }: { poll: Poll }) {
  const w = useWords(said);
  const colours = w.colours as Record<string, string>;
  const id = encodeURIComponent(poll.id);
  return (
    <section>
      <Typography.Title level={2}>{w.results}</Typography.Title>
      {poll.state === 'OPEN' ? <p>{w.noResults}</p> : <div className="scroll"><table className="table">
        <thead><tr><th scope="col">{w.subject}</th>{[w.score, w.due, w.present, w.issued, w.returned, w.valid, w.setAside, w.recused].map((h) => <th key={h} scope="col" className="number">{h}</th>)}<th scope="col">{w.why}</th></tr></thead>
        <tbody>{poll.results.map((r) => <tr key={r.subject}><th scope="row">{r.name}</th>{[r.score ?? '—', r.due, r.present, r.issued, r.returned, r.valid, r.setAside, r.recused].map((n, i) => <td key={i} className="number">{n}</td>)}<td>{(w.whys as Record<string, string>)[r.why] ?? r.why}</td></tr>)}</tbody>
      </table></div>}
      {poll.lights.length > 0 && <><h3>{w.lights}</h3><ul className="plain">{poll.lights.map((l) => <li key={l.branches.join()}>{l.branches.filter(Boolean).join('、') || w.noBranch}（{w.members(l.members)}）：{l.lights ? l.lights.map((x) => `${colours[x.option] ?? x.option} ${x.count}`).join('，') : w.few}</li>)}</ul></>}
      <p>{w.papersLinks}：<a href={`/documents/ballot-form/${id}`} target="_blank" rel="noreferrer">{w.form}</a>{poll.state === 'CLOSED' && <> <a href={`/documents/ballot-summary/${id}`} target="_blank" rel="noreferrer">{w.summary}</a> <a href={`/documents/ballot-report/${id}`} target="_blank" rel="noreferrer">{w.report}</a> <a href={`/documents/three-colour/${id}`} target="_blank" rel="noreferrer">{w.lights}</a></>}</p>
    </section>
  );
}
