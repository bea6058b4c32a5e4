// A judge's round of the villages with a phone: the own village is named and not
// offered, marks by thumb and by keyboard, a photo, no signal in the middle, the
// page closed and opened again without one, and what became of everything when
// the signal is back: sent once, or told why not, and never lost.
import assert from 'node:assert/strict';
import { inBoth } from '../axe.mjs';
import { ask, markOctober, openOctober, take, village } from '../october.mjs';
import { album } from '../photo.mjs';

export default async function judge(stage) {
  const round = await openOctober(stage);
  const page = await stage.signIn(stage.person('K9'));
  const context = page.context();
  await installable(page);
  if (stage.size === 'phone') await stage.click(page.getByRole('button', { name: '菜单' }));
  await stage.click(page.getByRole('navigation', { name: '菜单' }).getByRole('link', { name: '现场评分' }));
  await todaysVillages(stage, page);
  await byHand(stage, page);
  await photos(stage, page);
  await serving(page);
  await context.setOffline(true);
  await withoutSignal(stage, page);
  const later = await openedAgain(stage, page);
  await ask(stage, 'K9', submit, { round, marks: [{ id: crypto.randomUUID(), unitCode: village(8), item: 'party', channel: 'onsite', value: '80' }] });
  await context.setOffline(false);
  await sentOnce(stage, later, round);
  await closedMeanwhile(stage, later, round);
  await sessionEnded(stage, later, round);
  await narrow(stage, later);
  await withoutStorage(stage);
}

const submit = 'mutation($round: ID!, $marks: [MarkInput!]!) { marksSubmit(input: {round: $round, marks: $marks}) { userErrors { field code message } } }';

/** Every mark of K9 that is in force, as the service has it: village, item, what it says. */
async function held(stage, round) {
  const { round: r } = await ask(stage, 'K9', 'query($id: ID!) { round(id: $id) { roster { subject code } marks(first: 100) { nodes { subject item judge state value reason } } } }', { id: round });
  const code = new Map(r.roster.map((e) => [e.subject, e.code]));
  return r.marks.nodes.filter((m) => m.judge === 'K9').map((m) => ({ ...m, at: `${Number(code.get(m.subject).slice(-3))} ${m.item}` }));
}

const inForce = (marks) => marks.filter((m) => m.state !== 'SUPERSEDED').map((m) => `${m.at} ${m.value ?? ''}`.trim()).sort();

// What a phone needs to put the console among its apps, and the worker that
// opens it without a network.
async function installable(page) {
  const manifest = await page.evaluate(async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json());
  assert.equal(manifest.display, 'standalone');
  assert.ok(manifest.icons.some((i) => i.sizes === '192x192') && manifest.icons.some((i) => i.sizes === '512x512'));
  const found = await page.evaluate((all) => Promise.all(all.map((i) => new Promise((done) => { const image = new Image(); image.onload = () => done(`${image.width}x${image.height}`); image.onerror = () => done(i.src); image.src = `/console/${i.src}`; }))), manifest.icons);
  assert.deepEqual(found, manifest.icons.map((i) => i.sizes));
}

async function todaysVillages(stage, page) {
  const round = page.getByRole('region', { name: '“擂台比武”月评比 2023-10' });
  await round.waitFor();
  assert.deepEqual(await round.getByRole('link').allInnerTexts().then((all) => all.map((t) => t.split('\n')[0])), ['枫禾村', '桂禾村', '云禾村', '柚溪村', '穗心社区']);
  const own = round.getByRole('listitem').filter({ hasText: '萤溪村' });
  assert.match(await own.innerText(), /回避[\s\S]*您是本村的驻村干部/);
  assert.equal(await own.getByRole('link').count(), 0, 'the own village is not offered');
  await big(page, round.getByRole('link'));
  if (stage.size === 'desk') assert.deepEqual(await inBoth(page), []);
  await stage.picture(page, 'judge-today');
  await page.goto(page.url().replace(/\/judge$/, `/judge/${encodeURIComponent(await firstRound(round))}/${village(9)}`));
  await page.getByText('您是本村的驻村干部，按规定回避').waitFor(); // by its address neither
  assert.equal(await page.getByRole('textbox').count(), 0);
  await stage.click(page.getByRole('link', { name: '返回村名单' }));
}

const firstRound = async (round) => decodeURIComponent((await round.getByRole('link').first().getAttribute('href')).split('/').at(-2));

