import { Button, Flex, Progress, Typography } from 'antd';
import { useState } from 'react';
import { useQuery, useSubscription } from 'urql';
import { useAct } from '@/api/act';
import type { ExportFormat, ExportKind } from '@/api/schema';
import { ActNotes, Choice } from '@/parts/fields';
import { useMoment } from '@/parts/time';
import { useWords, words } from '@/words/language';
import { FactsCancelDocument, FactsExportDocument, FactsJobDocument, FactsProgressDocument, type FactsCancelMutation, type FactsExportMutation, type FileJobFragment } from './operations';
import type { Span } from './span';

const said = words({
  title: '导出', kind: '内容', format: '格式', ask: '生成文件', stop: '停止', kinds: { FACTS: '事实数据（每行一个数）', BOARDS: '成绩榜' },
  now: '直接下载 CSV（事实数据）', waiting: '排队中', running: (n: number) => `已写 ${n} 行`, ready: (rows: number, kb: number) => `已生成：${rows} 行，${kb} KB`,
  kept: (until: string) => `保存至 ${until}`, take: '下载文件', cancelled: '已停止', progress: '导出进度',
}, {
  title: 'Export', kind: 'Content', format: 'Format', ask: 'Make the file', stop: 'Stop', kinds: { FACTS: 'Facts (one number a row)', BOARDS: 'Boards' },
  now: 'Download facts as CSV now', waiting: 'Waiting', running: (n: number) => `${n} rows written`, ready: (rows: number, kb: number) => `Ready: ${rows} rows, ${kb} KB`,
  kept: (until: string) => `kept until ${until}`, take: 'Download the file', cancelled: 'Stopped', progress: 'Progress of the export',
});

const asked = (d: FactsExportMutation) => d.exportRequest;
const stopped = (d: FactsCancelMutation) => d.jobCancel;

/** The numbers as a file: written in the background, with its progress. */
export function FactsFile({ span }: { span: Span }) {
  const w = useWords(said);
  const act = useAct(FactsExportDocument, asked);
  const [kind, setKind] = useState<ExportKind>('FACTS');
  const [format, setFormat] = useState<ExportFormat>('XLSX');
  const [job, setJob] = useState<FileJobFragment | null>(null);
  const ask = async () => {
    const answer = await act.run({ input: { kind, format, filter: { from: span.from, to: span.to } } });
    if (answer?.job) setJob(answer.job);
  };
  return (
    <section className="card no-print" aria-label={w.title}>
      <Typography.Title level={2}>{w.title}</Typography.Title>
      <form onSubmit={(e) => { e.preventDefault(); void ask(); }}>
        <div className="fields">
          <Choice label={w.kind} value={kind} onChange={(v) => setKind(v as ExportKind)} options={(['FACTS', 'BOARDS'] as const).map((k) => ({ value: k, label: w.kinds[k] }))} />
          <Choice label={w.format} value={format} onChange={(v) => setFormat(v as ExportFormat)} options={['XLSX', 'CSV', 'JSONL'].map((f) => ({ value: f, label: f }))} />
        </div>
        <Flex wrap gap="middle" align="center" style={{ marginTop: '.75rem' }}>
          <Button htmlType="submit" loading={act.running}>{w.ask}</Button>
          <a href={`/export/facts.csv?from=${span.from}&to=${span.to}`}>{w.now}</a>
        </Flex>
      </form>
      <ActNotes act={act} />
      {job && <Running key={job.id} begun={job} />}
    </section>
  );
}

function Running({ begun }: { begun: FileJobFragment }) {
  const w = useWords(said);
  const moment = useMoment();
  const cancel = useAct(FactsCancelDocument, stopped);
  const [live] = useSubscription({ query: FactsProgressDocument, variables: { job: begun.id } });
  const last = live.data?.jobProgress.job ?? begun;
  const ended = last.state !== 'QUEUED' && last.state !== 'RUNNING';
  // The link of a finished file is made when it is asked for, and lasts a while.
  const [{ data }] = useQuery({ query: FactsJobDocument, variables: { id: begun.id }, pause: !ended, requestPolicy: 'network-only' });
  const job = ended ? data?.job ?? last : last;
  const share = job.total ? Math.floor((job.done / job.total) * 100) : 0;
  return (
    <div role="status">
      {!ended && <Progress aria-label={w.progress} percent={share} status="active" format={() => (job.state === 'QUEUED' ? w.waiting : w.running(job.done))} />}
      {!ended && <Button size="small" loading={cancel.running} onClick={() => void cancel.run({ input: { job: begun.id } })}>{w.stop}</Button>}
      {job.state === 'DONE' && job.result && <p>{w.ready(job.result.rows, job.result.kilobytes)}，{w.kept(moment(job.result.keptUntil))} {job.result.url && <a href={job.result.url} download={job.result.name}>{w.take}</a>}</p>}
      {job.state === 'CANCELLED' && <p>{w.cancelled}</p>}
      {job.error && <p role="alert">{job.error.message}</p>}
      <ActNotes act={cancel} />
    </div>
  );
}
