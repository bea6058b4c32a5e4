// The clerk's month, scheme A's October of twelve villages, from the notice to
// the close: rubric by its owners, groups, notice, score sheets and marks typed
// in and pasted, a connection that breaks, ledgers, what is missing, the second
// person, and a close that says what is in its way and leads there.
import assert from 'node:assert/strict';
import { leads, paste, part } from '../month.mjs';

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
  await receive(stage, page);
  await type(stage, page);
  await second(stage, page);
  await decide(stage, page);
  await close(stage, page);
}

// The leader in charge writes the own item, and takes one out again.
async function writeRubric(stage, who, item) {
  const page = await stage.signIn(who);
  await stage.menu(page, '轮次');
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
    await page.getByRole('button', { name: '保存单项' }).waitFor({ state: 'detached' });
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
  await page.getByText('现场督查一组').first().waitFor();
  await stage.picture(page, 'rounds-panels');
}

const options = (at) => at.locator('option');
async function choose(select, begins) {
  await select.selectOption(await options(select).filter({ hasText: begins }).first().getAttribute('value'));
}

// The close is refused with everything that is missing, each with its place;
// the sheets to mark on can be printed now.
async function blocked(stage, page) {
  await stage.click(page.getByRole('button', { name: '关闭评分' }));
  await page.getByText('没有办成：上面列出的 5 件事要先办好').waitFor();
  await stage.picture(page, 'rounds-close-blocked');
  await leads(stage, page, /缺.*分/, '/grid');
  await stage.click(page.getByRole('link', { name: '回到本轮次' }));
  await part(stage, page, '文书');
  const opening = page.waitForEvent('popup');
  await stage.click(page.getByRole('link', { name: '打开 评分表（按组、按村）' }));
  const sheets = await opening;
  await sheets.getByText('现场督查一组').first().waitFor();
  await sheets.close();
  await stage.picture(page, 'rounds-papers');
  await part(stage, page, '进度');
  await leads(stage, page, /台账/, '/ledgers');
}

// One village does not come, eleven bring their ledgers.
async function receive(stage, page) {
  await stage.click(page.getByRole('button', { name: /^穗心社区 未参评/ }));
  await page.getByLabel('原因').fill('全村正在防汛，书面请假。');
  await stage.click(page.getByRole('dialog').getByRole('button', { name: '确认' }));
  await page.getByText('已签收 0/11').waitFor();
  for (let n = 1; n <= 11; n++) {
    await stage.click(page.getByRole('button', { name: /^签收 .* 的台账/ }).first());
    await stage.click(page.getByRole('dialog').getByRole('button', { name: '签收' }));
    await page.getByText(`已签收 ${n}/11`).waitFor();
  }
  await stage.picture(page, 'rounds-ledgers');
}

// The block of a sheet: a row of each village, a cell of each item.
const block = (from, rows) => Array.from({ length: rows }, (_, n) => [String(from - n), String(from - n - 0.5)]);
const ofJudge = (page, who) => choose(page.getByLabel(/^评委/), `· ${who}`);
const cell = (page, village, item, channel) => page.getByRole('textbox', { name: `${village} ${item} ${channel}`, exact: true });

async function type(stage, page) {
  await stage.click(page.getByRole('link', { name: '录入评分表' }));
  await ofJudge(page, '评比小组成员一');
  const rows = block(94, 12);
  rows[2][0] = '见附页';
  await paste(page, cell(page, '晨穗村', '党建', '现场督查'), rows);
  await page.getByText('1 个格子的内容不能保存').waitFor();
  await page.getByText('不是数字').waitFor();
  assert.match(await page.getByLabel('粘贴的内容有一部分没有放下').inputValue(), /83/); // the village that does not take part
  await stage.picture(page, 'rounds-grid');
  await page.context().setOffline(true);
  await stage.click(page.getByRole('button', { name: '保存 21 条' }));
  await page.getByText('没有连上服务器').waitFor();
  await page.context().setOffline(false);
  await page.reload(); // the window is closed meanwhile: what was typed is still there
  await ofJudge(page, '评比小组成员一');
  assert.equal(await cell(page, '禾月村', '党建', '现场督查').inputValue(), '见附页');
  await stage.click(page.getByRole('button', { name: '保存 21 条' }));
  await page.getByText('已保存 21 条').waitFor();
  await cell(page, '禾月村', '党建', '现场督查').fill('９2'); // a full-width digit is the digit
  await stage.click(page.getByRole('button', { name: '保存 1 条' }));
  await page.getByText('已保存 1 条').waitFor();
  await whole(stage, page, '评比小组成员二', '现场督查', block(93, 11), 22);
  const ledgers = block(90, 11);
  ledgers[10][1] = ''; // one mark is missing
  await whole(stage, page, '评比小组成员五', '资料台账', ledgers, 21);
}

