// A trial from its beginning to its wiping: seconded cadres drawn by a seed that
// everybody can see, the order of speaking drawn by another, a figure entered and
// confirmed, taking a village out and in again, cancelling, and nothing left.
import assert from 'node:assert/strict';
import { leads, paste, part } from '../month.mjs';
import { ask } from '../october.mjs';

const name = '2023年试评演练';

export default async function trial(stage) {
  await template(stage);
  await stage.today('2023-10-23');
  const page = await stage.signIn('C1');
  await begin(stage, page);
  await prepare(stage, page);
  await stage.today('2023-10-30');
  await page.reload();
  await stage.click(page.getByRole('button', { name: '开评' }));
  await page.getByRole('heading', { name: '下一步：关闭评分' }).waitFor();
  await arena(stage, page);
  await figures(stage, page);
  await cancelled(stage, page);
  await wiped(stage, page);
}

// A template with a draw and an item by a formula, made by the leader before.
async function template(stage) {
  const { competitions } = await ask(stage, 'A1', '{ competitions(first: 20) { nodes { trial versions { template { export(format: YAML) } } } } }');
  const given = competitions.nodes.find((c) => !c.trial).versions.at(-1).template.export;
  const document = given.replace('key: monthly-arena', 'key: drawn-arena').replace('擂台比武月评比', '抽签演练').replace('groups: 3', 'groups: 1').replace('count: 4, choose: assigned', 'count: 2, choose: draw')
    .replace(/(key: stability[\s\S]*?kind: )points([\s\S]*?points: 15)/, "$1metric$2\n    formula: 'signed >= due ? 15 : 15 * signed / max(due, 1)'");
  const made = (await ask(stage, 'A1', 'mutation($in: TemplateCreateInput!) { templateCreate(input: $in) { template { id revision toConfirm } userErrors { field code message } } }', { in: { document } })).templateCreate.template;
  await ask(stage, 'A1', 'mutation($in: TemplateActivateInput!) { templateActivate(input: $in) { userErrors { field code message } } }', { in: { template: made.id, revision: made.revision, confirm: made.toConfirm } });
}

async function begin(stage, page) {
  await stage.menu(page, '擂台');
  await stage.click(page.getByRole('button', { name: '新建擂台' }).or(page.getByRole('link', { name: '新建擂台' })).first());
  await choose(page.getByLabel(/^评比模板/), '抽签演练');
  await page.getByLabel('名称').first().fill(name);
  await page.getByLabel(/^起始周期/).fill('2023-10');
  await page.getByLabel(/试评/).check();
  await page.getByLabel('发文字号').fill('晴委发〔2023〕10号');
  await page.getByLabel(/^标题|通知标题/).first().fill(`关于开展${name}的通知`);
  await stage.click(page.getByRole('button', { name: '新建擂台' }));
  await page.waitForURL((url) => /competitions\/(?!new)/.test(url.pathname));
  await stage.click(page.getByRole('button', { name: '编排轮次' }));
  await stage.click(page.getByRole('dialog').getByRole('button', { name: /编\s*排/ }));
  await page.getByText(/已编排 \d+ 轮/).waitFor();
}

// The draw: two of three by a seed said in public, which stands beside them.
async function prepare(stage, page) {
  await stage.menu(page, '轮次');
  const table = page.getByRole('table', { name: new RegExp(name) });
  await table.getByText('试评').first().waitFor();
  await stage.click(table.getByRole('link', { name: '2023-10' }));
  await leads(stage, page, /细则尚未/, '/rubric');
  await stage.click(page.getByRole('button', { name: '公布细则' }));
  await page.getByRole('button', { name: '撤回细则' }).waitFor();
  await stage.click(page.getByRole('button', { name: '撤回细则' }));
  await page.getByRole('alert').first().waitFor(); // not without a reason
  await part(stage, page, '编组');
  await stage.click(page.getByRole('button', { name: '编组和抽调' }));
  const group = page.getByRole('group', { name: '第 1 组' });
  for (const who of ['评比小组成员一', '评比小组成员二']) await choose(group.getByRole('combobox'), who);
  const drawn = page.getByRole('group', { name: /抽调驻村干部 2 名（抽签）/ });
  for (const who of ['驻村干部一 ', '驻村干部二 ', '驻村干部三 ']) await choose(drawn.getByRole('combobox'), who);
  await drawn.getByLabel('抽签种子').fill('霜降 2023');
  await stage.click(page.getByRole('button', { name: '保存编组' }));
  await page.getByText('抽签种子 霜降 2023').waitFor();
  assert.equal(await page.getByText('抽调·抽签').count(), 2);
  await page.getByText(/回避：/).waitFor();
  await stage.picture(page, 'rounds-draw');
  await part(stage, page, '进度');
  await page.getByLabel('发文字号').fill('演练〔2023〕1号');
  await page.getByLabel('地点').fill('乡政府三楼会议室');
  await stage.click(page.getByRole('button', { name: '发布书面通知' }));
  await page.getByRole('button', { name: '开评' }).waitFor();
}

