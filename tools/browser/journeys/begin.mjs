// A township opens: it applies on the sign-in page, the county approves, and the
// guide leads to the first template: villages of the table, adoption, people out
// of a spreadsheet with its errors mended in their cells, a preset, a file out
// and in again, two people at one template, and a session that ends meanwhile.
import assert from 'node:assert/strict';

const login = 'jixi-admin';
const password = 'Jixi-2023-qiuri';

export default async function begin(stage) {
  await applied(stage);
  await approved(stage);
  const page = await stage.signIn({ login, password });
  await guide(stage, page);
  await classes(stage, page);
  await people(stage, page);
  const file = await template(stage, page);
  await returned(stage, page, file);
  await together(stage, page);
  await ended(stage, page);
}

async function applied(stage) {
  const page = await (await stage.fresh()).newPage();
  await page.goto('/console/signin');
  await page.getByRole('button', { name: '申请开通' }).click();
  await page.getByLabel('乡镇（街道）').selectOption({ label: '霁溪镇' });
  for (const [label, text] of [['申请人姓名', '开通人员'], ['所在办公室', '党政办'], ['联系电话', '0000-1234567'], ['想用的账号', login], ['密码', '短']]) await page.getByLabel(label).fill(text);
  await page.getByRole('button', { name: '提交申请' }).click();
  await page.getByRole('alert').first().waitFor();
  assert.equal(await page.getByLabel('申请人姓名').inputValue(), '开通人员', 'what was typed is lost');
  await stage.picture(page, 'signin-apply');
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '提交申请' }).click();
  const receipt = await page.locator('code.receipt').innerText();
  await page.getByLabel('回执码').fill(receipt);
  await page.getByRole('button', { name: '查审批结果' }).click();
  await page.getByText('霁溪镇的申请正在等待审批。').waitFor();
  await page.context().close();
}

async function approved(stage) {
  const page = await stage.signIn('county-admin');
  await page.goto('/console/admin/relations');
  await page.getByRole('button', { name: /霁溪镇/ }).first().click();
  const asked = page.getByRole('dialog');
  await asked.locator('button[type=submit], .ant-btn-primary').last().click();
  await asked.waitFor({ state: 'hidden' });
  await page.context().close();
}

// What the guide does in place: villages of the table, and the adoption both sides agree to.
async function guide(stage, page) {
  await page.goto('/console/setup');
  await page.getByText('已完成 0 步').waitFor();
  await page.getByLabel('晨麦村').uncheck();
  await page.getByText('24 个村（社区）中 23 个参评').waitFor();
  await page.getByRole('button', { name: '确认参评名单' }).click();
  await page.getByText('已完成 1 步').waitFor();
  await page.getByRole('button', { name: '同意归口到岚禾县' }).click();
  await page.getByText('已完成 2 步').waitFor();
  await stage.picture(page, 'setup-guide');
}

// Classes make tracks: most villages at once, one by itself.
async function classes(stage, page) {
  await page.goto('/console/people/classes');
  await page.getByRole('button', { name: '新设分类' }).click();
  const asked = page.getByRole('dialog');
  await asked.getByLabel('分类名称').fill('村庄类型');
  await asked.getByLabel('各类名称').fill('示范村、创优村');
  await asked.getByRole('button', { name: /确\s*认/ }).click();
  await page.getByLabel('星穗村 类别').selectOption({ label: '示范村' });
  await page.getByLabel('23 个还没有定类，都先设为').selectOption({ label: '创优村' });
  await stage.picture(page, 'people-classes');
  await page.getByRole('button', { name: '保存定类' }).click();
  await page.getByRole('button', { name: '保存定类', disabled: true }).waitFor();
  await page.reload();
  await page.getByLabel('星穗村 类别').waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll('.classed select')].every((s) => s.value !== ''));
}

