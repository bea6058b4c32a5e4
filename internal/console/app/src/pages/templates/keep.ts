import type { Doc } from './document';

/** Work that was not saved, kept on this device for one person and one template. */
export interface Kept {
  doc: Doc;
  /** What was stored when the work began. */
  base?: Doc;
  /** The revision it was made on; 0 for a template that is not stored yet. */
  revision: number;
}

const name = (user: string, of: string) => `leitai.template.${user}.${of}`;

export function readKept(user: string, of: string): Kept | null {
  const text = localStorage.getItem(name(user, of));
  if (text === null) return null;
  try {
    return JSON.parse(text) as Kept;
  } catch {
    return null; // written by hand or cut off: what is stored counts
  }
}

/** Keeps the work; a device whose storage is full keeps the page open instead, and the page still has it. */
export function keep(user: string, of: string, kept: Kept): void {
  try {
    localStorage.setItem(name(user, of), JSON.stringify(kept));
  } catch (e) {
    if (!(e instanceof DOMException)) throw e;
  }
}

export const forget = (user: string, of: string) => localStorage.removeItem(name(user, of));
