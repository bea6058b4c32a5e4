import { useMoment } from '@/parts/time';
import { useWords, words } from '@/words/language';
import { states } from '@/words/states';
import type { RoundNow } from './round';
import { order } from './steps';

const said = words({
  steps: '办理进程', now: '（现在）', cancelled: (why: string) => `本轮次已取消。原因：${why}`, until: (day: string) => `异议至 ${day}`, held: (day: string) => `${day} 举行`,
}, {
  steps: 'Course of the round', now: ' (now)', cancelled: (why: string) => `This round was cancelled: ${why}`, until: (day: string) => `objections to ${day}`, held: (day: string) => `held ${day}`,
});

/** The course of a round with the days that are known. */
export function Stepper({ round }: { round: RoundNow }) {
  const w = useWords(said);
  const named = useWords(states).round;
  const moment = useMoment();
  const at = order.findIndex((s) => s === round.state);
  const first = round.publications.at(-1);
  const days: Partial<Record<(typeof order)[number], string>> = {
    ...(round.notice ? { NOTIFIED: round.notice.issued } : {}), OPEN: w.held(round.held),
    ...(round.objectionsUntil ? { PROVISIONAL: w.until(round.objectionsUntil) } : {}),
    ...(first ? { PUBLISHED: (moment(first.publishedAt).split(/[ ,]/)[0] ?? '').replaceAll('/', '-') } : {}),
  };
  if (round.state === 'CANCELLED') return <p role="status">{w.cancelled(round.cancelReason)}</p>;
  return (
    <ol className="stepper" aria-label={w.steps}>
      {order.map((s, i) => (
        <li key={s} className={i < at || (i === at && s === 'PUBLISHED') ? 'past' : i === at ? 'now' : ''} aria-current={i === at ? 'step' : undefined}>
          {named[s]}{days[s] && <small>{days[s]}</small>}
        </li>
      ))}
    </ol>
  );
}
