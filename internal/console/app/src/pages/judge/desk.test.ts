import { expect, test } from 'vitest';
import { channelsOf, standingOf, subjectsOf, type DeskRound } from './desk';
import type { JudgeMarkFragment } from './operations';
import type { Waiting } from './waiting';

const item = (key: string, name: string): DeskRound['rubric'][number] => ({ key, name, points: '50', criteria: '', kind: 'POINTS', na: '', rule: { table: [], floor: null, cap: null, checks: [], levels: [], basis: '' } });
const entry = (subject: string, links: DeskRound['roster'][number]['links'] = []): DeskRound['roster'][number] => ({ subject, code: `c-${subject}`, name: subject, kind: 'VILLAGE', absent: false, reason: '', unit: { code: `c-${subject}` }, links });
const mark = (subject: string, judge: string, state: JudgeMarkFragment['state'] = 'ENTERED'): JudgeMarkFragment => ({ id: `${subject}-${judge}-${state}`, subject, item: 'party', channel: 'onsite', judge, value: '90', state, reason: '', rejection: '', detail: null });
const member = (id: string, observer = false) => ({ person: { id }, observer });

const round: DeskRound = {
  id: 'r', period: '2023-10', held: '2023-10-30', venue: '', state: 'OPEN', competition: { id: 'c', name: '月评比' },
  template: { export: JSON.stringify({ channels: [{ key: 'onsite', name: { 'zh-Hans': '现场督查', en: 'On site' }, range: ['0', '100'], step: '0.5' }], panels: { recuse: ['own-village'] } }) },
  panels: [
    { number: 1, name: '一组', items: ['party'], channels: ['onsite'], units: [{ code: 'c-v1' }, { code: 'c-v2' }, { code: 'c-v3' }], subjects: [], members: [member('me')] },
    { number: 2, name: '二组', items: [], channels: [], units: [], subjects: [], members: [member('other'), member('watch', true)] },
  ],
  rubric: [item('party', '党建'), item('habitat', '人居环境')],
  roster: [entry('v1'), entry('v2', [{ role: 'linked-leader', person: 'J1' }]), entry('v3'), entry('v4')],
  toMark: [{ subject: 'v1', item: 'party', channel: 'onsite' }, { subject: 'v1', item: 'habitat', channel: 'onsite' }, { subject: 'v4', item: 'party', channel: 'onsite' }],
  marks: { nodes: [mark('v3', 'J1', 'SUPERSEDED'), mark('v3', 'J1'), mark('v1', 'J9')], pageInfo: { hasNextPage: false, endCursor: null } },
};

test('the own villages with what is to mark, and the own one recused with the reason', () => {
  const all = subjectsOf(round, { id: 'me', pseudonym: 'J1' }, false);
  expect(all.map((s) => s.subject)).toEqual(['v1', 'v2', 'v3']); // v4 is another group's
  expect(all[0]?.cells.map((c) => [c.item.key, c.mark])).toEqual([['party', null]]); // not the other group's item, not another judge's mark
  expect(all[1]?.recused).toEqual(['linked-leader']);
  expect(all[2]?.cells.map((c) => c.mark?.state)).toEqual(['ENTERED']); // the newest of its line
});

test('what waits here keeps its place when the service asks for it no more', () => {
  const waits = { round: 'r', subject: 'v3', item: 'habitat', channel: 'onsite', work: { kind: 'mark', value: '80' } } as unknown as Waiting;
  const at = (waiting: Waiting[]) => subjectsOf({ ...round, toMark: [] }, { id: 'me', pseudonym: 'J1' }, false, waiting)[2]?.cells.map((c) => c.item.key);
  expect(at([])).toEqual(['party']);
  expect(at([waits])).toEqual(['party', 'habitat']);
  expect(at([{ ...waits, round: 'another' }])).toEqual(['party']);
});

test('nothing for somebody who is in no group or only watches', () => {
  expect(subjectsOf(round, { id: 'watch', pseudonym: 'J3' }, false)).toEqual([]);
  expect(subjectsOf(round, { id: 'nobody', pseudonym: 'J4' }, false)).toEqual([]);
});

test('channels as the template prints them; an unreadable one has none', () => {
  expect(channelsOf(round.template.export, true).get('onsite')).toEqual({ key: 'onsite', name: 'On site', low: '0', high: '100', step: '0.5' });
  expect(channelsOf('…', false).size).toBe(0);
});

test('a mark that was sent back is to correct until a correction arrived', () => {
  const cell = { item: item('party', '党建'), channel: { key: 'onsite', name: '', low: '0', high: '100', step: '' }, mark: mark('v1', 'J1', 'REJECTED') };
  expect(standingOf(cell, undefined, false)).toBe('rejected');
  expect(standingOf(cell, undefined, true)).toBe('sent');
  expect(standingOf({ ...cell, mark: null }, undefined, false)).toBe('open');
});
