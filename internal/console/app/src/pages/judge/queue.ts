import { keepWaiting } from '@/parts/device';
import { placeOf, type Keep, type MarkWork, type Refusal, type Waiting } from './waiting';

/** What became of something that was sent. */
export type Answer =
  | { kind: 'done' }
  /** Not taken; `at` is the place in the batch, null for the batch as a whole. */
  | { kind: 'refused'; errors: (Refusal & { at: number | null })[] }
  /** Nobody answered, or not now: it stays as it is. */
  | { kind: 'later'; why: 'offline' | 'signedOut' | 'busy' };

/** The way to the service. */
export interface Wire {
  marks(round: string, batch: Waiting[]): Promise<Answer>;
  correct(w: Waiting): Promise<Answer>;
  /** Sends a picture; `kept` is told as soon as the service has the file. */
  photo(w: Waiting, kept: (file: string) => Promise<void>): Promise<Answer>;
}

export interface QueueState {
  items: readonly Waiting[];
  sending: boolean;
  /** Why nothing goes out now. */
  held: '' | 'offline' | 'signedOut' | 'busy';
  /** What arrived since the page was opened, by place: how it reads; of pictures, how many. */
  arrived: ReadonlyMap<string, string>;
  /** Grows with everything that arrived. */
  turn: number;
  /** Whether this device keeps what waits when the page is closed. */
  durable: boolean;
}

/** Marks in one batch: small enough for a weak signal, all or nothing. */
const most = 40;

/**
 * Queue holds a judge's work until the service has it. Everything is kept
 * before it is sent and taken out after it was answered, so that a connection
 * that drops anywhere loses nothing; the ids are made here, so that sending
 * again counts nothing twice.
 */
export class Queue {
  private state: QueueState;
  private readonly heard = new Set<() => void>();
  private running: Promise<void> | null = null;

  constructor(readonly owner: string, private readonly keep: Keep, private readonly wire: Wire, private readonly fallback?: Keep) {
    this.state = { items: [], sending: false, held: '', arrived: new Map(), turn: 0, durable: true };
  }

  readonly subscribe = (listener: () => void) => {
    this.heard.add(listener);
    return () => { this.heard.delete(listener); };
  };

  readonly snapshot = () => this.state;

  /** Reads what waited here before. */
  async open(): Promise<void> {
    await this.read();
  }

  /** Adds work, in place of what waits for the same place and was never sent. */
  async add(work: Waiting[]): Promise<void> {
    for (const w of work) await this.put(w);
    await this.read();
    this.flush().catch(() => undefined); // it stays, and is tried again
  }

  /** Changes something that waits; what is on its way goes once more. */
  async change(id: string, change: (w: Waiting) => Waiting): Promise<void> {
    const w = this.state.items.find((i) => i.id === id);
    if (!w) return;
    await this.put({ ...change(w), version: w.version + 1, refused: [] });
    await this.read();
    this.flush().catch(() => undefined); // it stays, and is tried again
  }

  /** Drops something that waits: a person decided that it is not to be sent. */
  async drop(id: string): Promise<void> {
    await this.remove(id);
    await this.read();
  }

  /** Sends what waits, oldest first, one after the other and never twice at a time. */
  flush(): Promise<void> {
    this.running ??= this.alone().finally(() => { this.running = null; });
    return this.running;
  }

  // Two tabs of one person send in turn.
  private async alone(): Promise<void> {
    if (typeof navigator !== 'undefined' && 'locks' in navigator) {
      await navigator.locks.request(`leitai.queue.${this.owner}`, { ifAvailable: true }, async (lock) => { if (lock) await this.sendAll(); });
    } else {
      await this.sendAll();
    }
  }

  private async sendAll(): Promise<void> {
    await this.read();
    if (!this.next()) return;
    if (typeof navigator !== 'undefined' && !navigator.onLine) { // not tried, so certainly not arrived
      this.set({ held: 'offline' });
      return;
    }
    this.set({ sending: true, held: '' });
    try {
      for (let batch = this.next(); batch; batch = this.next()) {
        const answer = placed(await this.send(batch), batch.length);
        await this.settle(batch, answer);
        if (answer.kind === 'later') { this.set({ held: answer.why }); return; }
      }
    } finally {
      this.set({ sending: false });
    }
  }

