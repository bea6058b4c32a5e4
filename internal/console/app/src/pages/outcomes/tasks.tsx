import { Button, Input, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAct } from '@/api/act';
import type { TaskState } from '@/api/schema';
import { useSession } from '@/api/session';
import { Asking } from '@/parts/asking';
import { Choice, Field, MoreButton } from '@/parts/fields';
import { useMore } from '@/parts/more';
import { Nothing, Page, Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import { TaskDoneDocument, TasksPageDocument, type TaskDoneMutation, type TasksPageQuery } from './operations';
import { said } from './words';

type Task = TasksPageQuery['tasks']['nodes'][number];
const named = (t: Task) => [t.title || t.unit.shownName, t.label].filter((x, i, all) => x && all.indexOf(x) === i).join('：');
const pick = (d: TasksPageQuery) => d.tasks;
const closed = (d: TaskDoneMutation) => d.taskClose;

/** Tasks with a due day, and what was done about them. */
export default function Tasks() {
  const w = useWords(said);
  const moment = useMoment();
  const { may } = useSession();
  const [state, setState] = useState<TaskState | ''>('OPEN');
  const list = useMore(TasksPageDocument, { state: state === '' ? null : state }, pick);
  const [closing, setClosing] = useState<Task | null>(null);
  return (
    <Page title={w.tasksTitle} about={w.tasksAbout} actions={may('outcome:read') && <Link to="/outcomes">{w.title}</Link>}>
      <div className="fields no-print"><Choice label={w.state} value={state} empty={w.all} onChange={(v) => setState(v as TaskState | '')} options={(['OPEN', 'DONE', 'WITHDRAWN'] as const).map((s) => ({ value: s, label: w.taskStates[s] }))} /></div>
      <Read data={list.data} error={list.error} again={list.again}>{() => list.nodes.length === 0 ? <Nothing>{w.noTasks}</Nothing> : (
        <div className="cards">{list.nodes.map((t) => (
          <article key={t.id} className="card">
            <h2 className="card-title">{named(t)}</h2>
            <p><Tag color={t.state === 'OPEN' ? 'orange' : 'default'}>{w.taskStates[t.state]}</Tag>{t.overdue && <Tag color="red">{w.overdue}</Tag>}{w.due} {t.due}</p>
            <p className="faint">{w.executor}：{t.executors.map((p) => p.name ?? p.pseudonym).join('、') || t.roleLabel}</p>
            {t.record && <p>{t.record}{t.doneAt && <small className="faint">（{moment(t.doneAt)}）</small>}</p>}
            {t.state === 'OPEN' && may('task:execute') && <Button aria-label={`${w.close}：${named(t)}`} onClick={() => setClosing(t)}>{w.close}</Button>}
          </article>
        ))}</div>
      )}</Read>
      <MoreButton list={list} />
      {closing && <Close key={closing.id} task={closing} close={() => setClosing(null)} done={list.again} />}
    </Page>
  );
}

function Close({ task, close, done }: { task: Task; close: () => void; done: () => void }) {
  const w = useWords(said);
  const act = useAct(TaskDoneDocument, closed);
  const [record, setRecord] = useState('');
  const submit = async () => {
    const answer = await act.run({ input: { task: task.id, revision: task.revision, record } });
    done(); // refused: perhaps somebody else was faster
    return answer !== null;
  };
  return (
    <Asking title={`${w.close}：${named(task)}`} open close={close} act={act} submit={submit} button={w.close}>
      <Field label={w.record} wide><Input.TextArea required rows={3} value={record} onChange={(e) => setRecord(e.target.value)} /></Field>
    </Asking>
  );
}
