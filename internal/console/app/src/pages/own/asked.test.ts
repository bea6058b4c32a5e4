import { act, renderHook } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { useSent } from './asked';

afterEach(() => { vi.unstubAllGlobals(); });

test('what is sent is sent, also when nobody waits for its answer', async () => {
  const fetched = vi.fn(() => Promise.resolve(new Response(null, { status: 204 })));
  vi.stubGlobal('fetch', fetched);
  const { result } = renderHook(() => useSent());
  await act(async () => { expect(await result.current.send('POST', '/auth/password', { current: 'a', new: 'b' })).toBe(true); });
  expect(fetched).toHaveBeenCalledTimes(1);
});

test('a refusal says why, and is no success', async () => {
  vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(JSON.stringify({ errors: [{ message: '当前密码不正确', extensions: { code: 'PASSWORD_WRONG' } }] }), { status: 400 }))));
  const { result } = renderHook(() => useSent());
  await act(async () => { expect(await result.current.send('POST', '/auth/password', {})).toBe(false); });
  expect(result.current.problem?.message).toBe('当前密码不正确');
});
