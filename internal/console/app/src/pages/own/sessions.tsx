import { Button, Tag, Typography } from 'antd';
import { ProblemNote } from '@/parts/problem';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import '@/shell/tables.css';
import { useAsked, useSent } from './asked';
import { deviceOf } from './device';
import { said } from './words';

interface Session { id: string; current: boolean; tenant: { name: string }; seenAt: string; expiresAt: string; method: string; agent: string }

const sessionsOf = (value: unknown) => value as { sessions: Session[] };

/** Where one is signed in, and the way to end it. */
export function Sessions() {
  const w = useWords(said);
  const moment = useMoment();
  const { data, problem, again } = useAsked('/auth/sessions', sessionsOf);
  const act = useSent();
  const end = (path: string) => void act.send('DELETE', path, undefined, again);
  const all = data?.sessions ?? [];
  const called = (agent: string) => { const { program, device } = deviceOf(agent); return [program === 'WeChat' ? w.wechat : program, device].filter(Boolean).join(' · ') || w.unknown; };
  const method = (m: string) => (w.methods as Record<string, string>)[m.startsWith('oidc') ? 'oidc' : m] ?? m;
  return (
    <section className="card">
      <Typography.Title level={2}>{w.sessions}</Typography.Title>
      <ProblemNote problem={problem} retry={again} />
      <div className="scroll"><table className="table">
        <thead><tr><th scope="col">{w.agent}</th><th scope="col">{w.where}</th><th scope="col">{w.method}</th><th scope="col">{w.seen}</th><th scope="col">{w.until}</th><th scope="col">{w.end}</th></tr></thead>
        <tbody>{all.map((s) => (
          <tr key={s.id}>
            <th scope="row">{called(s.agent)} {s.current && <Tag color="green">{w.thisOne}</Tag>}</th><td>{s.tenant.name}</td><td>{method(s.method)}</td><td>{moment(s.seenAt)}</td><td>{moment(s.expiresAt)}</td>
            <td>{!s.current && <Button size="small" aria-label={`${w.end}：${called(s.agent)}`} onClick={() => end(`/auth/sessions/${s.id}`)}>{w.end}</Button>}</td>
          </tr>
        ))}</tbody>
      </table></div>
      <ProblemNote problem={act.problem} />
      {all.length > 1 ? <p><Button danger loading={act.running} onClick={() => end('/auth/sessions')}>{w.endOthers}</Button></p> : data && <p className="faint">{w.noOthers}</p>}
    </section>
  );
}
