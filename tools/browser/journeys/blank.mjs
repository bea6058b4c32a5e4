// From a blank page to the first round, by mouse and keyboard alone and with no
// file: classes for the tracks, a monthly template with five items, two
// channels, tracks, a tie rule and a bottom-twice rule, activated by the
// approver, a competition made of it, its rounds dated, the first one opened.
import assert from 'node:assert/strict';

const items = ['党建引领', '产业发展', '人居环境', '安全生产', '民生改善'];
const dimensions = ['党建', '产业发展', '人居环境', '安全生产', '民生改善'];

export default async function blank(stage) {
  const hand = new Hand(stage);
  const clerk = await stage.signIn('township-clerk');
  await hand.menu(clerk, '/people');
  await classes(stage, hand, clerk);
  await hand.menu(clerk, '/templates');
  await template(stage, hand, clerk);
  await activated(stage, hand, clerk.url());
  await competition(stage, hand, clerk);
  await round(stage, hand, clerk);
  return { fields: hand.fields };
}

// What a person does: clicks that count, and fields that are typed or chosen.
class Hand {
  fields = 0;
  constructor(stage) { this.stage = stage; }
  click(locator) { return this.stage.click(locator); }
  fill(locator, text) { this.fields++; return locator.fill(text); }
  choose(locator, label) { this.fields++; return locator.selectOption({ label }); }
  async menu(page, at) {
    await this.stage.menu(page, at);
    await page.waitForURL((url) => url.pathname === `/console${at}`);
  }
}

// Two kinds of villages: each its own track.
async function classes(stage, hand, page) {
  await hand.click(page.getByRole('navigation', { name: '花名册各页' }).getByRole('link', { name: '村的分类' }));
  await hand.click(page.getByRole('button', { name: '新设分类' }));
  const asked = page.getByRole('dialog');
  await hand.fill(asked.getByLabel('分类名称'), '村庄类型');
  await hand.fill(asked.getByLabel('各类名称'), '示范村、创优村');
  await hand.click(asked.getByRole('button', { name: /确\s*认/ }));
  await asked.waitFor({ state: 'hidden' });
  await hand.choose(page.getByLabel('星麦村 类别'), '示范村');
  await hand.choose(page.getByLabel(/个还没有定类，都先设为/), '创优村');
  await hand.click(page.getByRole('button', { name: '保存定类' }));
  await page.getByRole('button', { name: '保存定类', disabled: true }).waitFor();
}

const part = (hand, page, name) => hand.click(page.getByRole('navigation', { name: '评比模板' }).getByRole('link', { name }));

async function template(stage, hand, page) {
  await hand.click(page.getByRole('button', { name: '从空白页新建' }));
  await hand.fill(page.getByLabel('名称', { exact: true }).first(), '月度比武');
  await part(hand, page, '分制与渠道');
  await hand.click(page.getByRole('button', { name: '现场督查' }));
  await hand.click(page.getByRole('button', { name: '资料台账' }));
  await hand.fill(page.getByLabel('权重（合计 100）').nth(0), '40');
  await hand.fill(page.getByLabel('权重（合计 100）').nth(1), '60');
  await part(hand, page, '评比项目');
  for (const [i, name] of items.entries()) {
    await hand.click(page.getByRole('button', { name: '添加项目' }));
    await hand.fill(page.getByRole('textbox', { name: '名称' }).nth(i), name);
    await hand.fill(page.getByRole('textbox', { name: '分值', exact: true }).nth(i), '20');
    await hand.choose(page.getByLabel('指标维度').nth(i), dimensions[i]);
  }
  await page.getByText('正在检查…').waitFor({ state: 'detached' });
  await stage.picture(page, 'templates-items');
  await page.getByText('✓ 合计 100，正好').waitFor();
  await part(hand, page, '赛道与排名');
  await hand.click(page.getByRole('button', { name: '设置 赛道' }));
  await hand.choose(page.getByLabel('分类名称'), '村庄类型');
  await hand.choose(page.getByLabel('添加 并列时依次比较'), '现场督查');
  await part(hand, page, '结果运用');
  await hand.click(page.getByRole('button', { name: /连续两次后三名/ }));
  await page.getByText('没有错误，可以保存。').waitFor();
  await stage.picture(page, 'templates-outcomes');
  await hand.click(page.getByRole('button', { name: '保存草稿' }));
  await page.waitForURL((url) => !url.pathname.endsWith('/new'));
  await page.getByText('✓ 已全部保存').waitFor();
  // What the notice leaves open is confirmed by an approver, not by whoever wrote the template.
  await page.getByText(/启用由审定人办理/).waitFor();
  assert.equal(await page.getByRole('button', { name: /^启\s*用$/ }).count(), 0, 'a clerk may activate');
}