async function whole(stage, page, judge, channel, rows, marks) {
  await ofJudge(page, judge);
  await paste(page, cell(page, '晨穗村', '党建', channel), rows);
  await stage.click(page.getByRole('button', { name: `保存 ${marks} 条` }));
  await page.getByText(`已保存 ${marks} 条`).waitFor();
}

// Nobody confirms what they typed in; a second person confirms or sends back.
async function second(stage, page) {
  await stage.click(page.getByRole('link', { name: '回到本轮次' }));
  await part(stage, page, '复核');
  await stage.click(page.getByLabel('选择本页全部'));
  await stage.click(page.getByRole('button', { name: '确认 65 条' }));
  await page.getByRole('alert').filter({ hasText: '自己' }).waitFor();
  const other = await stage.signIn('R1');
  await stage.click(other.getByRole('article').filter({ hasText: '待复核的评分' }).getByRole('link', { name: /去办理/ }));
  await stage.click(other.getByLabel('选择 星麦村 党建 现场督查 J1'));
  await stage.picture(other, 'rounds-confirm');
  await stage.click(other.getByRole('button', { name: '退回 1 条' }));
  await other.getByLabel('退回原因').fill('与纸质评分表不符');
  await stage.click(other.getByRole('dialog').getByRole('button', { name: '退回 1 条' }));
  await other.getByText('已办理 1 条').waitFor();
  await stage.click(other.getByLabel('选择本页全部'));
  await stage.click(other.getByRole('button', { name: '确认 64 条' }));
  await other.getByText('已办理 64 条').waitFor();
  await part(stage, page, '进度');
  await leads(stage, page, /退回/, '/confirm');
  await stage.click(page.getByRole('link', { name: '录入评分表' }));
  await ofJudge(page, '评比小组成员一');
  await stage.click(page.getByRole('button', { name: '更正 星麦村 党建 现场督查' }));
  await page.getByLabel('新的分数').fill('95.5');
  await page.getByLabel('更正原因').fill('抄录有误');
  await stage.click(page.getByRole('dialog').getByRole('button', { name: '更正' }));
  await page.getByText('95.5').waitFor();
  await stage.click(page.getByRole('link', { name: '回到本轮次' }));
  await other.reload();
  await stage.click(other.getByLabel('选择本页全部'));
  await stage.click(other.getByRole('button', { name: '确认 1 条' }));
  await other.getByText('已办理 1 条').waitFor();
  await other.context().close();
}

// A missing mark is no zero until somebody decides so, with a reason.
async function decide(stage, page) {
  await part(stage, page, '签收与缺项');
  await stage.click(page.getByRole('button', { name: '柚溪村 的缺项处理' }));
  await page.getByLabel('处理哪一项').selectOption({ label: '人居环境 · 资料台账' });
  await page.getByLabel(/^决定/).selectOption({ label: '按零分' });
  await page.getByLabel('原因').fill('台账未按通知准备，领导小组研究决定。');
  await stage.click(page.getByRole('dialog').getByRole('button', { name: '确认' }));
  await page.getByRole('table', { name: '已作的决定' }).getByRole('row', { name: /柚溪村/ }).waitFor();
}

async function close(stage, page) {
  await part(stage, page, '进度');
  await page.getByText('前提都已具备').waitFor();
  await stage.picture(page, 'rounds-progress');
  await stage.click(page.getByRole('button', { name: '关闭评分' }));
  await page.getByRole('heading', { name: '下一步：试算并保存结果' }).waitFor();
}
