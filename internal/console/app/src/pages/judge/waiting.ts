import type { MarkDetailInput } from '@/api/schema';

/** Why the service did not take something. */
export interface Refusal { code: string; message: string }

/** What a mark says, and how it reads. */
export interface Finding { value?: string; detail?: MarkDetailInput }

export interface MarkWork extends Finding { kind: 'mark' }
/** A correction of a mark the service has, with the reason. */
export interface CorrectWork extends Finding { kind: 'correct'; mark: string; was: string; reason: string }
export interface PhotoWork { kind: 'photo'; file: Blob; fileName: string; competition: string; unitCode: string; takenOn: string; note: string; /** What the service called it, once it was sent. */ kept?: string }

/** A piece of a judge's work that is not with the service yet. */
export interface Waiting {
  /** UUID, made here: sending it twice changes nothing. */
  id: string;
  owner: string;
  round: string;
  subject: string;
  code: string;
  name: string;
  item: string;
  itemName: string;
  channel: string;
  work: MarkWork | CorrectWork | PhotoWork;
  /** How it reads: 92, or what was found. */
  said: string;
  at: number;
  /** Grows when it is changed while it is on its way. */
  version: number;
  /** How often it was sent: after the first time it may have arrived. */
  tries: number;
  refused: Refusal[];
}

/** Where waiting work is kept so that it survives a reload. */
export interface Keep {
  list(owner: string): Promise<Waiting[]>;
  put(w: Waiting): Promise<void>;
  remove(id: string): Promise<void>;
}

/** One place that takes a mark. */
export const placeOf = (w: { round: string; subject: string; item: string; channel: string }) => `${w.round}|${w.subject}|${w.item}|${w.channel}`;

/** The same work with another finding. */
export function restated(work: MarkWork | CorrectWork, finding: Finding): MarkWork | CorrectWork {
  return work.kind === 'mark' ? { kind: 'mark', ...finding } : { kind: 'correct', mark: work.mark, was: work.was, reason: work.reason, ...finding };
}
