import { describe, expect, it } from 'vitest';
import { monthBefore, percent, shade, signed } from './figures';

describe('figures', () => {
  it('shows a share in percent to its last digit', () => {
    expect(percent('0.8333')).toBe('83.33%');
    expect(percent('1')).toBe('100%');
    expect(percent('0.6')).toBe('60%');
    expect(percent('0.05')).toBe('5%');
    expect(percent('0')).toBe('0%');
    expect(percent('0.1000')).toBe('10%');
  });
  it('gives a change its sign', () => {
    expect(signed('1.20')).toBe('+1.20');
    expect(signed('-0.30')).toBe('-0.30');
    expect(signed('0.00')).toBe('0.00');
  });
  it('goes back over the turn of a year', () => {
    expect(monthBefore('2023-10', 9)).toBe('2023-01');
    expect(monthBefore('2023-02', 3)).toBe('2022-11');
    expect(monthBefore('2023-12', 12)).toBe('2022-12');
  });
  it('shades equal values alike and the highest darkest', () => {
    expect(shade(80, 80, 80)).toBe(2);
    expect(shade(60, 60, 90)).toBe(0);
    expect(shade(90, 60, 90)).toBe(4);
  });
});
