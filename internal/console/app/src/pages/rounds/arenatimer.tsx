import { Button, Flex, InputNumber } from 'antd';
import { useWords } from '@/words/language';
import { said } from './arena.words';
import type { Speaker } from './arena';
import { clockFace, useTimer } from './clock';

/** The big clock of whoever speaks. */
export function ArenaTimer({ speaker, next, minutes, setMinutes, go, number, all }: {
  speaker: Speaker | undefined; next: Speaker | undefined; minutes: number; setMinutes: (n: number) => void; go: (by: number) => void; number: number; all: number;
}) {
  const w = useWords(said);
  const timer = useTimer(minutes);
  const state = timer.left <= 0 ? 'over' : timer.left <= 60_000 && minutes > 1 ? 'last' : '';
  return (
    <section className="card arena-now" aria-label={w.speaking}>
      <p className="faint">{speaker ? `${w.speaking} ${w.count(number, all)}` : w.finished}</p>
      {speaker && (
        <>
          <p className="arena-name" aria-live="polite">{speaker.name}</p>
          <p className={`arena-clock ${state}`} role="timer" aria-label={w.time(clockFace(timer.left))}>{clockFace(timer.left)}</p>
          <p className="arena-word" aria-live="assertive">{state === '' ? '\u00a0' : w[state]}</p>
        </>
      )}
      <Flex gap="middle" wrap justify="center" align="center">
        <Button size="large" disabled={number <= 1} onClick={() => go(-1)}>{w.previous}</Button>
        {speaker && <Button size="large" type="primary" onClick={timer.running ? timer.pause : timer.start}>{timer.running ? w.pause : w.start}</Button>}
        {speaker && <Button size="large" onClick={timer.reset}>{w.reset}</Button>}
        {speaker && <Button size="large" onClick={() => go(1)}>{w.next}{next && `：${next.name}`}</Button>}
        <label>{w.minutes} <InputNumber min={1} max={60} precision={0} value={minutes} onChange={(n) => setMinutes(n ?? minutes)} /></label>
      </Flex>
    </section>
  );
}
