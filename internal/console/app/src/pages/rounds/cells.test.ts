import { describe, expect, test } from 'vitest';
import { columnsOf, laid, markOf, pasted, plain, type GridItem } from './cells';

const item = (kind: GridItem['kind'], more: Partial<GridItem['rule']> = {}): GridItem => ({ key: 'party', kind, rule: { levels: [], checks: [], table: [], ...more }, channels: [] });
const named = { item: (k: string) => k, channel: (k: string) => k };
const read = (i: GridItem, ...texts: string[]) => {
  const columns = columnsOf([i], ['onsite'], named);
  return markOf(i, columns, Object.fromEntries(columns.map((c, n) => [c.key, texts[n] ?? ''])));
};

describe('a pasted block', () => {
  test('is rows of cells, without the line break at its end', () => {
    expect(pasted('90\t91.5\r\n88\t\r\n')).toEqual([['90', '91.5'], ['88', '']]);
  });
  test('keeps an empty row in the middle and a quoted cell whole', () => {
    expect(pasted('1\n\n2')).toEqual([['1'], [''], ['2']]);
    expect(pasted('"多\n行 ""引"""\t5')).toEqual([['多\n行 "引"', '5']]);
  });
  test('goes into the cells; what does not fit or is taken comes back', () => {
    const { texts, left } = laid({ a: { x: 'kept' } }, [['1', '2', '3'], ['4', '', ''], ['5', '', '']], ['a', 'b'], ['x', 'y'], { row: 0, column: 0 }, (s, c) => s === 'a' && c === 'x');
    expect(texts).toEqual({ a: { x: 'kept', y: '2' }, b: { x: '4', y: '' } });
    expect(left).toEqual([['1', '3'], ['5']]);
  });
  test('text in a number cell is laid as it is', () => {
    expect(laid({}, [['缺席']], ['a'], ['x'], { row: 0, column: 0 }, () => false).texts).toEqual({ a: { x: '缺席' } });
  });
});

describe('a mark of a row', () => {
  test('nothing typed is no mark, and no zero', () => expect(read(item('POINTS'), ' ')).toBeNull());
  test('digits of a full-width keyboard are digits', () => expect(read(item('POINTS'), '９５．５')).toEqual({ value: '95.5' }));
  test('the digits are sent as typed, never through a float', () => expect(read(item('POINTS'), '90.10')).toEqual({ value: '90.10' }));
  test.each(['优', '9,5', '1e3', '--', '95分'])('%s is wrong at its cell', (text) => {
    expect(read(item('POINTS'), text)).toEqual({ wrong: new Map([['party/onsite', 'number']]) });
  });
  test('a level goes by name or key', () => {
    const levels = item('LEVELS', { levels: [{ key: 'good', name: '好' }] });
    expect(read(levels, '好')).toEqual({ detail: { level: 'good' } });
    expect(read(levels, '较好')).toEqual({ wrong: new Map([['party/onsite', 'level']]) });
  });
  test('a checklist wants every check', () => {
    const checks = item('CHECKLIST', { checks: [{ key: 'a', name: '甲' }, { key: 'b', name: '乙' }] });
    expect(read(checks, '是', '不适用')).toEqual({ detail: { checks: [{ key: 'a', answer: 'YES' }, { key: 'b', answer: 'NA' }] } });
    expect(read(checks, '是', '')).toEqual({ wrong: new Map([['party/onsite/b', 'incomplete']]) });
  });
  test('events are counted, none of them is a mark, too', () => {
    const events = item('DEDUCTIONS', { table: [{ key: 'late', name: '迟到' }] });
    expect(read(events, '2')).toEqual({ detail: { events: [{ key: 'late', count: 2 }] } });
    expect(read(events, '0')).toEqual({ detail: { events: [] } });
    expect(read(events, '两次')).toEqual({ wrong: new Map([['party/onsite/late', 'count']]) });
  });
});

test('only the channels that mark an item make columns', () => {
  const one = { ...item('POINTS'), channels: [{ channel: 'ledger', weight: '100' }] };
  expect(columnsOf([one], ['onsite', 'ledger'], named).map((c) => c.key)).toEqual(['party/ledger']);
  expect(plain(' 。５ ')).toBe('.5');
});
