import { useCallback, useEffect, useState } from 'react';
import { RefusedError, type Problem } from '@/api/problem';
import { rest } from '@/api/rest';

const offline: Problem = { kind: 'offline', code: '', message: '', requestId: '' };

/** What one of the routes beside GraphQL said no to. */
export function problemOfRest(e: unknown): Problem {
  if (e instanceof RefusedError) return { ...e.problem, message: e.all.map((x) => x.message).join('\n') || e.problem.message };
  return offline;
}

/** What was read there, as its caller knows it. */
export interface Asked<T> { data: T | undefined; problem: Problem | null; again: () => void }

/** useAsked reads one of the routes beside GraphQL; shape says what comes from there. */
export function useAsked<T>(path: string, shape: (value: unknown) => T): Asked<T> {
  const [data, setData] = useState<T>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let gone = false;
    rest<unknown>('GET', path).then((d) => { if (!gone) { setData(shape(d)); setProblem(null); } }, (e: unknown) => { if (!gone) setProblem(problemOfRest(e)); });
    return () => { gone = true; };
  }, [path, shape, turn]);
  return { data, problem, again: useCallback(() => setTurn((n) => n + 1), []) };
}

/** useSent carries something out there, and keeps why it was refused. */
export function useSent() {
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = async (method: string, path: string, body?: unknown, then?: (answer: unknown) => void): Promise<boolean> => {
    setRunning(true);
    setProblem(null);
    try {
      const answer = await rest<unknown>(method, path, body); // before the optional call: that leaves its arguments alone when nobody asks
      then?.(answer);
      return true;
    } catch (e) {
      setProblem(problemOfRest(e));
      return false;
    } finally {
      setRunning(false);
    }
  };
  return { running, problem, send, forget: () => setProblem(null) };
}
