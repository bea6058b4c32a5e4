import { expect, test } from 'vitest';
import { itemsOf } from './items';
import { stepsFor } from './steps';

const issue = { state: 'ASSIGNED', listed: false, returnDue: null, returnedOn: null, accountability: '', accountabilityPrompt: false } as const;
const all = () => true;

test('what is offered follows the state', () => {
  expect(stepsFor(issue, all)).toEqual(['answer', 'plan', 'list', 'attach']);
  expect(stepsFor({ ...issue, state: 'ANSWERED', listed: true }, all)).toEqual(['close', 'return', 'plan', 'lift', 'attach']);
  expect(stepsFor({ ...issue, state: 'CLOSED', returnDue: '2023-08-18' }, all)).toEqual(['revisit', 'attach']);
  expect(stepsFor({ ...issue, accountabilityPrompt: true, accountability: 'declined' }, all)).not.toContain('decide');
});

test('nothing is offered that somebody may not do', () => {
  expect(stepsFor(issue, (p) => p === 'issue:answer')).toEqual(['answer']);
  expect(stepsFor({ ...issue, state: 'ANSWERED' }, (p) => p === 'issue:answer')).toEqual([]);
});

test('items of a template that cannot be read are none', () => {
  expect(itemsOf('{"items":[{"key":"party"},{}]}')).toEqual(['party']);
  expect(itemsOf('…')).toEqual([]);
});
