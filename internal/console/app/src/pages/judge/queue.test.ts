import { beforeEach, expect, test } from 'vitest';
import { waitingOf } from '@/parts/device';
import { fleeting } from './keep';
import { Queue, placeIn, type Answer, type Wire } from './queue';
import type { Waiting } from './waiting';

let clock = 0;

function mark(id: string, more: Partial<Waiting> = {}): Waiting {
  clock += 1;
  return { id, owner: 'j1@t', round: 'r', subject: `s-${id}`, code: id, name: id, item: 'party', itemName: '党建', channel: 'onsite', work: { kind: 'mark', value: '90' }, said: '90', at: clock, version: 1, tries: 0, refused: [], ...more };
}

/** A service that keeps marks by id, as the real one does, behind a line that can drop. */
function service() {
  const held = new Map<string, string>();
  const drops: ('before' | 'after')[] = [];
  const batches: string[][] = [];
  const refuse = new Map<string, { code: string; message: string }>();
  let closed = false;
  const wire: Wire = {
    marks: (_, batch): Promise<Answer> => {
      batches.push(batch.map((w) => w.id));
      const drop = drops.shift();
      if (drop === 'before') return Promise.resolve({ kind: 'later', why: 'offline' });
      const errors = batch.flatMap((w, at) => {
        const said = JSON.stringify(w.work);
        const refused = held.has(w.id) && held.get(w.id) !== said ? { code: 'MARK_ID_REUSED', message: 'reused' } : refuse.get(w.id);
        return refused ? [{ ...refused, at }] : [];
      });
      if (closed) return Promise.resolve({ kind: 'refused', errors: [{ code: 'ROUND_NOT_OPEN', message: 'closed', at: null }] });
      if (errors.length > 0) return Promise.resolve({ kind: 'refused', errors }); // all or nothing
      for (const w of batch) held.set(w.id, JSON.stringify(w.work));
      return Promise.resolve(drop === 'after' ? { kind: 'later', why: 'offline' } : { kind: 'done' });
    },
    correct: () => Promise.resolve({ kind: 'done' }),
    photo: async (w, kept) => {
      if (w.work.kind === 'photo' && !w.work.kept) await kept('file-1');
      return drops.shift() ? { kind: 'later', why: 'offline' } : { kind: 'done' };
    },
  };
  return { wire, held, drops, batches, refuse, close: () => { closed = true; } };
}

beforeEach(() => localStorage.clear());

test('a line that drops in the middle of a batch loses nothing and counts nothing twice', async () => {
  const s = service();
  const keep = fleeting();
  s.drops.push('after'); // stored, and the answer lost
  const q = new Queue('j1@t', keep, s.wire);
  await q.add([mark('a'), mark('b')]);
  await q.flush();
  expect(s.held.size).toBe(2);
  expect(q.snapshot().held).toBe('offline');
  expect(q.snapshot().items.map((w) => w.id)).toEqual(['a', 'b']);
  expect(waitingOf('j1@t')).toBe(2);

  const reopened = new Queue('j1@t', keep, s.wire); // the page was closed and opened again
  await reopened.open();
  await reopened.flush();
  expect(s.batches).toEqual([['a', 'b'], ['a', 'b']]); // under the same ids
  expect(s.held.size).toBe(2);
  expect(reopened.snapshot().items).toEqual([]);
  expect(waitingOf('j1@t')).toBe(0);
});

test('a refused mark stays with its reason while the others of its batch go through', async () => {
  const s = service();
  s.refuse.set('b', { code: 'MARK_OUT_OF_RANGE', message: 'over 100' });
  const q = new Queue('j1@t', fleeting(), s.wire);
  await q.add([mark('a'), mark('b'), mark('c')]);
  await q.flush();
  expect([...s.held.keys()]).toEqual(['a', 'c']);
  expect(q.snapshot().items.map((w) => [w.id, w.refused])).toEqual([['b', [{ code: 'MARK_OUT_OF_RANGE', message: 'over 100' }]]]);
  await q.flush();
  expect(s.batches).toHaveLength(2); // it is not sent over and over

  s.refuse.clear();
  await q.change('b', (w) => ({ ...w, work: { kind: 'mark', value: '100' } }));
  await q.flush();
  expect(s.held.get('b')).toContain('100');
  expect(q.snapshot().items).toEqual([]);
});

