import { expect, test } from 'vitest';
import { dayEnding, endOf, startOf } from './zone';

test('a day begins and ends where the tenant is, not at Greenwich', () => {
  expect(startOf('2023-10-30', 'Asia/Shanghai')).toBe('2023-10-29T16:00:00.000Z');
  expect(endOf('2023-10-30', 'Asia/Shanghai')).toBe('2023-10-30T16:00:00.000Z');
  expect(startOf('2023-10-30', 'UTC')).toBe('2023-10-30T00:00:00.000Z');
});

test('what ends with a day is told by that day, anything else by its moment', () => {
  expect(dayEnding(endOf('2024-02-29', 'Asia/Shanghai'), 'Asia/Shanghai')).toBe('2024-02-29');
  expect(dayEnding('2023-10-30T16:00:01Z', 'Asia/Shanghai')).toBe('');
  expect(dayEnding('2023-10-31T00:00:00Z', 'Asia/Shanghai')).toBe('');
});
