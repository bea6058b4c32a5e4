import { useCallback, useEffect, useState } from 'react';
import { RefusedError, type Problem } from '@/api/problem';
import { rest } from '@/api/rest';

const offline: Problem = { kind: 'offline', code: '', message: '', requestId: '' };

/** What one of the routes beside GraphQL said no to. */
export function problemOfRest(e: unknown): Problem {
  if (e instanceof RefusedError) return { ...e.problem, message: e.all.map((x) => x.message).join('\n') || e.problem.message };
  return offline;
}

/** useAsked reads one of the routes beside GraphQL. */
export function useAsked<T>(path: string) {
  const [data, setData] = useState<T>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let gone = false;
    rest<T>('GET', path).then((d) => { if (!gone) { setData(d); setProblem(null); } }, (e: unknown) => { if (!gone) setProblem(problemOfRest(e)); });
    return () => { gone = true; };
  }, [path, turn]);
  return { data, problem, again: useCallback(() => setTurn((n) => n + 1), []) };
}

/** useSent carries something out there, and keeps why it was refused. */
export function useSent() {
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = async <T,>(method: string, path: string, body?: unknown, then?: (answer: T) => void): Promise<boolean> => {
    setRunning(true);
    setProblem(null);
    try {
      const answer = await rest<T>(method, path, body);
      then?.(answer);
      return true;
    } catch (e) {
      setProblem(problemOfRest(e));
      return false;
    } finally {
      setRunning(false);
    }
  };
  return { running, problem, send };
}
