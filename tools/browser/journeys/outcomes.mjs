// What follows from a published round: confirmed by the leaders, carried out with
// a record, posted to accounts; money is decided, approved and paid by different
// people, and a refusal says what to do.
import assert from 'node:assert/strict';
import { County } from '../county.mjs';

export default async function outcomes(stage) {
  await followed(stage);
  const leader = await stage.signIn('A1');
  await confirmed(stage, leader);
  await money(stage, leader);
  await done(stage);
  await accounts(stage, leader);
  await summed(stage, leader);
}

// A contest whose best get money by a meeting's decision, published for October.
async function followed(stage) {
  const county = new County(stage);
  const { templatePresets } = await county.ask('C1', '{ templatePresets { key document } }');
  const document = templatePresets.find((p) => p.key === 'monthly-arena').document.replaceAll('黄委发', '晴委发')
    .replace('\noutcomes:\n', '\noutcomes:\n  - {when: top, do: money, to: [village], amount: by-decision, basis: 晴委发〔2023〕6号}\n');
  const { competition } = await county.contest(document, '人居环境专项比武', '2023-10');
  let round = await county.october((n) => String(90 - n), competition);
  await stage.today('2023-11-03');
  round = await county.step('A1', 'roundPublish', round, { comment: '同意通报。' }, 'RoundPublishInput');
}

const dialog = (page) => page.getByRole('dialog');
const row = (page, ...texts) => texts.reduce((rows, text) => rows.filter({ hasText: text }), page.getByRole('row'));

async function confirmed(stage, page) {
  await stage.menu(page, '/outcomes');
  await page.getByRole('combobox', { name: '状态' }).selectOption({ label: '待确认' });
  await row(page, '晨穗村', '联村领导 5 分').filter({ has: page.getByRole('checkbox') }).waitFor();
  assert.equal(await page.getByText(/linked-leader|resident-cadre|office/).count(), 0, 'no keys of the template are shown');
  assert.equal(await row(page, '晨穗村', '定金额').getByRole('checkbox').count(), 0, 'money is decided, not confirmed in a list');
  assert.ok(await page.getByRole('button', { name: /^确认所选/ }).isDisabled());
  await stage.click(page.getByRole('button', { name: '全选待确认' }));
  await stage.picture(page, 'outcomes-confirm');
  await stage.click(page.getByRole('button', { name: '确认所选（6）' }));
  await dialog(page).getByLabel(/完成期限/).fill('2023-11-17');
  await stage.click(dialog(page).getByRole('button', { name: '确认所选（6）' }));
  await dialog(page).waitFor({ state: 'hidden' });
  await row(page, '晨穗村', '联村领导 5 分').waitFor({ state: 'detached' });
}

async function decide(stage, page, amount) {
  await dialog(page).getByLabel('金额（元）').fill(amount);
  await stage.click(dialog(page).getByRole('button', { name: '定金额' }));
}

// Decided by the meeting, approved by another than who entered it, paid by the office.
async function money(stage, page) {
  await stage.click(page.getByRole('button', { name: '定金额：晨穗村' }));
  await dialog(page).getByLabel('会议纪要号').fill('晴禾乡党政领导会议纪要〔2023〕15号');
  await dialog(page).getByLabel('依据').fill('晴委发〔2023〕21号');
  await decide(stage, page, '-100');
  await dialog(page).getByRole('alert').waitFor();
  await decide(stage, page, '2000');
  await dialog(page).waitFor({ state: 'hidden' });
  await page.getByRole('combobox', { name: '状态' }).selectOption({ label: '金额已定' });
  await stage.click(page.getByRole('button', { name: /^审批：晨穗村/ }));
  await stage.click(dialog(page).getByRole('button', { name: '审批' }));
  await dialog(page).getByRole('alert').waitFor(); // who decided does not approve
  await stage.click(dialog(page).getByRole('button', { name: /取\s*消/ }));
  const finance = await stage.signIn('A2');
  await stage.menu(finance, '/outcomes');
  await finance.getByRole('combobox', { name: '状态' }).selectOption({ label: '金额已定' });
  await stage.click(finance.getByRole('button', { name: /^审批：晨穗村/ }));
  await stage.click(dialog(finance).getByRole('button', { name: '审批' }));
  await dialog(finance).waitFor({ state: 'hidden' });
  await finance.context().close();
}

// The office pays, and records a task as done.
async function done(stage) {
  const page = await stage.signIn('C1');
  await stage.menu(page, '/outcomes');
  await page.getByRole('combobox', { name: '状态' }).selectOption({ label: '已审批' });
  await stage.click(page.getByRole('button', { name: /^登记兑现：晨穗村/ }));
  await dialog(page).getByLabel('执行记录').fill('记账凭证2023-11-08号');
  await stage.click(dialog(page).getByRole('button', { name: '登记兑现' }));
  await dialog(page).waitFor({ state: 'hidden' });
  await page.getByRole('combobox', { name: '状态' }).selectOption({ label: '已执行' });
  await row(page, '晨穗村', '2000', '记账凭证2023-11-08号').waitFor();
  await stage.picture(page, 'outcomes-paid');
  await stage.menu(page, '/tasks');
  const task = page.getByRole('article').filter({ hasText: '2023-11-17' }).filter({ hasText: '穗心社区' });
  await task.getByRole('heading', { name: '穗心社区：批评提醒' }).waitFor();
  await stage.picture(page, 'tasks');
  await stage.click(task.getByRole('button', { name: /^登记完成/ }));
  await dialog(page).getByLabel('执行记录').fill('已在全乡干部会议上点名批评提醒。');
  await stage.click(dialog(page).getByRole('button', { name: '登记完成' }));
  await task.waitFor({ state: 'detached' });
  await page.context().close();
}

async function accounts(stage, page) {
  await stage.menu(page, '/accounts');
  await page.getByRole('combobox', { name: '比武' }).selectOption({ label: '人居环境专项比武' });
  const village = page.getByRole('row', { name: /^晨穗村 5/ });
  await stage.click(village.getByText('1 条记录'));
  await village.getByText(/2023-10 晨穗村/).waitFor();
  assert.match(await village.innerText(), /5 分/);
  await stage.picture(page, 'accounts');
}

// Summaries by their names; one that cannot be made yet says why.
async function summed(stage, page) {
  await page.goto('/console/rollups');
  await page.getByRole('combobox', { name: '比武' }).selectOption({ label: '“擂台比武”月评比' });
  await page.getByText('半年小结 2023-04/2023-09 第 1 版').waitFor();
  await page.getByRole('combobox', { name: '汇总' }).selectOption({ label: '半年小结' });
  await page.getByLabel('起始周期').fill('2023-01');
  await page.getByLabel('截止周期').fill('2023-06');
  await stage.click(page.getByRole('button', { name: '试算' }));
  await page.getByText('按模板该汇总的时段应为 2023-04 至 2023-09').waitFor();
  await page.getByLabel('起始周期').fill('2023-04');
  await page.getByLabel('截止周期').fill('2023-09');
  await stage.click(page.getByRole('button', { name: '试算' }));
  await page.getByRole('heading', { name: '试算结果' }).waitFor();
  await row(page, '晨穗村').first().waitFor();
  await stage.picture(page, 'rollups');
}
