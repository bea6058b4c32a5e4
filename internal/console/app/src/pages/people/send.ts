import { keptLanguage } from '@/words/language';
import { RefusedError, type Refusal } from '@/api/problem';

/** A cell that is wrong, and what would be right. */
export interface Fault { code: string; message: string; field: string; row?: number; column?: string }

/** What the service read of a spreadsheet. */
export interface Report { rows: number; entries: number; committed: boolean; faults: Fault[]; more?: number }

/**
 * send posts a spreadsheet of people: a preview, or for good. A sheet with
 * faults is an answer, not a failure; TypeError when nobody answered.
 */
export async function send(file: Blob, commit: boolean): Promise<Report> {
  const answer = await fetch(`/imports/people${commit ? '?commit=true' : ''}`, { method: 'POST', credentials: 'same-origin', headers: { 'Accept-Language': keptLanguage() }, body: file });
  const body = await answer.json().catch(() => ({})) as Partial<Report> & Refusal;
  if (body.faults) return { rows: body.rows ?? 0, entries: body.entries ?? 0, committed: body.committed ?? false, faults: body.faults, ...(body.more ? { more: body.more } : {}) };
  throw new RefusedError(answer.status, body);
}
