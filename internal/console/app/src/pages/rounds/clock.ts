import { useEffect, useState } from 'react';

/** Milliseconds as minutes and seconds; below zero with a sign. */
export function clockFace(milliseconds: number): string {
  const seconds = Math.ceil(Math.abs(milliseconds) / 1000);
  const face = `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
  return milliseconds < 0 && seconds > 0 ? `-${face}` : face;
}

/** A timer that counts down by the device's steady clock, so that a busy page does not slow it. */
export interface Timer { left: number; running: boolean; start: () => void; pause: () => void; reset: () => void }

/** useTimer counts down from so many minutes, and on below zero. */
export function useTimer(minutes: number): Timer {
  const whole = minutes * 60_000;
  const [state, setState] = useState<{ since: number | null; spent: number }>({ since: null, spent: 0 });
  const [now, setNow] = useState(() => performance.now());
  const running = state.since !== null;
  useEffect(() => {
    if (!running) return;
    const tick = setInterval(() => setNow(performance.now()), 200);
    return () => clearInterval(tick);
  }, [running]);
  const spent = state.spent + (state.since === null ? 0 : Math.max(0, now - state.since));
  return {
    left: whole - spent, running,
    start: () => { const at = performance.now(); setNow(at); setState((s) => s.since === null ? { ...s, since: at } : s); },
    pause: () => setState((s) => s.since === null ? s : { since: null, spent: s.spent + performance.now() - s.since }),
    reset: () => setState({ since: null, spent: 0 }),
  };
}
