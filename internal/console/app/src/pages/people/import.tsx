import { Alert, Button, Flex } from 'antd';
import { useRef, useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'react-router';
import { RefusedError, type Problem } from '@/api/problem';
import { useMe } from '@/api/session';
import { useDraft } from '@/parts/draft';
import { Page } from '@/parts/page';
import { ProblemNote } from '@/parts/problem';
import { useWords } from '@/words/language';
import { cellsOf, coded, csvOf } from './cells';
import { UnitCodes } from './unitcodes';
import { Cells } from './cellgrid';
import { PeopleNav } from './nav';
import { PeopleUnitsDocument } from './operations';
import { send, type Report } from './send';
import { said } from './words';

const header = [['姓名', '代号', '岗位', '单位代码', '单位', '职务', '任职时间', '免职时间']];

/** People from a spreadsheet: previewed, mended cell by cell, then taken in whole. */
export default function ImportPeople() {
  const w = useWords(said);
  const input = useRef<HTMLInputElement>(null);
  const table = useDraft<string[][]>('people.import', header);
  const [{ data }] = useQuery({ query: PeopleUnitsDocument, variables: { parent: useMe().tenant.unit.id } });
  const units = data?.units.nodes ?? [];
  const [pasted, setPasted] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [running, setRunning] = useState(false);
  const run = async (commit: boolean, of: Blob = file ?? new Blob([csvOf(table.value)], { type: 'text/csv' })) => {
    setRunning(true);
    setProblem(null);
    try {
      const answer = await send(of, commit);
      setReport(answer);
      if (answer.committed) { table.clear(); setFile(null); }
    } catch (e) {
      setProblem(e instanceof RefusedError ? e.problem : { kind: 'offline', code: 'OFFLINE', message: '', requestId: '' });
    } finally {
      setRunning(false);
    }
  };
  const choose = async (chosen: File | undefined) => {
    if (!chosen) return;
    setReport(null);
    if (/\.csv$/i.test(chosen.name)) { setFile(null); table.set(coded(cellsOf(await chosen.text()), units)); return; }
    setFile(chosen);
    await run(false, chosen);
  };
  const filled = file !== null || table.value.length > 1;
  return (
    <Page title={w.importTitle} about={w.importAbout}>
      <PeopleNav />
      <p className="faint">{w.columns}</p>
      <UnitCodes units={units} />
      <Flex gap="small" wrap>
        <Button onClick={() => input.current?.click()}>{w.choose}</Button>
        <input ref={input} type="file" hidden accept=".xlsx,.csv" aria-label={w.choose} onChange={(e) => { void choose(e.target.files?.[0]); e.target.value = ''; }} />
        {file && <span>{file.name}</span>}
      </Flex>
      <label className="field"><span>{w.paste}</span><textarea className="plain-input paste" value={pasted} onChange={(e) => setPasted(e.target.value)} /></label>
      <div><Button disabled={pasted.trim() === ''} onClick={() => { table.set(coded(cellsOf(pasted), units)); setPasted(''); setFile(null); setReport(null); }}>{w.pasteButton}</Button></div>
      {!file && <Cells rows={table.value} set={(rows) => { table.set(coded(rows, units)); setReport(null); }} faults={report?.faults ?? []} />}
      <Flex gap="small" wrap>
        <Button type="primary" loading={running} disabled={!filled} onClick={() => void run(false)}>{w.check}</Button>
        <Button disabled={!filled || running || report === null || report.faults.length > 0 || report.committed} onClick={() => void run(true)}>{w.commit}</Button>
      </Flex>
      <ProblemNote problem={problem} />
      {report && <Outcome report={report} />}
    </Page>
  );
}

function Outcome({ report }: { report: Report }) {
  const w = useWords(said);
  if (report.committed) return <Alert role="status" type="success" showIcon title={w.done(report.entries)} action={<Link to="/people">{w.toPeople}</Link>} />;
  if (report.faults.length === 0) return <Alert role="status" type="success" showIcon title={w.clean} description={w.rows(report.rows, report.entries)} />;
  return (
    <>
      <Alert role="alert" type="error" showIcon title={w.faults(report.faults.length + (report.more ?? 0))} />
      <div className="scroll"><table className="table">
        <thead><tr><th scope="col">{w.cell}</th><th scope="col">{w.problem}</th></tr></thead>
        <tbody>{report.faults.map((f, i) => <tr key={i}><th scope="row">{f.field}</th><td>{f.message}</td></tr>)}</tbody>
      </table></div>
      {report.more ? <p>{w.more(report.more)}</p> : null}
    </>
  );
}
