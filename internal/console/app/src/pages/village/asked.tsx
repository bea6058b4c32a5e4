import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { Asking } from '@/parts/asking';
import { Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { Papers } from './papers';
import { VillageTaskDoneDocument, type VillageHomeQuery, type VillageResultQuery } from './operations';
import { said } from './words';

/** Issues to answer and material to give of one village. */
export function openFor(home: VillageHomeQuery, unitCode: string) {
  return {
    issues: [...home.returned.nodes, ...home.open.nodes].filter((i) => i.unit.code === unitCode),
    requests: home.evidenceRequests.filter((r) => r.unit.code === unitCode && !r.answered),
  };
}

/** What is asked of the village: issues, material, tasks, papers, and how much it is a month. */
export function Asked({ home, result, unitCode, fresh }: { home: VillageHomeQuery; result: VillageResultQuery | undefined; unitCode: string; fresh: () => void }) {
  const w = useWords(said);
  const { issues, requests } = openFor(home, unitCode);
  return (
    <section className="card vill" id="asked" aria-label={w.asked}>
      <h2>{w.asked}</h2>
      {result?.round && <Burden burden={result.round.template.burden} />}
      <h3>{w.issues}</h3>
      {issues.length === 0 ? <p className="faint">{w.noIssues}</p> : (
        <ul className="asked-list">{issues.map((i) => (
          <li key={i.id}><span>{i.title}</span><small className="faint">{w.due(i.due)}{i.daysLate > 0 && ` · ${w.late(i.daysLate)}`} · {w.penalty(i.penalty)}</small><Link to={`/issues/${encodeURIComponent(i.id)}`}>{w.answer}</Link></li>
        ))}</ul>
      )}
      <p><Link to="/issues">{w.allIssues}</Link></p>
      <h3>{w.requests}</h3>
      {requests.length === 0 ? <p className="faint">{w.noRequests}</p> : (
        <ul className="asked-list">{requests.map((r) => (
          <li key={r.id}><span>{r.note || `${result?.round?.rubric.find((i) => i.key === r.item)?.name ?? w.wholeVillage} ${w.evidence[r.kind] ?? ''}`}</span><small className="faint">{w.due(r.due)}</small><Link to="/evidence">{w.giveNow}</Link></li>
        ))}</ul>
      )}
      <h3>{w.tasks}</h3>
      {home.tasks.nodes.length === 0 ? <p className="faint">{w.noTasks}</p> : <ul className="asked-list">{home.tasks.nodes.map((t) => <Task key={t.id} task={t} fresh={fresh} />)}</ul>}
      <Papers competitions={home.competitions.nodes} unitCode={unitCode} />
    </section>
  );
}

function Burden({ burden }: { burden: NonNullable<VillageResultQuery['round']>['template']['burden'] }) {
  const w = useWords(said);
  const kinds = ['ledgers', 'visits', 'photos', 'reports', 'meetings'] as const;
  return (
    <>
      <h3>{w.burden}</h3>
      <dl className="burden">{kinds.map((k) => <div key={k}><dt>{w.burdenOf[k]}</dt><dd>{burden[k]}</dd></div>)}</dl>
      {burden.heavy && <p><strong>{w.heavy}</strong></p>}
    </>
  );
}

function Task({ task, fresh }: { task: VillageHomeQuery['tasks']['nodes'][number]; fresh: () => void }) {
  const w = useWords(said);
  const { may } = useSession();
  const [open, setOpen] = useState(false);
  const [record, setRecord] = useState('');
  const act = useAct(VillageTaskDoneDocument, (d) => d.taskClose);
  const submit = async () => {
    const done = await act.run({ input: { task: task.id, record, revision: task.revision } });
    if (done) fresh();
    return done !== null;
  };
  return (
    <li>
      <span>{task.label}：{task.title}</span><small className="faint">{w.due(task.due)}{task.overdue && ` · ${w.overdue}`}</small>
      {may('task:execute') && <Button size="small" onClick={() => setOpen(true)}>{w.finish}</Button>}
      <Asking title={w.finishTitle} open={open} close={() => setOpen(false)} act={act} submit={submit} ready={record.trim() !== ''} button={w.finish}>
        <Field label={w.record} hint={w.recordHint} wide><textarea className="plain-input" rows={4} value={record} onChange={(e) => setRecord(e.target.value)} /></Field>
      </Asking>
    </li>
  );
}
