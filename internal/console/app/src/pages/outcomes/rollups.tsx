import { Button, Typography } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useMe, useSession } from '@/api/session';
import { ActButton } from '@/parts/actbutton';
import { Choice, Field } from '@/parts/fields';
import { Nothing, Page, Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { useCompetition } from './competition';
import { RollupLookDocument, RollupMakeDocument, RollupsPageDocument, type RollupMakeMutation } from './operations';
import { said } from './words';

const made = (d: RollupMakeMutation) => d.rollupPublish;

interface Row { unitCode: string; name: string; value?: string | null; rank?: number | null; attended: number; track: string; parts: { key: string; weight: string; value?: string | null }[] }
interface Kind { key: string; name: string; parts: { key: string; name: string }[] }

/** Summaries of quarters, half-years and years: tried, then published. */
export default function Rollups() {
  const w = useWords(said);
  const { competition, kinds, choice, data: known, error: unread, none } = useCompetition();
  const { may } = useSession();
  const [{ data, error }, reread] = useQuery({ query: RollupsPageDocument, variables: { competition }, pause: competition === '' });
  const nameOf = (key: string) => kinds.find((k) => k.key === key)?.name ?? key;
  const again = () => reread({ requestPolicy: 'network-only' });
  return (
    <Page title={w.rollupsTitle} about={w.rollupsAbout}>
      <Read data={known} error={unread}>{() => none ? <Nothing>{w.noCompetition}</Nothing> : <>
        <div className="fields no-print">{choice}</div>
        {may('round:compute') && <Trying key={competition} competition={competition} kinds={kinds} again={again} />}
        <Typography.Title level={2}>{w.published}</Typography.Title>
        <Read data={data} error={error} again={again}>{({ rollups }) => rollups.length === 0 ? <Nothing>{w.noRollups}</Nothing> : <>{rollups.map((r) => (
          <details key={r.id} className="card"><summary>{nameOf(r.key)} {r.period} {w.revision(r.revision)}</summary><Rows rows={r.rows} kind={kinds.find((k) => k.key === r.key)} /><a href={`/documents/summary/${encodeURIComponent(r.id)}`} target="_blank" rel="noreferrer">{w.download}</a></details>
        ))}</>}</Read>
      </>}</Read>
    </Page>
  );
}

function Trying({ competition, kinds, again }: { competition: string; kinds: readonly Kind[]; again: () => void }) {
  const w = useWords(said);
  const { may } = useSession();
  const year = useMe().today.slice(0, 4);
  const [key, setKey] = useState(kinds[0]?.key ?? '');
  const [from, setFrom] = useState(`${year}-01`);
  const [to, setTo] = useState(`${year}-12`);
  const [asked, setAsked] = useState<{ key: string; from: string; to: string } | null>(null);
  const [{ data, error }] = useQuery({ query: RollupLookDocument, variables: { competition, ...(asked ?? { key: '', from: '', to: '' }) }, pause: !asked });
  if (kinds.length === 0) return <p>{w.noKinds}</p>;
  return (
    <form className="card no-print" onSubmit={(e) => { e.preventDefault(); setAsked({ key, from, to }); }}>
      <div className="fields">
        <Choice label={w.key} required value={key} onChange={setKey} options={kinds.map((k) => ({ value: k.key, label: k.name }))} />
        <Field label={w.from}><input className="plain-input" type="month" required value={from} onChange={(e) => setFrom(e.target.value)} /></Field>
        <Field label={w.to}><input className="plain-input" type="month" required value={to} onChange={(e) => setTo(e.target.value)} /></Field>
      </div>
      <p><Button htmlType="submit">{w.look}</Button></p>
      {asked && <Read data={data} error={error}>{({ rollupPreview }) => <>
        <h3>{w.preview}</h3>
        <Rows rows={rollupPreview} kind={kinds.find((k) => k.key === asked.key)} />
        {may('rollup:publish') && <ActButton label={w.publish} named={`${kinds.find((k) => k.key === asked.key)?.name ?? ''} ${asked.from}–${asked.to}`} about={w.publishAbout} document={RollupMakeDocument} payload={made} input={() => ({ input: { competition, ...asked } })} done={again} />}
      </>}</Read>}
    </form>
  );
}

function Rows({ rows, kind }: { rows: readonly Row[]; kind: Kind | undefined }) {
  const w = useWords(said);
  const parts = rows[0]?.parts ?? [];
  const tracks = rows.some((r) => r.track !== '');
  return (
    <div className="scroll"><table className="table">
      <thead><tr><th scope="col" className="number">{w.rank}</th><th scope="col">{w.village}</th>{tracks && <th scope="col">{w.track}</th>}{parts.map((p) => <th key={p.key} scope="col" className="number">{kind?.parts.find((n) => n.key === p.key)?.name ?? p.key}（{p.weight}%）</th>)}<th scope="col" className="number">{w.value}</th><th scope="col" className="number">{w.attended}</th></tr></thead>
      <tbody>{rows.map((r) => <tr key={r.unitCode}><td className="number">{r.rank}</td><th scope="row">{r.name}</th>{tracks && <td>{r.track}</td>}{parts.map((p) => <td key={p.key} className="number">{r.parts.find((x) => x.key === p.key)?.value ?? '—'}</td>)}<td className="number">{r.value ?? '—'}</td><td className="number">{r.attended}</td></tr>)}</tbody>
    </table></div>
  );
}
