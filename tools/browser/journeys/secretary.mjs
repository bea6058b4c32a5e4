// A village's secretary, on a phone in WeChat's own browser: the village's
// result and why, what is asked of the village, an objection filed, withdrawn and
// decided, an issue answered with a photo, papers handed in.
import assert from 'node:assert/strict';
import { inBoth } from '../axe.mjs';
import { County } from '../county.mjs';
import { announceOctober, ask, village } from '../october.mjs';

// WeChat on Android: no worker, no camera roll of its own, an older Chromium.
const wechat = { serviceWorkers: 'block', userAgent: 'Mozilla/5.0 (Linux; Android 13; V2244A Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/107.0.5304.141 Mobile Safari/537.36 XWEB/5235 MMWEBSDK/20230504 MicroMessenger/8.0.37.2380(0x2800255B) WeChat/arm64 Weixin NetType/4G Language/zh_CN ABI/arm64' };
const picture = new URL('../../../internal/console/app/public/icon-512.png', import.meta.url).pathname;
const others = ['晨穗村', '禾岭村', '枫禾村', '桂禾村', '云禾村', '穗心社区'];

export default async function secretary(stage) {
  const round = await announceOctober(stage);
  await papersAsked(stage, round);
  const page = await stage.signIn(stage.person('S9'), stage.size === 'phone' ? wechat : {});
  if (stage.size === 'phone') await stage.click(page.getByRole('button', { name: '菜单' }));
  await stage.click(page.getByRole('navigation', { name: '菜单' }).getByRole('link', { name: '本村成绩' }));
  await result(stage, page);
  await onlyOwn(stage, page, round);
  await objection(stage, page);
  await papers(stage, page);
  await issue(stage, page);
  await decided(stage, page, round);
  if (stage.size === 'phone') await narrow(stage, page);
}

// A second contest of the township asks its villages for two papers.
async function papersAsked(stage, round) {
  const { round: r } = await ask(stage, 'C1', 'query($id: ID!) { round(id: $id) { template { export(format: JSON) } } }', { id: round });
  const document = { ...JSON.parse(r.template.export), key: 'village-duties', name: { 'zh-Hans': '年度履职评议', en: 'Yearly duties' },
    deadlines: [{ document: 'duty-report', due: '11-20', maxCharacters: 40 }, { document: 'registration-form', due: '11-25' }] };
  await new County(stage).contest(JSON.stringify(document), '年度履职评议', '2023-11');
}

// The announced result, why it is what it is, how sure it is, and what the
// scheme asks of a village in a month.
async function result(stage, page) {
  const own = page.getByRole('region', { name: '名次' });
  await own.waitFor();
  const said = await own.innerText();
  assert.match(said, /萤溪村 · 2023-10[\s\S]*公示中，异议截止 2023-11-02（含当日）[\s\S]*第 \d+ 名/);
  assert.match(said, /去掉任意一名评委，名次在第 \d+ 至第 \d+ 名之间/);
  const why = page.locator('.why');
  assert.match(await why.innerText(), /萤溪村得分 [\d.]+，在 12 个参评对象中排第 \d+ 名/);
  assert.match(await why.innerText(), /总分再提高 [\d.]+ 分，可追平前一名/);
  assert.deepEqual(await why.locator('.bars strong').allInnerTexts(), ['党建', '人居环境', '安全生产']);
  assert.equal(await why.locator('.bar-drawn').count(), 6, 'against the best and against the next, item by item');
  await stage.picture(page, 'village-result');
  await stage.click(why.getByText('分数怎样算出来'));
  await why.evaluate((w) => w.scrollIntoView());
  await stage.picture(page, 'village-why');
  const cells = await why.locator('tbody .number').allInnerTexts();
  const total = cells.pop();
  assert.equal(cells.reduce((sum, c) => sum + Number(c), 0).toFixed(2), Number(total).toFixed(2), 'the lines sum to the total');
  assert.match(await page.getByRole('region', { name: '要求本村做的' }).innerText(), /本方案平均每月\s*台账\s*\d+\s*迎检\s*\d+/);
  if (stage.size === 'desk') assert.deepEqual(await inBoth(page), []);
}

// Of the others nothing but what is announced: the page names the next one at
// most, and the service tells a village nobody else's reasons or objections.
async function onlyOwn(stage, page, round) {
  const text = await page.locator('main').innerText();
  assert.deepEqual(others.filter((name) => text.includes(name)), []);
  const answer = await (await page.request.post('/graphql', { data: { query: 'query($id: ID!, $unitCode: String!) { explain(round: $id, unitCode: $unitCode) { sentence } }', variables: { id: round, unitCode: village(8) } } })).json();
  assert.ok(answer.errors?.[0].extensions.code === 'FORBIDDEN' || answer.data?.explain === null, JSON.stringify(answer));
}