// An active version is the approver's word: each open reading confirmed by itself.
async function activated(stage, hand, address) {
  const page = await stage.signIn('township-approver');
  await page.goto(address);
  await page.getByRole('button', { name: /^启\s*用$/ }).waitFor();
  await page.getByText('正在检查…').waitFor({ state: 'detached' });
  await hand.click(page.getByRole('button', { name: /^启\s*用$/ }));
  const asked = page.getByRole('dialog');
  await asked.getByText('连续两次后三名：第三次再次触发').waitFor();
  assert.ok(await asked.getByRole('button', { name: /启\s*用/ }).isDisabled(), 'activated without a confirmation');
  await stage.picture(page, 'templates-activate');
  for (const box of await asked.getByRole('checkbox').all()) await hand.click(box);
  await hand.click(asked.getByRole('button', { name: /启\s*用/ }));
  await page.getByText('这一版已启用，不能改。').waitFor();
  await page.context().close();
}

async function competition(stage, hand, page) {
  await page.reload();
  await hand.click(page.getByRole('button', { name: '用它设立擂台' }));
  await hand.fill(page.getByLabel('发文字号'), '晴委发〔2023〕9号');
  await hand.click(page.getByRole('button', { name: '新建擂台' }));
  await page.waitForURL((url) => /competitions\/(?!new)/.test(url.pathname));
  await hand.click(page.getByRole('button', { name: '编排轮次' }));
  await hand.click(page.getByRole('dialog').getByRole('button', { name: /编\s*排/ }));
  await page.getByText(/已编排 3 轮/).waitFor();
  await stage.picture(page, 'programme-competition');
}

// Rubric of the month, a group, the notice; then, on its day, it is opened.
async function round(stage, hand, page) {
  await hand.click(page.getByRole('link', { name: '2023-10' }));
  const parts = page.getByRole('navigation', { name: '本轮次的各项工作' });
  await hand.click(parts.getByRole('link', { name: '细则' }));
  await hand.click(page.getByRole('button', { name: '公布细则' }));
  await page.getByText(/已公布给各村/).waitFor();
  await hand.click(parts.getByRole('link', { name: '编组' }));
  await hand.click(page.getByRole('button', { name: '编组和抽调' }));
  const list = page.getByRole('combobox', { name: '成员' }); // one group, as the template asks for
  await list.waitFor();
  for (const who of ['一', '二', '三', '四', '五', '六']) {
    await hand.choose(list, await list.locator('option', { hasText: new RegExp(`^评比小组成员${who} `) }).innerText());
  }
  await stage.picture(page, 'rounds-panels-blank');
  await hand.click(page.getByRole('button', { name: '保存编组' }));
  await page.getByText('编组已保存').waitFor();
  await hand.click(parts.getByRole('link', { name: '进度' }));
  await hand.fill(page.getByLabel('发文字号'), '晴委办〔2023〕21号');
  await hand.fill(page.getByLabel('地点'), '晴禾乡政府');
  await hand.click(page.getByRole('button', { name: '发布书面通知' }));
  await page.getByRole('heading', { name: '下一步：开评' }).waitFor();
  await stage.today('2023-10-30');
  await page.reload();
  await hand.click(page.getByRole('button', { name: '开评', exact: true }));
  await page.getByText('评分中', { exact: true }).first().waitFor();
  await page.getByRole('heading', { name: /下一步：关闭/ }).waitFor();
  await stage.picture(page, 'rounds-opened');
}
