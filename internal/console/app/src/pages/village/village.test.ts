import { expect, test } from 'vitest';
import { counted, given } from './handin';
import { yearsOf } from './papers';
import { pastOf } from './trend';
import { lengths } from './why';

const fact = (roundId: string, held: string, measure: 'RANK' | 'TOTAL', valueText: string, subjectCode = 'v') => ({ roundId, period: held.slice(0, 7), held, measure, valueText, subjectCode });

test('the past of a village, the oldest first; people of the village are another matter', () => {
  expect(pastOf([
    fact('b', '2023-05-30', 'RANK', '9'), fact('b', '2023-05-30', 'TOTAL', '79.75'), fact('a', '2023-05-04', 'TOTAL', '78.48'),
    fact('a', '2023-05-04', 'RANK', '1', 'P7'),
  ], 'v')).toEqual([
    { round: 'a', period: '2023-05', rank: null, shown: '78.48' },
    { round: 'b', period: '2023-05', rank: 9, shown: '79.75' },
  ]);
});

test('bars are drawn against the longest, ahead or behind', () => {
  expect(lengths(['5', '-2.5', '0'])).toEqual([100, 50, 0]);
  expect(lengths(['0', '0'])).toEqual([0, 0]);
});

test('a paper is handed in one way: text by its parts, a file, or where the paper lies', () => {
  const typed = { way: 'text' as const, parts: { ideology: ' 述 ', problems: '  ' }, files: [{ id: 'e', name: 'f' }], note: '柜' };
  expect(given(typed)).toEqual({ parts: [{ key: 'ideology', text: '述' }] });
  expect(given({ ...typed, way: 'file' })).toEqual({ evidence: 'e' });
  expect(given({ ...typed, way: 'paper' })).toEqual({ note: '柜' });
  expect(given({ way: 'text', parts: {}, files: [], note: '柜' })).toBe(null);
  expect(counted(['党 建\n', undefined, '好'])).toBe(3);
});

test('from November on the next year\'s papers are shown beside this year\'s', () => {
  expect(yearsOf('2023-10-31')).toEqual([2023]);
  expect(yearsOf('2023-11-01')).toEqual([2023, 2024]);
});
