import { cacheExchange, Client, fetchExchange } from 'urql';
import { afterEach, expect, test, vi } from 'vitest';
import { fetchAnswer } from '@/api/client';
import { fleeting } from './keep';
import { Queue } from './queue';
import type { Waiting } from './waiting';
import { wireOf } from './wire';

afterEach(() => { vi.unstubAllGlobals(); });

const client = () => new Client({ url: 'http://own/graphql', fetch: fetchAnswer, preferGetMethod: false, exchanges: [cacheExchange, fetchExchange] });

const mark: Waiting = { id: '018f2d3a-7c1e-7b54-9f00-2a6b5c4d3e2f', owner: 'j1@t', round: 'r', subject: 's', code: 'c', name: '村', item: 'party', itemName: '党建', channel: 'onsite', work: { kind: 'mark', value: '92.5' }, said: '92.5', at: 1, version: 1, tries: 0, refused: [] };

const answer = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });

/** Every answer in turn: a body, or a connection that drops. */
function line(...answers: (Response | 'drop')[]) {
  const sent: { input: { marks: { id: string; value: string }[] } }[] = [];
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    sent.push((JSON.parse(init.body as string) as { variables: (typeof sent)[number] }).variables);
    const next = answers.shift();
    return !next || next === 'drop' ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve(next);
  });
  return sent;
}

async function judge() {
  const q = new Queue('j1@t', fleeting(), wireOf(client()));
  await q.add([{ ...mark }]);
  await q.flush();
  return q;
}

test('after a drop the same mark goes out again, to the last digit', async () => {
  const sent = line('drop', answer({ data: { marksSubmit: { userErrors: [] } } }));
  const q = await judge();
  expect(q.snapshot().held).toBe('offline');
  await q.flush();
  expect(sent).toHaveLength(2);
  expect(sent[1]).toEqual(sent[0]);
  expect(sent[0]?.input.marks[0]).toEqual({ id: mark.id, subject: 's', item: 'party', channel: 'onsite', value: '92.5' });
  expect(q.snapshot().items).toEqual([]);
});

test.each([
  ['a session that is over', answer({ errors: [{ message: '请登录', extensions: { code: 'UNAUTHENTICATED' } }] }, 401), 'signedOut'],
  ['too many at once', answer({ errors: [{ message: '稍后', extensions: { code: 'THROTTLED' } }] }, 429), 'busy'],
  ['a proxy that answers with a page', new Response('<html>', { status: 502 }), 'busy'],
] as const)('%s keeps the mark to be sent later', async (_, response, held) => {
  line(response);
  const q = await judge();
  expect(q.snapshot().held).toBe(held);
  expect(q.snapshot().items.map((w) => w.refused)).toEqual([[]]);
});

test('a refusal is shown at its mark in the words of the service', async () => {
  line(answer({ data: { marksSubmit: { userErrors: [{ field: 'marks[0].id', code: 'MARK_EXISTS', message: '该评委已给出此项评分', subjects: [] }] } } }));
  const q = await judge();
  expect(q.snapshot().items[0]?.refused).toEqual([{ code: 'MARK_EXISTS', message: '该评委已给出此项评分' }]);
});
