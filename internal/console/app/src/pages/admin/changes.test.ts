import { expect, test } from 'vitest';
import { saidBy } from './changes';

const names: Record<string, string> = { state: '状态', amount: '金额', marks: '评分', at: '时间', minutes: '会议纪要' };
const book = { field: (key: string) => names[key] ?? '', values: { decided: '已定' }, count: (n: number) => `${n} 项`, empty: '空', moment: () => '时刻' };

test('a change tells the field, how it was and how it is', () => {
  expect(saidBy({ before: '{"state":"proposed","amount":null,"revision":6}', after: '{"state":"decided","amount":"500","revision":7}', detail: '{}' }, book))
    .toEqual([{ field: '状态', before: 'proposed', after: '已定' }, { field: '金额', before: '空', after: '500' }]);
});

test('numbers of objects are counted, not read out', () => {
  const id = '01a20430-dc85-7b70-a697-0e806f3cf5ff';
  expect(saidBy({ detail: JSON.stringify({ marks: [id, id], unit: id, at: '2023-10-07T06:00:00Z' }) }, book)).toEqual([{ field: '评分', after: '2 项' }, { field: '时间', after: '时刻' }]);
});

test('what is no object says nothing, and does not fail', () => {
  expect(saidBy({ before: 'null', after: '[1]', detail: 'not json' }, book)).toEqual([]);
});
