import { expect, test } from 'vitest';
import { fits, stepped, typed } from './decimal';

test('steps are exact and stay between the ends', () => {
  expect(stepped('0.1', 1, '0.2', '0', '100')).toBe('0.3');
  expect(stepped('99.5', 3, '0.5', '0', '100')).toBe('100');
  expect(stepped('0', -1, '0.5', '0', '100')).toBe('0');
  expect(stepped('-0.5', -1, '0.5', '-5', '0')).toBe('-1');
  expect(stepped('', 1, '0.5', '60', '100')).toBe('60');
  expect(stepped('', -1, '0.5', '60', '100')).toBe('100');
});

test('what a channel takes', () => {
  expect(fits('92.5', '0.5', '0', '100')).toBe('ok');
  expect(fits('92.3', '0.5', '0', '100')).toBe('step');
  expect(fits('92.3', '', '0', '100')).toBe('ok');
  expect(fits('100.5', '0.5', '0', '100')).toBe('range');
  expect(fits('九十', '0.5', '0', '100')).toBe('none');
  expect(fits('9.', '0.5', '0', '100')).toBe('none');
});

test('digits of a Chinese keyboard', () => expect(typed('９２。５')).toBe('92.5'));