test('a closed round refuses the whole batch and every mark stays', async () => {
  const s = service();
  s.close();
  const q = new Queue('j1@t', fleeting(), s.wire);
  await q.add([mark('a'), mark('b')]);
  await q.flush();
  expect(q.snapshot().items.map((w) => w.refused[0]?.code)).toEqual(['ROUND_NOT_OPEN', 'ROUND_NOT_OPEN']);
});

test('what is changed after it may have arrived becomes a conflict, never a lost value', async () => {
  const s = service();
  s.drops.push('after');
  const q = new Queue('j1@t', fleeting(), s.wire);
  await q.add([mark('a')]);
  await q.flush();
  await q.change('a', (w) => ({ ...w, work: { kind: 'mark', value: '80' } }));
  await q.flush();
  const left = q.snapshot().items;
  expect(left.map((w) => w.refused[0]?.code)).toEqual(['MARK_ID_REUSED']);
  expect(left[0]?.work).toEqual({ kind: 'mark', value: '80' });
});

test('a picture that arrived is not sent again when only its answer was lost', async () => {
  const s = service();
  s.drops.push('after');
  const q = new Queue('j1@t', fleeting(), s.wire);
  await q.add([mark('p', { work: { kind: 'photo', file: new Blob(['x']), fileName: 'p.jpg', competition: 'c', unitCode: 'u', takenOn: '2023-10-12', note: '' } })]);
  await q.flush();
  expect(q.snapshot().items[0]?.work).toMatchObject({ kind: 'photo', kept: 'file-1' });
  await q.flush();
  expect(q.snapshot().items).toEqual([]);
});

test('nobody else sends what waits for somebody', async () => {
  const s = service();
  const keep = fleeting();
  s.drops.push('before');
  const q = new Queue('j1@t', keep, s.wire);
  await q.add([mark('a')]);
  await q.flush();
  const other = new Queue('j2@t', keep, s.wire);
  await other.open();
  await other.flush();
  expect(other.snapshot().items).toEqual([]);
  expect(s.held.size).toBe(0);
});

test('a browser that keeps nothing says so and still sends', async () => {
  const s = service();
  const broken = { list: () => Promise.reject(new Error('no storage')), put: () => Promise.reject(new Error('no storage')), remove: () => Promise.reject(new Error('no storage')) };
  const q = new Queue('j1@t', broken, s.wire, fleeting());
  await q.open();
  expect(q.snapshot().durable).toBe(false);
  await q.add([mark('a')]);
  await q.flush();
  expect(s.held.size).toBe(1);
});

test('what a full device cannot keep is held in memory beside what it keeps, and both go out', async () => {
  const s = service();
  const room = fleeting();
  const full = { ...room, put: (w: Waiting) => w.work.kind === 'photo' ? Promise.reject(new Error('no room')) : room.put(w) };
  s.drops.push('before', 'before');
  const q = new Queue('j1@t', full, s.wire, fleeting());
  await q.add([mark('a')]);
  await q.flush();
  await q.add([mark('p', { work: { kind: 'photo', file: new Blob(['x']), fileName: 'p.jpg', competition: 'c', unitCode: 'u', takenOn: '2023-10-12', note: '' } })]);
  await q.flush();
  expect(q.snapshot().durable).toBe(false);
  expect(q.snapshot().items.map((w) => w.id)).toEqual(['a', 'p']);
  expect((await room.list('j1@t')).map((w) => w.id)).toEqual(['a']);
  s.drops.length = 0;
  await q.flush();
  expect(q.snapshot().items).toEqual([]);
  expect(s.held.size).toBe(1);
});

test('the place of a refusal in its batch', () => {
  expect(placeIn('marks[3].value')).toBe(3);
  expect(placeIn('marks[0].detail.checks[2].key')).toBe(0);
  expect(placeIn('')).toBe(null);
});
