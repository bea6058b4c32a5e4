import { useCallback, useEffect, useState } from 'react';
import { useMe } from '@/api/session';

const name = (user: string, object: string) => `leitai.draft.${user}.${object}`;

function read(key: string): unknown {
  try {
    const kept = localStorage.getItem(key);
    return kept === null ? null : JSON.parse(kept) as unknown;
  } catch {
    return null;
  }
}

/** What is typed into a long form, kept on this device until it is sent. */
export interface Draft<T> {
  value: T;
  set: (value: T | ((before: T) => T)) => void;
  /** Forgets the draft: what was typed is the service's now. */
  clear: () => void;
  /** Whether it was begun before this page was opened. */
  found: boolean;
}

/**
 * useDraft keeps a form's state by user and object, so that neither a refusal,
 * a lost connection, an ended session nor a closed window loses what was typed.
 */
export function useDraft<T>(object: string, empty: T): Draft<T> {
  const key = name(useMe().userId, object);
  const [{ value, found, touched }, setState] = useState(() => {
    const kept = read(key) as T | null;
    return { value: kept ?? empty, found: kept !== null, touched: kept !== null };
  });
  useEffect(() => {
    if (!touched) return;
    try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden: the page still holds it */ }
  }, [key, value, touched]);
  const set = useCallback((next: T | ((before: T) => T)) => {
    setState((s) => ({ ...s, touched: true, value: typeof next === 'function' ? (next as (before: T) => T)(s.value) : next }));
  }, []);
  const clear = useCallback(() => {
    localStorage.removeItem(key);
    setState({ value: empty, found: false, touched: false });
  }, [key]);
  return { value, set, clear, found };
}
