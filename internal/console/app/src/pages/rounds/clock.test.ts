import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { clockFace, useTimer } from './clock';

beforeEach(() => { vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }); });
afterEach(() => { vi.useRealTimers(); });

test.each([[300_000, '05:00'], [299_001, '05:00'], [59_000, '00:59'], [0, '00:00'], [-61_000, '-01:01']])('%i ms is %s', (ms, face) => {
  expect(clockFace(ms)).toBe(face);
});

test('a pause keeps what was spent, and time runs on below zero', () => {
  const { result } = renderHook(() => useTimer(1));
  act(() => result.current.start());
  act(() => { vi.advanceTimersByTime(20_000); });
  act(() => result.current.pause());
  act(() => { vi.advanceTimersByTime(600_000); });
  expect(clockFace(result.current.left)).toBe('00:40');
  act(() => result.current.start());
  act(() => { vi.advanceTimersByTime(45_000); });
  expect(clockFace(result.current.left)).toBe('-00:05');
  act(() => result.current.reset());
  expect(clockFace(result.current.left)).toBe('01:00');
});
