import { describe, expect, it } from 'vitest';
import { count, pastedRoster } from './paste';

describe('a pasted roster', () => {
  it('reads tabs and commas, with and without a unit', () => {
    expect(pastedRoster('甲\tcadres\t990101201001\r\n乙，cadres\n\n丙,villagers,').rows).toEqual([
      { person: '甲', group: 'cadres', unitCode: '990101201001' }, { person: '乙', group: 'cadres' }, { person: '丙', group: 'villagers' },
    ]);
  });
  it('takes the name of a group for its key', () => {
    expect(pastedRoster('A-01\t包村干部\nA-02\tcadre', [{ key: 'cadre', name: '包村干部' }]).rows.map((r) => r.group)).toEqual(['cadre', 'cadre']);
  });
  it('says which lines are incomplete and drops none silently', () => {
    expect(pastedRoster('甲\n乙\tcadres\n\tcadres')).toEqual({ rows: [{ person: '乙', group: 'cadres' }], wrong: [1, 3] });
  });
  it('takes counts only', () => {
    expect([count('12'), count(''), count('-1'), count('十'), count('1.5')]).toEqual([12, 0, undefined, undefined, undefined]);
  });
});