/** Every control is big enough for a thumb. */
async function big(page, controls) {
  for (const control of await controls.all()) {
    const box = await control.evaluate((c) => (c.closest('label, summary') ?? c).getBoundingClientRect().toJSON());
    assert.ok(box.height >= 44 && box.width >= 44, `${await control.evaluate((c) => c.outerHTML.slice(0, 120))} is ${box.width} × ${box.height}`);
  }
}

const cell = (page, item) => page.getByRole('region', { name: `${item} 现场督查` });
const card = (page, name) => page.getByRole('link', { name: new RegExp(`^${name}`) });

// One village: digits by keyboard, a step by thumb, checks, an event.
async function byHand(stage, page) {
  await stage.click(card(page, '枫禾村'));
  const party = cell(page, '党建');
  await party.waitFor();
  await big(page, page.locator('.judge-cell, .judge-submit').locator('button, input, summary'));
  const value = party.getByRole('textbox', { name: '党建 现场督查 分数' });
  await value.fill('91.3');
  await party.getByText('不在评分档位上').waitFor();
  await value.fill('101');
  await party.getByText('超出评分范围').waitFor();
  assert.ok(await page.getByRole('button', { name: '没有新的评分' }).isDisabled(), 'nothing that no channel takes goes out');
  await value.fill('９１．５'); // as a Chinese keyboard types it
  await stage.click(party.getByRole('button', { name: '加 0.5' }));
  assert.equal(await value.inputValue(), '92');
  await party.getByRole('slider').press('ArrowLeft');
  assert.equal(await value.inputValue(), '91.5');
  await checks(stage, page, ['符合', '不符合', '符合']);
  const safety = cell(page, '安全生产');
  await stage.click(safety.getByRole('button', { name: '隐患未整改 增加一次' }));
  await stage.click(page.getByRole('button', { name: '提交 3 项评分' }));
  await page.getByText('已全部送达').waitFor();
  await party.getByText('我的评分：91.5 分').waitFor();
  await cell(page, '人居环境').getByText('我的评分：1 项不符合').waitFor();
  await safety.getByText('我的评分：隐患未整改 1 次').waitFor();
  await corrected(stage, page, party);
}

// By mouse the first, the others by keyboard.
async function checks(stage, page, answers) {
  const all = cell(page, '人居环境').getByRole('radiogroup');
  for (const [i, answer] of answers.entries()) {
    const radio = all.nth(i).getByRole('radio', { name: answer, exact: true });
    if (i === 0) await stage.click(radio);
    else { await radio.focus(); await page.keyboard.press('Space'); }
    assert.ok(await radio.isChecked());
  }
}

// A mark the service has is corrected with a reason, and not without.
async function corrected(stage, page, party) {
  await stage.click(party.getByRole('button', { name: '更正' }));
  const send = party.getByRole('button', { name: '提交更正' });
  await party.getByRole('textbox', { name: '党建 现场督查 分数' }).fill('93');
  assert.ok(await send.isDisabled(), 'a correction says why');
  await party.getByRole('textbox', { name: '党建 更正原因' }).fill('公开栏当天已补上');
  await stage.click(send);
  await party.getByText('我的评分：93 分').waitFor();
  await party.getByText('已送达，待复核').waitFor();
}

// A photo of 40 MB is made small and sent; a file no device can read is refused
// in words, and what was typed stays.
async function photos(stage, page) {
  await stage.click(page.getByRole('link', { name: '返回村名单' }));
  await stage.click(card(page, '桂禾村'));
  const party = cell(page, '党建');
  await party.getByRole('textbox', { name: '党建 现场督查 分数' }).fill('85');
  const camera = party.getByLabel('为“党建”拍照');
  assert.equal(await camera.getAttribute('capture'), 'environment', 'the camera opens');
  const { broken, huge, forget } = album();
  await camera.setInputFiles(broken);
  await party.getByRole('alert').filter({ hasText: '请' }).waitFor();
  assert.match(await party.getByRole('alert').innerText(), /打不开这张照片|超过 32 MB/);
  await stage.picture(page, 'judge-photo-refused');
  assert.equal(await party.getByRole('textbox', { name: '党建 现场督查 分数' }).inputValue(), '85', 'what was typed stays');
  await party.getByRole('textbox', { name: '党建 照片说明' }).fill('党务公开栏');
  const taken = page.waitForResponse((r) => r.url().endsWith('/evidence') && r.request().method() === 'POST');
  await camera.setInputFiles(huge);
  const answer = await taken;
  assert.equal(answer.status(), 201, await answer.text());
  assert.ok((await answer.request().sizes()).requestBodySize < 3_000_000, 'a heavy picture is made small before it goes out');
  await party.getByText('照片 1 张已送达').waitFor();
  forget();
}

