// A democratic evaluation: set up about villages chosen by hand, roster pasted,
// slips printed once, cast on a phone by the address on the slip, papers counted
// by two, closed by two. Nothing is known before the close, nothing is kept of a
// voter, and a code is worth one ballot.
import assert from 'node:assert/strict';
import { County } from '../county.mjs';

export default async function ballot(stage) {
  await contested(stage);
  const clerk = await stage.signIn('C1');
  await opened(stage, clerk);
  await listed(stage, clerk);
  await present(stage, clerk);
  const slips = await printed(stage, clerk);
  await voted(stage, slips[0]);
  await voted(stage, slips[1], 'again');
  await hidden(stage, clerk);
  const second = await stage.signIn('A1');
  await second.goto(clerk.url());
  await counted(stage, clerk, second);
  await closed(stage, clerk, second);
}

// A competition whose template has a ballot; nothing else of it is needed.
async function contested(stage) {
  const county = new County(stage);
  const { templatePresets } = await county.ask('C1', '{ templatePresets { key document } }');
  await county.contest(templatePresets.find((p) => p.key === 'town-observation').document, '逐村观摩', '2023-Q4');
}

const dialog = (page) => page.getByRole('dialog');
const say = (page, text) => page.getByText(text).first().waitFor();
const group = (page, name) => page.getByRole('row', { name: new RegExp(`^${name}`) });

async function opened(stage, page) {
  await stage.menu(page, '/ballots');
  await page.getByRole('combobox', { name: '比武' }).selectOption({ label: '逐村观摩' });
  await say(page, '还没有民主测评');
  await stage.click(page.getByRole('button', { name: '设立测评' }));
  await dialog(page).getByLabel('名称').fill('四季度点评会测评');
  await dialog(page).getByRole('combobox', { name: '测评对象' }).selectOption({ label: '选定的村（社区）' });
  for (const village of ['晨穗村', '星麦村', '禾月村']) await stage.click(dialog(page).getByLabel(village));
  await stage.picture(page, 'ballots-open');
  await stage.click(dialog(page).getByRole('button', { name: '设立测评' }));
  await page.getByRole('heading', { level: 1, name: '四季度点评会测评' }).waitFor();
}

async function listed(stage, page) {
  await stage.click(page.getByText('名册', { exact: true }));
  const roster = page.getByLabel(/粘贴名册/);
  await roster.fill('L-01\t镇领导班子成员\nL-02');
  await say(page, '第 2 行缺少人员编号或组别');
  assert.ok(await page.getByRole('button', { name: '导入名册' }).isDisabled(), 'half a roster is not sent');
  await roster.fill('L-01\t不存在的组');
  await stage.click(page.getByRole('button', { name: '导入名册' }));
  await page.getByRole('alert').filter({ hasText: '不存在的组' }).waitFor();
  await roster.fill(['L-01\t镇领导班子成员', 'L-02\t镇领导班子成员', 'L-03\t镇领导班子成员', 'L-04\t镇领导班子成员', 'L-04\t包村干部', 'K-01\t包村干部'].join('\n'));
  await stage.click(page.getByRole('button', { name: '导入名册' }));
  await say(page, '已导入 5 人');
  await say(page, 'L-04 归入“包村干部”，同时属于 镇领导班子成员'); // one person, one ballot
}

async function attend(stage, page, name, there, papers) {
  await stage.click(page.getByRole('button', { name: `登记到会：${name}` }));
  await dialog(page).getByLabel(/^实到/).fill(there);
  await dialog(page).getByLabel(/^纸质票/).fill(papers);
  await stage.click(dialog(page).getByRole('button', { name: /确\s*认/ }));
}

async function present(stage, page) {
  const leaders = '镇领导班子成员';
  await attend(stage, page, leaders, '9', '0');
  await dialog(page).getByRole('alert').waitFor(); // more than there are on the roster
  await dialog(page).getByLabel(/^实到/).fill('3');
  await stage.click(dialog(page).getByRole('button', { name: /确\s*认/ }));
  await dialog(page).waitFor({ state: 'hidden' });
  await attend(stage, page, '包村干部', '2', '2');
  await dialog(page).waitFor({ state: 'hidden' });
}

// The slips stand in a frame that runs no script, are printed from there, and
// are gone with the page.
async function printed(stage, page) {
  await stage.click(page.getByText('制发测评票', { exact: true }));
  await page.getByLabel('镇领导班子成员 张数').fill('3');
  await stage.click(page.getByRole('button', { name: '制发并打印' }));
  await say(page, '测评票已生成，请立即打印');
  const slips = page.frameLocator('iframe[title="测评票打印页"]').getByRole('article');
  await slips.first().getByRole('img', { name: '测评码二维码' }).waitFor();
  assert.equal(await slips.count(), 3);
  await slips.first().scrollIntoViewIfNeeded();
  await stage.picture(page, 'ballots-slips');
  await page.evaluate(() => { document.querySelector('iframe').contentWindow.print = () => { document.body.dataset.printed = 'yes'; }; });
  await stage.click(page.getByRole('button', { name: '打印测评票' }));
  assert.equal(await page.evaluate(() => document.body.dataset.printed), 'yes');
  const all = [];
  for (const slip of await slips.all()) {
    const code = (await slip.locator('.code').innerText()).replaceAll('-', '');
    const address = /打开 (\S+) 输入测评码/.exec(await slip.innerText())[1];
    all.push(`${address}#${code}`); // as the QR code holds it
  }
  page.on('dialog', (d) => void d.accept()); // leaving warns: the slips cannot be shown again
  await page.reload();
  await page.getByRole('heading', { level: 1, name: '四季度点评会测评' }).waitFor();
  assert.equal(await page.locator('iframe').count(), 0);
  assert.equal(new Set(all).size, 3);
  return all;
}