async function choose(select, begins) {
  await select.selectOption(await select.locator('option').filter({ hasText: begins }).first().getAttribute('value'));
}

// The same seed gives the same order, whoever draws it again.
async function arena(stage, page) {
  await stage.click(page.getByRole('link', { name: '擂台现场' }));
  const order = () => page.getByRole('list').filter({ has: page.getByRole('button', { name: /^请 .* 发言$/ }) }).getByRole('button', { name: /^请/ }).allInnerTexts();
  const draw = async (seed) => {
    await page.getByLabel('抽签种子').fill(seed);
    await stage.click(page.getByRole('button', { name: '抽签排序' }));
    await page.getByText(`按种子“${seed}”抽签`).waitFor();
    await page.waitForFunction((last) => document.querySelector('.arena-list')?.textContent !== last, await drawnBefore);
    return order();
  };
  const drawnBefore = page.locator('.arena-list').first().textContent();
  const first = await draw('立冬');
  assert.equal(first.length, 12);
  await stage.click(page.getByRole('button', { name: '恢复名册顺序' }));
  await page.getByText('按种子“立冬”抽签').waitFor({ state: 'detached' });
  assert.deepEqual(await draw('立冬'), first);
  await stage.click(page.getByRole('button', { name: '开始' }));
  await stage.click(page.getByRole('button', { name: /^下一位/ }));
  await page.getByText('正在发言 2/12').waitFor();
  await stage.picture(page, 'rounds-arena');
  await stage.click(page.getByRole('link', { name: '回到本轮次' }));
}

// A column of figures with a text in it; entered by one, confirmed by another.
async function figures(stage, page) {
  await part(stage, page, '数据');
  const need = page.getByRole('region', { name: /signed/ });
  await paste(page, need.getByRole('textbox', { name: /^晨穗村/ }), [['28'], ['待报'], ['30']]);
  await need.getByText('1 个格子不是数字').waitFor();
  await need.getByLabel(/^数据来源/).fill('综治中心 10 月报表');
  await stage.click(need.getByRole('button', { name: '保存 2 条' }));
  await need.getByText('已保存 2 条').waitFor();
  assert.equal(await need.getByRole('textbox', { name: /^星麦村/ }).inputValue(), '待报');
  await stage.picture(page, 'rounds-figures');
  await stage.click(page.getByLabel('选择全部待复核'));
  await stage.click(page.getByRole('button', { name: '确认 2 条' }));
  await page.getByText(/不能复核自己录入的数据.*2 条/).waitFor();
  const other = await stage.signIn('R1');
  await stage.click(other.getByRole('article').filter({ hasText: '待复核的数据' }).getByRole('link', { name: /去办理/ }));
  await stage.click(other.getByLabel(/^选择 禾月村/));
  await stage.click(other.getByRole('button', { name: '退回 1 条' }));
  await other.getByLabel('退回原因').fill('与报表不符');
  await stage.click(other.getByRole('dialog').getByRole('button', { name: '退回 1 条' }));
  await other.getByText('已办理 1 条').waitFor();
  await stage.click(other.getByLabel('选择全部待复核'));
  await stage.click(other.getByRole('button', { name: '确认 1 条' }));
  await other.getByRole('row', { name: /晨穗村.*已确认/ }).waitFor();
  await other.context().close();
}

async function cancelled(stage, page) {
  await part(stage, page, '签收与缺项');
  for (const [button, reason] of [['穗心社区 未参评', '书面请假'], ['穗心社区 恢复参评', '已经到会']]) {
    await stage.click(page.getByRole('button', { name: button }));
    await page.getByLabel('原因').fill(reason);
    await stage.click(page.getByRole('dialog').getByRole('button', { name: '确认' }));
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  await part(stage, page, '进度');
  await stage.click(page.getByText('主题、重新开放与取消'));
  await page.getByLabel('取消本轮次：原因').fill('演练到此为止');
  await stage.click(page.getByRole('button', { name: '取消本轮次' }));
  await page.getByText('本轮次已取消。原因：演练到此为止').waitFor();
}

// One key wipes it; the competition that counts is as it was.
async function wiped(stage, page) {
  await stage.menu(page, '擂台');
  await stage.click(page.getByRole('link', { name: new RegExp(name) }));
  await stage.click(page.getByRole('button', { name: '清除试评' }));
  await stage.click(page.getByRole('dialog').getByRole('button', { name: '清除试评' }));
  await page.waitForURL((url) => url.pathname.endsWith('/competitions'));
  await stage.menu(page, '轮次');
  await page.getByRole('table', { name: /月评比/ }).first().waitFor();
  assert.equal(await page.getByText(name).count(), 0);
}
