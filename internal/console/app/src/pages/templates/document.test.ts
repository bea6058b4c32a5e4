import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { blank, placeOf, put, type Doc } from './document';
import { missing, sumOf } from './exact';
import { changesOf, merged, same } from './merge';
import { placeName } from './places';
import { wordAt } from './answers';
import { open } from './open';
import { placesOf } from './answers';
import { readings } from './readings';
import { hasRule, rules, withRule } from './rules';
import kept from './schema.json';
import { formOf, nodeAt, schema, type Node } from './shape';
import { branches, movedWithin, underDimension, withItem } from './tree';
import { tried } from './trial';
import { knownValues } from './values';

describe('the document under edit', () => {
  it('changes one place and leaves everything else untouched, what it does not know as well', () => {
    const doc: Doc = { key: 'a', unheard: { of: [1, 2] }, channels: [{ key: 'onsite', weight: '40', odd: true }] };
    const next = put(doc, ['channels', 0, 'weight'], '50');
    expect(next).toEqual({ key: 'a', unheard: { of: [1, 2] }, channels: [{ key: 'onsite', weight: '50', odd: true }] });
    expect(doc.channels).toEqual([{ key: 'onsite', weight: '40', odd: true }]);
    expect(put(next, ['channels', 0], undefined)).toEqual({ key: 'a', unheard: { of: [1, 2] }, channels: [] });
    expect(put(next, ['unheard'], undefined)).not.toHaveProperty('unheard');
  });

  it('names places as the service does', () => {
    const doc = { channels: [{ key: 'onsite' }], items: [{ key: 'x', split: [{ key: 'onsite', weight: '40' }], checks: [{ key: 'c' }] }] };
    expect(placeOf(doc, ['channels', 0, 'weight'])).toBe('channels.onsite.weight');
    expect(placeOf(doc, ['items', 0, 'points'])).toBe('items[0].points');
    expect(placeOf(doc, ['items', 0, 'split', 0, 'weight'])).toBe('items[0].split.onsite.weight');
    expect(placeOf(doc, ['items', 0, 'checks', 0, 'name'])).toBe('items[0].checks[0].name');
  });

  it('opens a row that was written as one value as a row, so that it can get a name', () => {
    const doc = open('{"items":[{"key":"x","levels":[{"key":"good","value":"5"},{"key":"bad","points":"1"}]}],"talkIf":[{"key":"annual","value":["poor"]}]}');
    expect(doc.items).toEqual([{ key: 'x', levels: [{ key: 'good', points: '5' }, { key: 'bad', points: '1' }] }]);
    expect(doc.talkIf).toEqual([{ key: 'annual', value: ['poor'] }]);
  });
});

describe('two people at one document', () => {
  const base: Doc = { name: '月评比', channels: [{ key: 'onsite', weight: '40' }, { key: 'ledger', weight: '60' }], items: [{ key: 'a', points: '100' }] };
  it('put together, lose nothing of either', () => {
    const mine = put(put(base, ['name'], '月度比武'), ['channels', 0, 'weight'], '45');
    const theirs: Doc = { ...put(base, ['channels', 1, 'weight'], '55'), items: [{ key: 'a', points: '60' }, { key: 'b', points: '40' }] };
    expect(merged(base, mine, theirs)).toEqual({ name: '月度比武', channels: [{ key: 'onsite', weight: '45' }, { key: 'ledger', weight: '55' }], items: [{ key: 'a', points: '60' }, { key: 'b', points: '40' }] });
  });
  it('at the same place, keep what is typed here; a row that one took away and the other left is gone', () => {
    const mine = put(put(base, ['name'], '我的'), ['channels', 1], undefined);
    const theirs = put(base, ['name'], '对方的');
    expect(merged(base, mine, theirs)).toEqual({ ...base, name: '我的', channels: [{ key: 'onsite', weight: '40' }] });
    expect(merged(base, base, theirs)).toEqual(theirs);
  });
  it('are told what changed in the words of the page', () => {
    const changes = changesOf(base, put(put(base, ['channels', 1, 'weight'], '55'), ['rubric'], 'fixed'));
    expect(changes.map((c) => [placeName(base, c.place, 'zh-Hans'), wordAt(c.place, c.to, 'zh-Hans')])).toEqual([['评分渠道 › 第 2 项 › 权重', '55'], ['评比细则', '固定']]);
    expect(same({ a: '1', b: ['2'] }, { b: ['2'], a: '1' })).toBe(true);
    expect(changesOf(base, { ...base, channels: [...(base.channels as Doc[])].reverse() })).toHaveLength(1);
  });
});

