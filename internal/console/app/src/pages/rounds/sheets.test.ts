import { describe, expect, it } from 'vitest';
import { calling } from './people';
import { asOnSheets } from './sheets';

const mark = (item: string, channel: string, judge: string, subject: string) => ({ item, channel, judge, subject });
const inOrder = (marks: ReturnType<typeof mark>[]) => marks
  .sort(asOnSheets({ rubric: [{ key: 'safety', name: '', kind: 'POINTS' }, { key: 'party', name: '', kind: 'POINTS' }] } as never, { channels: [{ key: 'site' }, { key: 'ledger' }] }, { round: { roster: [{ subject: 'b' }, { subject: 'a' }] } }))
  .map((m) => Object.values(m).join(' '));

describe('marks to confirm', () => {
  it('stand as on the sheets: item, channel, judge, then the villages of the roster', () => {
    expect(inOrder([mark('party', 'ledger', 'J2', 'b'), mark('safety', 'site', 'J10', 'a'), mark('safety', 'site', 'J10', 'b'), mark('safety', 'site', 'J2', 'a'), mark('party', 'site', 'J2', 'b')]))
      .toEqual(['safety site J2 a', 'safety site J10 b', 'safety site J10 a', 'party site J2 b', 'party ledger J2 b']);
  });
  it('what stands in no list comes last', () => {
    expect(inOrder([mark('unknown', 'site', 'J2', 'a'), mark('party', 'site', 'J2', 'c'), mark('party', 'site', 'J2', 'a')])).toEqual(['party site J2 a', 'party site J2 c', 'unknown site J2 a']);
  });
  it('name their judge where the name may be seen', () => {
    const called = calling([{ pseudonym: 'J1', name: '评委一' }, { pseudonym: 'J2', name: null }]);
    expect([called('J1'), called('J2'), called('J3')]).toEqual(['评委一', 'J2', 'J3']);
  });
});