// Filed with its reason and a photo, withdrawn, filed again.
async function objection(stage, page) {
  const part = page.getByRole('region', { name: '异议' });
  const file = part.getByRole('button', { name: '提出异议' });
  assert.ok(await file.isDisabled(), 'an objection names an item and a reason');
  await part.getByLabel('对哪一项有异议').selectOption({ label: '安全生产' });
  await part.getByLabel('对哪个渠道').selectOption({ label: '资料台账' });
  await part.getByLabel('理由').fill('劝导记录当天已交台账组，签收表第 9 行有登记。');
  await page.reload();
  await part.getByLabel('理由').waitFor();
  assert.match(await part.getByLabel('理由').inputValue(), /签收表第 9 行/, 'what was typed stays');
  await part.getByLabel('添加照片或文件').setInputFiles(picture);
  await part.getByText('icon-512.png').waitFor();
  await stage.click(file);
  await part.getByText('第 1 号异议已提出').waitFor();
  await stage.click(part.getByRole('button', { name: '撤回异议：第 1 号' }));
  await stage.click(page.getByRole('dialog').getByRole('button', { name: '撤回异议' }));
  await part.getByText('异议已撤回。').waitFor();
  await part.getByText(/· 已撤回/).waitFor();
  await part.getByLabel('对哪一项有异议').selectOption({ label: '安全生产' });
  await part.getByLabel('理由').fill('请复核劝导记录一项。');
  await stage.click(file);
  await part.getByText('第 2 号异议已提出').waitFor();
  await part.getByText(/· 待复核/).waitFor();
  await part.evaluate((p) => p.scrollIntoView());
  await stage.picture(page, 'village-objection');
}

// A report that is too long is refused in words and stays; a form lies on paper.
async function papers(stage, page) {
  const asked = page.getByRole('region', { name: '要求本村做的' });
  await stage.click(asked.getByRole('button', { name: '报送：述职报告' }));
  const dialog = page.getByRole('dialog');
  const part = dialog.getByLabel('抓基层党建工作情况');
  await part.fill('全年召开支部会议十二次，'.repeat(4));
  await dialog.getByText('已写 48 字，不超过 40 字').waitFor();
  await stage.click(dialog.getByRole('button', { name: '报送' }));
  await dialog.getByRole('alert').filter({ hasText: '40' }).waitFor();
  assert.match(await part.inputValue(), /支部会议/, 'what was typed stays');
  await part.fill('全年召开支部会议十二次，党员大会四次。');
  await stage.click(dialog.getByRole('button', { name: '报送' }));
  await asked.getByText('述职报告已报送。').waitFor();
  await asked.getByText('2023-10-30 已报送').first().waitFor();
  await stage.click(asked.getByRole('button', { name: '报送：年度考核登记表' }));
  await dialog.getByLabel('怎样报送').selectOption({ label: '纸质已送交' });
  await dialog.getByLabel('纸质材料放在哪里').fill('已交乡党建办，2 号柜。');
  await stage.click(dialog.getByRole('button', { name: '报送' }));
  await asked.getByText('年度考核登记表已报送。').waitFor();
  await asked.getByText('已交乡党建办，2 号柜。').waitFor();
  await asked.evaluate((a) => a.scrollIntoView());
  await stage.picture(page, 'village-asked');
}

// The issue of the village: answered with what was done and a photo of after.
async function issue(stage, page) {
  await stage.click(page.getByRole('link', { name: '去反馈' }));
  await stage.click(page.getByRole('button', { name: '反馈整改情况' }));
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('整改措施').fill('已补齐三季度“三会一课”记录，并由联村领导核对。');
  await dialog.getByLabel('添加照片或文件').setInputFiles(picture);
  await dialog.getByText('icon-512.png').waitFor();
  await stage.click(dialog.getByRole('button', { name: '反馈整改情况' }));
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText(/· 已反馈/).first().waitFor();
  await page.getByRole('heading', { name: '整改后' }).waitFor();
  await page.goBack();
}

// What became of the objection is told in words; after the period none is taken.
async function decided(stage, page, round) {
  const { objections } = await ask(stage, 'A2', 'query($id: ID!) { objections(round: $id) { id number state revision } }', { id: round });
  const open = objections.find((o) => o.state === 'FILED');
  const county = new County(stage);
  await county.act('A1', 'grantCreate', 'GrantCreateInput', { login: stage.person('R2').login, role: 'review-group', unitCode: '990101201' }, 'grant { id }');
  await county.act('R2', 'objectionDecide', 'ObjectionDecideInput', { objection: open.id, revision: open.revision, accept: false, reason: '签收表第 9 行无劝导记录，维持原评分。' }, 'objection { id }');
  await stage.today('2023-11-03');
  await page.reload();
  const part = page.getByRole('region', { name: '异议' });
  await part.getByText('签收表第 9 行无劝导记录，维持原评分。').waitFor();
  await part.getByText('公示期已于 2023-11-02 结束，不再接受新的异议').waitFor();
  assert.equal(await part.getByRole('button').count(), 0, 'nothing is offered that would be refused');
}

async function narrow(stage, page) {
  await page.setViewportSize({ width: 320, height: 640 });
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  await stage.picture(page, 'village-320');
}
