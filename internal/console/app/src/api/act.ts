import { useCallback, useRef, useState } from 'react';
import { useMutation, type AnyVariables, type DocumentInput } from 'urql';
import { problemOf, type Problem, type UserError } from './problem';

/** State of something a person does: nothing yet, under way, refused. */
export interface Act<V, P> {
  running: boolean;
  errors: UserError[];
  problem: Problem | null;
  /** Gives the payload when it was done, null when it was not: then errors or problem say why. */
  run: (variables: V) => Promise<P | null>;
  forget: () => void;
}

interface Payload { userErrors: UserError[] }

/**
 * useAct carries out a mutation. The same input sent again after an answer was
 * lost goes under the same key, so it is carried out once however often a
 * person clicks; a changed input is another act.
 */
export function useAct<D extends Record<string, unknown>, V extends AnyVariables, P extends Payload>(
  document: DocumentInput<D, V>, payload: (data: D) => P,
): Act<V, P> {
  const [{ fetching }, send] = useMutation<D, V>(document);
  const [errors, setErrors] = useState<UserError[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const open = useRef<{ text: string; key: string } | null>(null);
  const run = useCallback(async (variables: V) => {
    const text = JSON.stringify(variables);
    if (open.current?.text !== text) open.current = { text, key: crypto.randomUUID() };
    const result = await send(variables, { key: open.current.key });
    if (result.error) {
      const met = problemOf(result.error);
      if (met.kind !== 'offline') open.current = null;
      setErrors([]); setProblem(met);
      return null;
    }
    open.current = null;
    setProblem(null);
    const answer = result.data ? payload(result.data) : null;
    setErrors(answer?.userErrors ?? []);
    return answer && answer.userErrors.length === 0 ? answer : null;
  }, [send, payload]);
  const forget = useCallback(() => { setErrors([]); setProblem(null); }, []);
  return { running: fetching, errors, problem, run, forget };
}