  /** The next that can go out together: marks of one round, or one other piece. */
  private next(): Waiting[] | null {
    const ready = this.state.items.filter((w) => w.refused.length === 0);
    const first = ready[0];
    if (!first) return null;
    if (first.work.kind !== 'mark') return [first];
    return ready.filter((w) => w.work.kind === 'mark' && w.round === first.round).slice(0, most);
  }

  private async send(batch: Waiting[]): Promise<Answer> {
    for (const w of batch) { w.tries += 1; await this.put(w); } // from now on it may have arrived
    const first = batch[0];
    if (!first) return { kind: 'done' };
    if (first.work.kind === 'mark') return this.wire.marks(first.round, batch);
    if (first.work.kind === 'correct') return this.wire.correct(first);
    return this.wire.photo(first, async (file) => {
      if (first.work.kind !== 'photo') return;
      first.work = { ...first.work, kept: file };
      await this.put(first);
    });
  }

  private async settle(batch: Waiting[], answer: Answer): Promise<void> {
    const stored = new Map((await this.list()).map((w) => [w.id, w]));
    const arrived = new Map(this.state.arrived);
    for (const [i, sent] of batch.entries()) {
      const now = stored.get(sent.id);
      if (answer.kind === 'later') continue;
      const errors = answer.kind === 'refused' ? answer.errors.filter((e) => e.at === i || e.at === null) : [];
      if (answer.kind === 'done') {
        arrived.set(placeOf(sent), sent.work.kind === 'photo' ? String(Number(arrived.get(placeOf(sent)) ?? 0) + 1) : sent.said);
        if (now?.version === sent.version) await this.remove(sent.id);
      } else if (errors.length > 0 && now?.version === sent.version) {
        await this.put({ ...now, refused: errors.map(({ code, message }) => ({ code, message })) });
      }
    }
    if (answer.kind === 'done') this.set({ arrived, turn: this.state.turn + 1 });
    await this.read();
  }

  private async read(): Promise<void> {
    const items = (await this.list()).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
    keepWaiting(this.owner, items.length);
    this.set({ items });
  }

  // What the device cannot keep (no storage, or no room for a picture) stays in
  // memory, and the page says so.
  private async put(w: Waiting): Promise<void> {
    try {
      await this.keep.put(w);
      await this.fallback?.remove(w.id);
    } catch (e) {
      if (!this.fallback) throw e;
      await this.fallback.put(w);
      this.set({ durable: false });
    }
  }

  private async list(): Promise<Waiting[]> {
    const held = await this.fallback?.list(this.owner) ?? [];
    const newer = new Set(held.map((w) => w.id));
    try {
      return [...(await this.keep.list(this.owner)).filter((w) => !newer.has(w.id)), ...held];
    } catch (e) {
      if (!this.fallback) throw e;
      this.set({ durable: false });
      return held;
    }
  }

  private async remove(id: string): Promise<void> {
    await this.fallback?.remove(id);
    try {
      await this.keep.remove(id);
    } catch (e) {
      if (!this.fallback) throw e; // what arrived and stays is sent once more, and counts once
    }
  }

  private set(part: Partial<QueueState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.heard) listener();
  }
}

/** A refusal that names no mark of the batch is one of the whole batch. */
function placed(answer: Answer, size: number): Answer {
  if (answer.kind !== 'refused' || answer.errors.some((e) => e.at !== null && e.at < size)) return answer;
  return { ...answer, errors: answer.errors.map((e) => ({ ...e, at: null })) };
}

/** A mark that waits, as the API takes it. */
export function markInput(w: Waiting) {
  const { value, detail } = w.work as MarkWork;
  return { id: w.id, subject: w.subject, item: w.item, channel: w.channel, ...(value !== undefined ? { value } : {}), ...(detail ? { detail } : {}) };
}

/** The place in a batch that a refusal names; null when it names none. */
export function placeIn(field: string): number | null {
  const found = /^marks\[(\d+)\]/.exec(field);
  return found ? Number(found[1]) : null;
}