/** Waits until the worker has everything and answers for this page. */
const serving = (page) => page.waitForFunction(() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null));

// The signal goes in the middle of the villages: marking goes on.
async function withoutSignal(stage, page) {
  assert.equal(await page.evaluate(() => fetch('/healthz').then(() => 'answered', () => 'nobody')), 'nobody');
  await checks(stage, page, ['符合', '符合', '不适用']);
  await stage.click(page.getByRole('button', { name: '提交 2 项评分' }));
  await page.getByText('2 项待报送').waitFor();
  await page.getByText('没有网络，已保存在本机').waitFor();
  await page.getByText('已在本机保存 2 项').waitFor(); // beside the button that was pressed, too
  await cell(page, '党建').getByText('待报送', { exact: true }).waitFor();
  await stage.picture(page, 'judge-no-signal');
  await stage.click(page.getByRole('link', { name: '返回村名单' }));
  assert.match(await card(page, '桂禾村').innerText(), /还有 1 项待评[\s\S]*2 项待报送/);
  await stage.click(card(page, '云禾村'));
  await cell(page, '党建').getByRole('textbox', { name: '党建 现场督查 分数' }).fill('88');
  await stage.click(page.getByRole('button', { name: '提交 1 项评分' }));
  await page.getByText('3 项待报送').waitFor();
  await stage.click(cell(page, '党建').getByRole('button', { name: '更正' })); // not sent yet: changed in place
  await cell(page, '党建').getByRole('textbox', { name: '党建 现场督查 分数' }).fill('88.5');
  await stage.click(cell(page, '党建').getByRole('button', { name: '修改后再报送' }));
  await cell(page, '党建').getByText('我的评分：88.5 分').waitFor();
  await checks(stage, page, ['不符合', '不符合', '符合']);
  await stage.click(page.getByRole('button', { name: '提交 1 项评分' }));
  await page.getByText('4 项待报送').waitFor();
  await stage.click(cell(page, '人居环境').getByRole('button', { name: '放弃这一条' })); // and not without asking
  await stage.click(cell(page, '人居环境').getByRole('button', { name: '确认放弃' }));
  await page.getByText('3 项待报送').waitFor();
  await stage.click(cell(page, '安全生产').getByRole('button', { name: '劝导没有记录 增加一次' })); // begun, not submitted
}

// The phone put the page away; it is opened again where there is no signal.
async function openedAgain(stage, page) {
  const context = page.context();
  await page.close();
  const again = await context.newPage();
  const answer = await again.goto('/console/'); // as its icon on the phone does
  assert.ok(answer.fromServiceWorker());
  await again.getByText('没有连上服务器').first().waitFor();
  if (stage.size === 'phone') await stage.click(again.getByRole('button', { name: '菜单' }));
  await stage.click(again.getByRole('navigation', { name: '菜单' }).getByRole('link', { name: '现场评分' }));
  await again.getByText('当前没有网络，显示的是').waitFor();
  await again.getByText('3 项待报送').waitFor();
  await stage.click(card(again, '云禾村'));
  await cell(again, '党建').getByText('我的评分：88.5 分').waitFor();
  await again.getByRole('button', { name: '提交 1 项评分' }).waitFor(); // the draft is there, too
  assert.equal(await cell(again, '安全生产').getByLabel('劝导没有记录 次数').innerText(), '1');
  return again;
}

// The signal is back: everything goes out by itself, each mark once. One place
// was marked from another device meanwhile: that is told, and decided here.
async function sentOnce(stage, page, round) {
  await page.getByText('1 项未被接受，需要您处理').waitFor();
  await page.waitForFunction(() => !/项待报送|正在报送/.test(document.body.innerText));
  assert.deepEqual(inForce(await held(stage, round)), ['10 party 88.5', '7 habitat 20', '7 party 93', '7 safety 25', '8 habitat 30', '8 party 80']);
  await stage.click(page.getByRole('link', { name: '桂禾村 · 党建' }));
  const party = cell(page, '党建');
  await party.getByText('系统里已有您对此项的评分（80 分）').waitFor();
  await party.getByText('我的评分：85 分').waitFor(); // nothing is lost
  await stage.picture(page, 'judge-conflict');
  await party.getByRole('textbox', { name: '党建 更正原因' }).fill('以现场所见为准');
  await stage.click(party.getByRole('button', { name: '作为更正提交' }));
  await party.getByText('已送达，待复核').waitFor();
  const marks = await held(stage, round);
  assert.ok(inForce(marks).includes('8 party 85') && marks.some((m) => m.at === '8 party' && m.state === 'SUPERSEDED' && m.value === '80'));
  assert.ok(marks.some((m) => m.at === '7 party' && m.value === '93' && m.reason === '公开栏当天已补上'));
  assert.equal(new Set(inForce(marks)).size, inForce(marks).length, 'every mark once');
}

