import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RefusedError } from '@/api/problem';
import { cellsOf, coded, csvOf, letterOf } from './cells';
import { postKinds } from './posts';
import { send } from './send';
import { keyed } from './sets';

describe('cells of a spreadsheet', () => {
  it('are read as they were pasted or written, quotes and line ends inside a cell as well', () => {
    expect(cellsOf('姓名\t岗位\r\n甲\t联村领导\r\n\r\n')).toEqual([['姓名', '岗位'], ['甲', '联村领导']]);
    expect(cellsOf('\uFEFF姓名,职务\n甲,"主任, 兼""书记"""\n乙')).toEqual([['姓名', '职务'], ['甲', '主任, 兼"书记"'], ['乙', '']]);
    expect(cellsOf('a\n"b\nc"')).toEqual([['a'], ['b\nc']]);
  });
  it('may hold the name of a village where its code belongs, and nowhere else', () => {
    const units = [{ code: '990101201001', shownName: '晨穗村' }, { code: null, shownName: '无码村' }];
    expect(coded([['姓名', '单位代码'], ['晨穗村', ' 晨穗村'], ['乙', '无码村'], ['丙', '晨穗']], units)).toEqual([['姓名', '单位代码'], ['晨穗村', '990101201001'], ['乙', '无码村'], ['丙', '晨穗']]);
  });
  it('come back the same from the file that is sent, leading zeros and text in number cells too', () => {
    const rows = [['姓名', '单位代码'], ['甲"乙', '0990,1'], [' 丙', '一\n二']];
    expect(cellsOf(csvOf(rows))).toEqual(rows);
  });
  it('have the letters of a spreadsheet', () => expect([0, 25, 26, 51, 52].map(letterOf)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA']));
});

describe('an import', () => {
  afterEach(() => vi.unstubAllGlobals());
  it('takes faults as an answer and a refusal as an error', async () => {
    const faults = [{ code: 'SHEET_DATE', message: 'D3 不是日期', field: 'D3', row: 3, column: 'D' }];
    vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(JSON.stringify({ rows: 2, entries: 2, committed: false, faults }), { status: 422 }))));
    expect(await send(new Blob(['x']), false)).toEqual({ rows: 2, entries: 2, committed: false, faults });
    vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response('{"errors":[{"message":"无权","extensions":{"code":"FORBIDDEN"}}]}', { status: 403 }))));
    await expect(send(new Blob(['x']), true)).rejects.toBeInstanceOf(RefusedError);
  });
});

it('offers the kinds of posts that the service has', () => {
  const source = readFileSync('../../tenancy/posts.go', 'utf8');
  expect(postKinds.map((k) => k.key)).toEqual([...source.matchAll(/\{"([a-z-]+)", (?:true|false), "/g)].map((m) => m[1]));
});

it('keeps the key of a class that stays and finds a free one for a new class', () => {
  expect(keyed(['强基村', '新类', ' '], [{ key: 'class-1', name: '示范村' }, { key: 'weak', name: '强基村' }], 'class')).toEqual([{ key: 'weak', name: '强基村' }, { key: 'class-2', name: '新类' }]);
});