// A voter: a phone with nothing on it.
async function voted(stage, address, again) {
  const context = await stage.fresh();
  const page = await context.newPage();
  await page.goto(address);
  await page.getByRole('group', { name: '晨穗村' }).waitFor();
  const code = address.split('#')[1];
  assert.ok(!page.url().includes(code), 'the code does not stay in the address');
  for (const [village, choice] of [['晨穗村', '好'], ['星麦村', '较好'], ['禾月村', '弃权']]) await stage.click(page.getByRole('group', { name: village }).getByRole('radio', { name: choice, exact: false }).first());
  if (!again) await stage.picture(page, 'ballots-vote');
  await stage.click(page.getByRole('button', { name: /投票/ }));
  await say(page, '投票成功');
  assert.deepEqual(await context.cookies(), [], 'no cookie');
  assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0, 'nothing stored');
  await page.goBack().catch(() => {}); // the browser may refuse to show a page that was posted
  assert.equal(await page.locator('input[type=radio]:checked').count(), 0, 'going back does not show the choice');
  if (again) {
    const scanned = await context.newPage();
    await scanned.goto(address);
    await scanned.getByRole('alert').filter({ hasText: '测评码无效' }).waitFor();
    assert.equal(await scanned.getByRole('radio').count(), 0, 'a spent code opens no form');
  }
  await context.close();
}

// While it is open there is one number, and nothing of a result anywhere.
async function hidden(stage, page) {
  const [answer] = await Promise.all([page.waitForResponse(async (r) => r.url().endsWith('/graphql') && r.request().postData()?.includes('BallotPoll')), page.reload()]);
  await say(page, '已投 2 票');
  const { data: { poll } } = await answer.json();
  assert.deepEqual([poll.results, poll.lights, poll.turnout], [[], [], 2]);
  assert.ok(poll.groups.every((g) => g.returned === null), 'not even what each group returned');
  await say(page, '截止前不产生任何结果');
  assert.equal(await page.getByRole('columnheader', { name: '得分' }).count(), 0);
  await stage.look(page, 'ballots-poll');
}

async function tally(stage, page, good) {
  await stage.click(page.getByText('纸质票录入', { exact: true }));
  await page.getByRole('combobox', { name: '组别' }).selectOption({ label: '包村干部' });
  await page.getByLabel('回收票数').fill('2');
  for (const village of ['晨穗村', '星麦村', '禾月村']) {
    await page.getByLabel(`${village}：好`).fill(village === '晨穗村' ? good : '2');
    if (village === '晨穗村') await page.getByLabel(`${village}：较好`).fill(String(2 - Number(good)));
  }
  await stage.click(page.getByRole('button', { name: '提交录入' }));
}

// Two people count the papers; the second is told where the counts differ, not by how much.
async function counted(stage, first, second) {
  await tally(stage, first, '2');
  await say(first, '第一遍已保存，请另一人再录一遍');
  await tally(stage, second, '1');
  const told = second.getByRole('alert').filter({ hasText: '晨穗村' });
  await told.first().waitFor();
  assert.doesNotMatch(await told.first().innerText(), /[0-9]/, 'the other count is not told');
  assert.equal(await second.getByLabel('晨穗村：好').inputValue(), '1', 'what was typed stays');
  await stage.picture(second, 'ballots-paper');
  await second.getByLabel('晨穗村：好').fill('2');
  await second.getByLabel('晨穗村：较好').fill('');
  await stage.click(second.getByRole('button', { name: '提交录入' }));
  await say(second, '两遍一致，已计入');
}

async function close(stage, page) {
  await stage.click(page.getByRole('button', { name: /^截止测评/ }));
  await stage.click(dialog(page).getByRole('button', { name: '截止测评' }));
}

// Two officials close it; then there is a result, and every number of how many.
async function closed(stage, first, second) {
  await close(stage, first);
  await say(first, '已有 1 人确认截止');
  await close(stage, first);
  await dialog(first).getByRole('alert').waitFor(); // one person is not two
  await close(stage, second);
  await say(second, '已截止');
  const row = await second.getByRole('row', { name: /^晨穗村/ }).innerText();
  assert.match(row.replace(/\s+/g, ' '), /晨穗村 100(\.0+)? 5 5 5 4 4 0 0/, 'score, due, present, issued, returned, valid, set aside, recused');
  await stage.picture(second, 'ballots-result');
  const summary = await second.request.get(await second.getByRole('link', { name: '汇总表' }).getAttribute('href'));
  assert.equal(summary.status(), 200);
}
