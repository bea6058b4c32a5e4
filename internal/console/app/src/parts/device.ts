/**
 * What the console keeps on this device for somebody: marks that wait for a
 * network, and pages for when there is none. Light, because the frame asks it
 * before somebody signs out.
 */

const waitingKey = (owner: string) => `leitai.waiting.${owner}`;

/** The database of pages kept for offline reading; gone at sign-out. */
export const deskDatabase = 'leitai.desk';

/** Whose work it is: one user in one tenant. */
export const ownerOf = (me: { userId: string; tenant: { id: string } }) => `${me.userId}@${me.tenant.id}`;

/** How many pieces of somebody's work wait here to be sent. */
export function waitingOf(owner: string): number {
  try {
    const n = Number(localStorage.getItem(waitingKey(owner)));
    return Number.isInteger(n) && n > 0 ? n : 0;
  } catch {
    return 0;
  }
}

/** Says how many pieces wait. */
export function keepWaiting(owner: string, n: number): void {
  try {
    if (n > 0) localStorage.setItem(waitingKey(owner), String(n));
    else localStorage.removeItem(waitingKey(owner));
  } catch { /* a full or closed storage: then nobody is warned before signing out */ }
}

const meKey = 'leitai.me';

/** Keeps who is signed in, so that a page opened before opens without a network. */
export function keepMe(me: unknown): void {
  try {
    localStorage.setItem(meKey, JSON.stringify(me));
  } catch { /* a full or closed storage: then pages need a network */ }
}

/** Who was signed in here last; null after signing out. */
export function keptMe(): unknown {
  try {
    return JSON.parse(localStorage.getItem(meKey) ?? 'null');
  } catch {
    return null;
  }
}

const inKey = 'leitai.in';

/** Keeps for this tab where somebody is signed in; empty when they leave by themselves. */
export function keepIn(tenant: string): void {
  try {
    if (tenant) sessionStorage.setItem(inKey, tenant);
    else sessionStorage.removeItem(inKey);
  } catch { /* a closed storage: then the sign-in page says nothing of before */ }
}

/** Where this tab was signed in, when the session ended by itself; else empty. */
export function wasIn(): string {
  try {
    return sessionStorage.getItem(inKey) ?? '';
  } catch {
    return '';
  }
}

/** Takes everything off this device that was kept to be read. What waits to be sent stays, for the same person only. */
export function forgetReading(): void {
  localStorage.removeItem(meKey);
  if (typeof indexedDB !== 'undefined') indexedDB.deleteDatabase(deskDatabase);
}