describe('sums while somebody types', () => {
  it.each([
    [['40', '60'], '100'], [['0.1', '0.2'], '0.3'], [['100/3', '200/3'], '100'], [['40%', '0.6'], '1'], [['1/3'], '1/3'], [['', '5'], '5'], [['-2.5', '2'], '-0.5'], [[20, 20.5], '40.5'],
  ])('%j come to %s', (all, sum) => expect(sumOf(all)).toBe(sum));
  it('say what is missing and what is too much, and nothing of what is no number', () => {
    expect(missing(['40', '60.0'], '100')).toBe('');
    expect(missing(['40'], '100')).toBe('60');
    expect(missing(['140'], '100')).toBe('-40');
    expect(missing(['x'], '100')).toBeNull();
    expect(sumOf(['1/0'])).toBeNull();
  });
});

describe('the tree of items', () => {
  const items: Doc[] = [{ key: 'a', section: 'x' }, { key: 'b' }, { key: 'c', section: 'x' }];
  it('stands by sections, and an item moves inside its own', () => {
    expect(branches(items)).toEqual([{ section: 'x', at: [0, 2] }, { section: '', at: [1] }]);
    expect(movedWithin(items, 2, -1).map((i) => i.key)).toEqual(['c', 'b', 'a']);
    expect(movedWithin(items, 0, -1)).toEqual(items);
    expect(withItem(items, 'x').map((i) => i.key)).toEqual(['a', 'b', 'c', 'item-4']);
  });
  it('lets a key that nobody chose follow the dimension, and keeps one that somebody chose', () => {
    expect(underDimension([{ key: 'item-1' }, { key: 'safety' }], 0, 'safety')[0]).toEqual({ key: 'safety-2', dimension: 'safety' });
    expect(underDimension([{ key: 'own' }], 0, 'safety')[0]).toEqual({ key: 'own', dimension: 'safety' });
  });
});

describe('rules by one click', () => {
  it('bring what they rest on, once, and leave what is there', () => {
    const first = withRule({ ...blank('2023-10-12'), bands: [{ key: 'bottom', worst: 5 }] }, rules.twice);
    expect(first.bands).toEqual([{ key: 'bottom', worst: 5 }]);
    expect(first.streaks).toHaveLength(1);
    expect(hasRule(first, rules.twice)).toBe(true);
    expect(withRule(first, rules.twice)).toEqual(first);
  });
  it('are tried on past rounds under the names the service has', () => {
    const { weights, settings } = tried({ channels: [{ key: 'onsite', weight: '50' }, { key: 'ledger' }], bands: [{ key: 'top', best: 3, ties: 'inclusive' }], ranking: { on: 'exact' } });
    expect(weights).toEqual([{ channel: 'onsite', weight: '50' }]);
    expect(settings).toMatchObject({ rankOn: 'exact', scope: null, tieBreak: [], bands: [{ band: 'top', size: 3, ties: 'inclusive', cap: null }], streaks: [] });
  });
});

describe('what the editor knows of templates', () => {
  it('is the published schema', () => {
    const published = JSON.parse(readFileSync('../../../examples/templates/template.schema.json', 'utf8')) as unknown;
    expect(kept).toEqual(published);
  });
  it('has a control and Chinese words for everything the schema has', () => {
    const unsaid: string[] = [];
    const walk = (node: Node, key: string) => {
      const form = formOf(node);
      if (form.is === 'choice' || form.is === 'ticks') unsaid.push(...form.of.filter((v) => knownValues[`${key}.${v}`] === undefined && knownValues[v] === undefined).map((v) => `${key}.${v}`));
      if (form.is === 'group') for (const [k, n] of Object.entries(form.of)) walk(n, k);
      if (form.is === 'rows') for (const [k, n] of Object.entries(form.row.properties ?? {})) walk(n, k);
    };
    walk(schema, '');
    expect(unsaid).toEqual([]);
  });
  it('asks every one of the thirty-six readings at a key that exists', () => {
    expect(new Set(readings.map((r) => r.q)).size).toBe(36);
    expect(readings.filter((r) => nodeAt(r.path).title === undefined).map((r) => r.path.join('.'))).toEqual([]);
    expect(readings.filter((r) => r.q === 'Q7').map((r) => placesOf({ doc: { bands: [{ key: 'top', best: 3 }, { key: 'bottom', worst: 3 }] } }, r))).toEqual([[['bands', 1, 'ties']]]);
  });
});
