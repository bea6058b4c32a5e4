import { Alert, Button } from 'antd';
import { Link } from 'react-router';
import type { Problem, UserError } from '@/api/problem';
import { common } from '@/words/common';
import { useWords, words } from '@/words/language';

const said = words({
  offline: '没有连上服务器。您填写的内容还在本页，恢复网络后再试一次即可，不会重复提交。',
  signedOut: '登录已失效。请在新窗口重新登录，再回到本页继续，填写的内容还在。',
  signIn: '重新登录',
  unknown: '操作没有完成。',
  number: (id: string) => `如需报修，请提供编号 ${id}`,
  row: (n: number) => `第 ${n} 行`,
}, {
  offline: 'The server did not answer. What you typed is still here; try again when there is a network. Nothing is sent twice.',
  signedOut: 'Your session is over. Sign in again in another window, then go on here; what you typed is still here.',
  signIn: 'Sign in again',
  unknown: 'This was not done.',
  number: (id: string) => `When you report it, give the number ${id}`,
  row: (n: number) => `row ${n}`,
});

/** Why something could not be read or done, and what to do about it. */
export function ProblemNote({ problem, retry }: { problem: Problem | null; retry?: () => void }) {
  const w = useWords(said);
  const c = useWords(common);
  if (!problem) return null;
  const message = problem.kind === 'offline' ? w.offline : problem.kind === 'signedOut' ? w.signedOut : problem.message || w.unknown;
  return (
    <Alert role="alert" type={problem.kind === 'refused' ? 'error' : 'warning'} showIcon title={message}
      description={problem.kind === 'refused' && problem.code === 'INTERNAL' ? w.number(problem.requestId) : undefined}
      action={problem.kind === 'signedOut' ? <Link to="/signin" target="_blank">{w.signIn}</Link> : retry ? <Button size="small" onClick={retry}>{c.retry}</Button> : undefined} />
  );
}

/** Refused fields of an input: what is wrong, where, and what would be right. */
export function UserErrors({ errors }: { errors: readonly UserError[] }) {
  const w = useWords(said);
  if (errors.length === 0) return null;
  return (
    <Alert role="alert" type="error" showIcon title={errors.length === 1 && errors[0] ? line(errors[0], w.row) : (
      <ul className="plain">{errors.map((e, i) => <li key={i}>{line(e, w.row)}</li>)}</ul>
    )} />
  );
}

function line(e: UserError, row: (n: number) => string) {
  const place = [e.row ? row(e.row) : '', e.column ?? ''].filter(Boolean).join(' ');
  // An id tells a reader nothing: the message names whom it is about.
  const named = e.subjects.filter((s) => !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(s));
  const whom = named.every((s) => e.message.includes(s)) ? '' : `（${named.join('、')}）`;
  return `${place ? place + '：' : ''}${e.message}${whom}`;
}
