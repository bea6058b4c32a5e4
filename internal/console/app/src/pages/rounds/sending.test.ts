import { expect, test } from 'vitest';
import { columnsOf, type GridItem } from './cells';
import { readSheet, refusedOf } from './sending';

const item: GridItem = { key: 'party', kind: 'POINTS', rule: { levels: [], checks: [], table: [] }, channels: [] };
const columns = columnsOf([item], ['onsite', 'ledger'], { item: (k) => k, channel: (k) => k });

test('what is right is ready, what is wrong stays with its cell, and neither is lost', () => {
  const { ready, wrong } = readSheet([item], columns, { v1: { 'party/onsite': '96', 'party/ledger': '缺' }, v2: { 'party/onsite': '' } }, 'j1');
  expect(ready.map((r) => r.input)).toEqual([{ subject: 'v1', item: 'party', channel: 'onsite', judge: 'j1', value: '96' }]);
  expect(wrong).toEqual([{ subject: 'v1', column: 'party/ledger', why: 'number' }]);
});

test('a refusal is told at the mark it is about', () => {
  const error = (field: string, message: string) => ({ field, message, code: '', subjects: [] });
  expect(refusedOf([error('marks[0].value', '超出范围'), error('marks[2]', '应回避'), error('marks[0].value', '不合步长'), error('', '不在评分阶段')]))
    .toEqual(new Map([[0, '超出范围；不合步长'], [2, '应回避']]));
});