// A block of a spreadsheet: wrong cells are told at their place and mended there; until then nobody is taken in.
async function people(stage, page) {
  await page.goto('/console/people/import');
  await page.getByLabel(/粘贴到这里/).fill('姓名\t岗位\t单位代码\t任职时间\n甲联村\t联村领导\t星穗村\t2023-01-01\n乙评委\t乡镇干部甲\t990101101\t2023-13-45\n丙评委\t乡镇（街道）干部\t990101101\t2023-01-01\n');
  await page.getByRole('button', { name: '读入粘贴的内容' }).click();
  await page.getByRole('button', { name: /检\s*查$/ }).click();
  await page.locator('td.wrong-cell').first().waitFor();
  assert.ok(await page.getByRole('button', { name: /导\s*入$/ }).isDisabled(), 'a table with errors could be taken in');
  await stage.picture(page, 'people-import');
  for (let turn = 0; turn < 3 && await page.locator('td.wrong-cell').count() > 0; turn++) {
    for (const [cell, text] of [[/^B3 /, '乡镇（街道）干部'], [/^D3 /, '2023-01-01']]) await page.getByLabel(cell).fill(text);
    await page.getByRole('button', { name: /检\s*查$/ }).click();
    await page.getByText(/没有错误，可以导入|处错误/).first().waitFor();
  }
  await page.getByText('没有错误，可以导入。').waitFor();
  await page.getByRole('button', { name: /导\s*入$/ }).click();
  await page.getByText('已导入 3 条任职。').waitFor();
  await page.getByRole('link', { name: '查看花名册' }).click();
  await page.getByRole('rowheader', { name: '乙评委' }).waitFor();
  await stage.picture(page, 'people-roster');
}

// A preset of the library is a draft of one's own; what is written leaves as a file.
async function template(stage, page) {
  await page.goto('/console/templates');
  await page.getByRole('button', { name: '选用 擂台比武月评比', exact: true }).click();
  await page.getByText('没有错误，可以保存。').waitFor();
  await stage.picture(page, 'templates-preset');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 YAML' }).click()]);
  return file.path();
}

// The file comes in again as a draft; a file that is none says so and changes nothing.
async function returned(stage, page, file) {
  const { readFile } = await import('node:fs/promises');
  const yaml = (await readFile(file, 'utf8')).replace(/^key: .*$/m, 'key: our-arena');
  const take = (name, text) => page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) });
  await take('broken.json', '{"key":');
  await page.getByText('读不出这个文件。').waitFor();
  await page.goto('/console/templates');
  await page.getByRole('heading', { name: '模板库' }).waitFor();
  await take('broken.yaml', 'key: [1, 2');
  await page.getByRole('alert').first().waitFor();
  await take('our-arena.yaml', yaml);
  await page.waitForURL(/templates\/(?!new)[^/]+$/);
  await page.getByText('没有错误，可以保存。').waitFor();
}

const part = (page, name) => page.getByRole('navigation', { name: '评比模板' }).getByRole('link', { name }).click();

// Two people at one template: the second is told what the first changed, and puts both together.
async function together(stage, page) {
  const other = await stage.signIn({ login, password });
  await other.goto(page.url());
  await part(other, '分制与渠道');
  await other.getByLabel('权重（合计 100）').nth(0).fill('45');
  await other.getByLabel('权重（合计 100）').nth(1).fill('55');
  await page.getByLabel('名称', { exact: true }).first().fill('霁溪镇月评比');
  await page.getByRole('button', { name: '保存草稿' }).click();
  await page.getByText('✓ 已全部保存').waitFor();
  await other.getByRole('button', { name: '保存草稿' }).click();
  await other.getByText('这个模板刚被别人改过。您填写的内容还在本页。').waitFor();
  await other.getByText(/对方把“名称”由“.*”改为“霁溪镇月评比”/).waitFor();
  assert.equal(await other.getByLabel('权重（合计 100）').nth(0).inputValue(), '45', 'what was typed is lost');
  await stage.picture(other, 'templates-conflict');
  await other.getByRole('button', { name: '合并双方的修改' }).click();
  await other.getByRole('button', { name: '保存草稿' }).click();
  await other.getByText('✓ 已全部保存').waitFor();
  await page.reload();
  await part(page, '分制与渠道');
  assert.equal(await page.getByLabel('权重（合计 100）').nth(0).inputValue(), '45');
  await page.getByRole('heading', { level: 1, name: /霁溪镇月评比/ }).waitFor();
  await other.context().close();
}

// The session ends while somebody types: signing in leads back to the page, and what was typed is there.
async function ended(stage, page) {
  await page.getByLabel('评分步长').first().fill('0.1');
  const tab = await page.context().newPage();
  await tab.goto('/console/');
  await tab.getByRole('button', { name: '账号与设置' }).click();
  await tab.getByRole('button', { name: '退出登录' }).click();
  await tab.getByLabel('密码').waitFor();
  await tab.close();
  await page.getByLabel('评分步长').first().fill('0.25');
  await page.getByLabel('密码').waitFor();
  await page.getByLabel('账号').fill(login);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByText('上次没有保存的内容已经恢复。').waitFor();
  assert.equal(await page.getByLabel('评分步长').first().inputValue(), '0.25', 'what was typed is lost');
  await page.getByRole('button', { name: '保存草稿' }).click();
  await page.getByText('✓ 已全部保存').waitFor();
}
