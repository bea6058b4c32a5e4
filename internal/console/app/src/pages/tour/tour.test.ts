import { describe, expect, it } from 'vitest';
import { areas } from '@/shell/areas';
import { placed } from './walk';
import { tours, toursFor } from './tours';
import { said } from './words';

describe('tours', () => {
  it('walk pages that exist, and have words for every stop in both languages', () => {
    const paths = areas.flatMap((a) => a.pages).map((p) => `/${p.path}`);
    for (const t of tours) {
      for (const s of t.stops) {
        expect(paths, `${t.key} ${s.key}`).toContain(typeof s.at === 'string' ? s.at : s.at.otherwise);
        for (const language of [said.zh, said.en]) expect(language.tours[t.key].stops[s.key]?.text.length, `${t.key} ${s.key}`).toBeGreaterThan(10);
      }
      expect(Object.keys(said.zh.tours[t.key].stops)).toEqual(t.stops.map((s) => s.key));
    }
  });

  it('offers that of the own role first, and those that one may walk', () => {
    const me = (role: string, permissions: string[], kind: string) => ({ roles: [{ role, label: role, unit: { id: 'U', shownName: '晴禾乡' } }], permissions, tenant: { id: 'T', kind, name: '', timeZone: '', demo: true, unit: { id: 'U', shownName: '', code: '' } } }) as unknown as Parameters<typeof toursFor>[0];
    expect(toursFor(me('township-approver', ['round:publish', 'round:write', 'grant:write'], 'TOWNSHIP')).map((t) => t.key)).toEqual(['approver', 'clerk', 'admin']);
    expect(toursFor(me('county-analyst', ['publication:read'], 'COUNTY')).map((t) => t.key)).toEqual(['analyst']);
    expect(toursFor(me('confirmer', ['mark:confirm'], 'TOWNSHIP'))).toEqual([]);
  });
});

describe('placed', () => {
  const note = { width: 352, height: 220 };
  const screen = { width: 1280, height: 800 };
  it('stands below, above, or at the foot, and always on the screen', () => {
    expect(placed({ left: 300, top: 100, bottom: 200 }, note, screen)).toEqual({ left: 300, top: 212 });
    expect(placed({ left: 300, top: 600, bottom: 700 }, note, screen)).toEqual({ left: 300, top: 368 });
    expect(placed({ left: 300, top: 60, bottom: 790 }, note, screen)).toEqual({ left: 912, top: 564 });
    expect(placed({ left: 1200, top: 10, bottom: 40 }, note, screen).left).toBe(912);
  });
});