// The round closes while a mark waits: it is kept, and goes in when the round is
// opened again.
async function closedMeanwhile(stage, page, round) {
  await stage.click(page.getByRole('link', { name: '返回村名单' }));
  await stage.click(card(page, '柚溪村'));
  await page.context().setOffline(true);
  await cell(page, '党建').getByRole('textbox', { name: '党建 现场督查 分数' }).fill('79');
  await stage.click(page.getByRole('button', { name: '提交 1 项评分' }));
  await page.getByText('1 项待报送').waitFor();
  await markOctober(stage, round);
  await take(stage, round, 'roundClose');
  await page.context().setOffline(false);
  await page.getByText('1 项未被接受，需要您处理').waitFor();
  await page.reload();
  const kept = page.getByRole('region', { name: /^党建/ });
  await kept.getByText('我的评分：79 分').waitFor();
  await kept.getByText('本轮已不再接收评分。请联系办公室').waitFor();
  await stage.picture(page, 'judge-closed');
  await take(stage, round, 'roundReopen', '补录柚溪村', 'A1');
  await stage.click(kept.getByRole('button', { name: '再次报送' }));
  await cell(page, '党建').getByText('已送达，待复核').waitFor();
  assert.ok(inForce(await held(stage, round)).includes('11 party 79'));
}

// The session ends while a mark waits: sign in again, and it goes out.
async function sessionEnded(stage, page, round) {
  await page.context().setOffline(true);
  await cell(page, '党建').waitFor();
  await stage.click(cell(page, '党建').getByRole('button', { name: '更正' }));
  await cell(page, '党建').getByRole('textbox', { name: '党建 现场督查 分数' }).fill('78');
  await cell(page, '党建').getByRole('textbox', { name: '党建 更正原因' }).fill('笔误');
  await stage.click(cell(page, '党建').getByRole('button', { name: '提交更正' }));
  await page.getByText('1 项待报送').waitFor();
  await page.context().clearCookies();
  await page.context().setOffline(false);
  await page.getByLabel('账号', { exact: true }).waitFor();
  const { login, password } = stage.person('K9');
  await page.getByLabel('账号', { exact: true }).fill(login);
  await page.getByLabel('密码').fill(password);
  await stage.click(page.getByRole('button', { name: '登录' }));
  await cell(page, '党建').getByText('我的评分：78 分').waitFor(); // where it was left
  await page.getByText('已全部送达').waitFor();
  assert.ok(inForce(await held(stage, round)).includes('11 party 78'));
}

// 320 px wide nothing is cut off.
async function narrow(stage, page) {
  if (stage.size === 'desk') { assert.deepEqual(await inBoth(page), []); return; }
  await page.setViewportSize({ width: 320, height: 640 });
  for (const what of ['village', 'today']) {
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, what);
    await stage.picture(page, `judge-${what}-320`);
    if (what === 'village') await stage.click(page.getByRole('link', { name: '返回村名单' }));
    await page.getByRole('heading', { level: 1 }).waitFor();
  }
}

// A browser that keeps nothing and has none of the newer interfaces: marking
// works, and the page says that it has to stay open.
async function withoutStorage(stage) {
  const context = await stage.fresh({ serviceWorkers: 'block' });
  await context.addInitScript(() => { for (const [on, name] of [[Navigator.prototype, 'storage'], [Navigator.prototype, 'locks'], [window, 'indexedDB']]) Object.defineProperty(on, name, { value: undefined }); });
  const page = await context.newPage();
  await page.goto('/console/signin?next=/judge');
  const { login, password } = stage.person('J1');
  await page.getByLabel('账号', { exact: true }).fill(login);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByText('本浏览器不能离线保存').waitFor();
  await card(page, '萤溪村').waitFor();
}
