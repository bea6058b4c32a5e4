import { expect, test } from 'vitest';
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
