import { useSyncExternalStore } from 'react';

/**
 * Where somebody is on a guided tour: kept for this browser tab, so that a
 * reload goes on, and light, because the frame asks it on every page.
 */
export interface Touring { tour: string; step: number }

const kept = 'leitai.tour';
const heard = new Set<() => void>();

function read(): string {
  return sessionStorage.getItem(kept) ?? '';
}

/** Goes to a step of a tour; null leaves it. */
export function tourTo(next: Touring | null): void {
  if (next) sessionStorage.setItem(kept, `${next.tour} ${next.step}`);
  else sessionStorage.removeItem(kept);
  for (const tell of heard) tell();
}

/** The tour that is under way in this tab; null: none. */
export function useTouring(): Touring | null {
  const now = useSyncExternalStore((tell) => { heard.add(tell); return () => heard.delete(tell); }, read);
  const [tour = '', step = ''] = now.split(' ');
  return tour && /^\d+$/.test(step) ? { tour, step: Number(step) } : null;
}

const offeredKey = (owner: string) => `leitai.toured.${owner}`;

/** Whether a tour was offered to somebody on this device. */
export const tourOffered = (owner: string) => localStorage.getItem(offeredKey(owner)) !== null;

/** Offers it no more. */
export const offerNoMore = (owner: string) => localStorage.setItem(offeredKey(owner), '1');
