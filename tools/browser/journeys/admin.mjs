// The administrator of a township: who is here, who may do what and why, a role
// of the township's own, an invitation up to the first sign-in, a lost phone,
// the audit, and a name that is erased.
import assert from 'node:assert/strict';
import { County } from '../county.mjs';
import { codeOf, dialog, join, plainWords, read, row, says, shownOnce, sure, tab } from '../office.mjs';

const first = 'Qinghe-2023-first', second = 'Qinghe-2023-second';

const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

export default async function admin(stage) {
  await stage.today('2023-10-12', '09:30');
  const page = await stage.signIn('A1');
  await users(stage, page);
  await grants(stage, page);
  await roles(stage, page);
  const r9 = await invitations(stage, page);
  // A role counts from the moment its invitation is accepted, by the machine's clock.
  await stage.today(tomorrow, '09:30');
  const theirs = await own(stage, r9);
  await lost(stage, page, theirs, r9);
  await audit(stage, page);
  await erasure(stage, page);
}

// An account: a password that is too short is refused with what was typed kept.
async function users(stage, page) {
  await stage.menu(page, '账号与权限');
  await page.getByRole('heading', { level: 1, name: '账号' }).waitFor();
  await row(page, 'c1@demo').first().waitFor();
  await stage.picture(page, 'admin-users');
  await stage.click(page.getByRole('button', { name: '新建账号' }));
  const d = dialog(stage, page, '新建账号');
  await d.fill('账号', 'n1@demo');
  await d.fill('初始密码', 'short');
  await d.refused('新建账号', '10');
  assert.equal(await d.box.getByLabel('账号').inputValue(), 'n1@demo');
  await d.fill('初始密码', first);
  await d.done('新建账号');
  await page.getByRole('status').filter({ hasText: '账号 n1@demo 已建立' }).waitFor();
  await page.getByRole('searchbox', { name: '查找账号开头或姓名' }).fill('n1');
  await stage.click(page.getByRole('button', { name: '查找', exact: true }));
  await row(page, 'c1@demo').waitFor({ state: 'detached' });
  await row(page, 'n1@demo').waitFor();
}

// A role for some days of the tenant's own calendar; who can do what, and why.
async function grants(stage, page) {
  await tab(stage, page, '授权');
  await stage.click(page.getByRole('button', { name: '授予角色' }));
  const d = dialog(stage, page, '授予角色');
  await d.fill('账号', 'nobody@demo');
  await d.box.getByRole('combobox', { name: '角色', exact: true }).selectOption({ label: '复核人' });
  await d.box.getByLabel('至哪一天止（含当天）').fill('2023-10-31');
  await d.refused('授予角色', /邀请/);
  await d.fill('账号', 'n1@demo');
  await d.done('授予角色');
  await page.getByRole('searchbox', { name: '查找账号、姓名、角色或单位' }).fill('n1@demo');
  await row(page, 'n1@demo').filter({ hasText: '2023-10-31（含当天）' }).waitFor();
  await stage.click(page.getByText('谁可以做什么，为什么'));
  const asks = page.locator('details').filter({ hasText: '谁可以做什么' });
  await asks.getByLabel('做什么').selectOption({ label: '审定发布成绩' });
  await stage.click(asks.getByRole('button', { name: '查询' }));
  await asks.getByRole('status').filter({ hasText: 'a1@demo 审定人一：在晴禾乡担任“审定人（组长、书记）”' }).waitFor();
  await stage.picture(page, 'admin-who-can');
  const who = asks.getByRole('combobox', { name: '谁', exact: true });
  await who.selectOption(await value(who, 'n1@demo'));
  await stage.click(asks.getByRole('button', { name: '查询' }));
  await says(asks, 'n1@demo 目前不能在这里做这件事');
  await asks.getByLabel('做什么').selectOption({ label: '复核评分' });
  await stage.click(asks.getByRole('button', { name: '查询' }));
  await asks.getByRole('status').filter({ hasText: 'n1@demo：在晴禾乡担任“复核人”，至 2023-10-31（含当天）' }).waitFor();
  await stage.click(asks.locator('summary'));
  await sure(stage, page, '收回：n1@demo 复核人');
  await says(page, '没有符合条件的授权');
  await stage.click(page.getByLabel('显示已收回的'));
  await row(page, 'n1@demo').filter({ hasText: '已收回' }).waitFor();
  await page.getByRole('searchbox', { name: '查找账号、姓名、角色或单位' }).fill('');
  await stage.look(page, 'admin-grants');
}

const value = (select, text) => select.locator('option').filter({ hasText: text }).first().getAttribute('value');

// A role of the township's own, which somebody else changes while it is open here.
async function roles(stage, page) {
  await tab(stage, page, '角色');
  await stage.click(page.getByRole('button', { name: '设立角色' }));
  let d = dialog(stage, page, '设立角色');
  await d.fill('标识', 'archivist');
  await d.fill('中文名称', '档案员');
  await d.box.getByLabel('查找权限').fill('观摩');
  await stage.click(d.box.getByRole('checkbox', { name: '查看观摩和督查记录' }));
  await d.refused('确认', 'own-');
  await d.leave();
  await stage.click(page.getByRole('button', { name: '设立角色' }));
  await says(d.box, '已找回上次未保存的填写内容');
  await d.fill('标识', 'own-archivist');
  await d.done('确认');
  await stage.click(page.getByRole('button', { name: '修改：档案员' }));
  d = dialog(stage, page, '修改：档案员');
  await new County(stage).act('A2', 'roleChange', 'RoleChangeInput', { key: 'own-archivist', revision: 1, nameZh: '档案管理员', permissions: ['visit:read', 'issue:read'] }, 'role { key }');
  await d.box.getByLabel('英文名称（可留空）').fill('Archivist');
  await d.press('确认');
  const either = dialog(stage, page, /^修改：档案/);
  await either.box.getByText('您打开后，别人已修改这个角色').waitFor();
  assert.equal(await either.box.getByLabel('英文名称（可留空）').inputValue(), 'Archivist');
  await says(either.box, '现为“档案管理员”');
  await stage.picture(page, 'admin-role-changed');
  await stage.click(either.box.getByRole('button', { name: '改用最新内容' }));
  await either.box.getByLabel('英文名称（可留空）').fill('Archivist');
  await either.done('确认');
  await sure(stage, page, '停用：档案管理员');
  await page.getByRole('article').filter({ hasText: '档案管理员' }).getByText('已停用').waitFor();
  await plainWords(page);
  await stage.look(page, 'admin-roles');
}

// An invitation is a link that is shown once; another one is taken back.
async function invitations(stage, page) {
  await tab(stage, page, '邀请');
  const invite = async (name) => {
    await stage.click(page.getByRole('button', { name: '发出邀请' }));
    const d = dialog(stage, page, '发出邀请');
    await d.fill('受邀人姓名', name);
    await d.box.getByRole('combobox', { name: '角色', exact: true }).selectOption({ label: '复核人' });
    await d.done('发出邀请');
    await row(page, name).filter({ hasText: '待接受' }).waitFor();
    return shownOnce(page, '邀请链接');
  };
  await invite('来不了的人');
  await sure(stage, page, '撤回：来不了的人 复核人');
  await row(page, '已撤回').filter({ hasText: '邀请已结束，不再保留姓名' }).waitFor();
  const link = await invite('新任复核人');
  await stage.look(page, 'admin-invitations');
  const who = await join(stage, link, 'r9@demo', first);
  await page.reload();
  await row(page, '新任复核人').filter({ hasText: '已接受' }).waitFor();
  assert.ok(!(await page.locator('main').innerText()).includes('leitai_inv_'), 'the link is shown once');
  return who;
}

// The own account: password, second factor, sessions.
async function own(stage, who) {
  const page = await stage.signIn(who);
  await stage.click(page.getByRole('button', { name: /账号|本人|我/ }).first());
  await stage.click(page.getByRole('link', { name: '账号与安全' }));
  const changes = section(page, '修改密码');
  await changes.getByLabel('当前密码').fill('not-the-password');
  await changes.getByLabel('新密码').fill(second);
  await changes.getByLabel('再输入一次').fill(second);
  await stage.click(changes.getByRole('button', { name: '修改密码' }));
  await changes.getByRole('alert').waitFor();
  await changes.getByLabel('当前密码').fill(who.password);
  await stage.click(changes.getByRole('button', { name: '修改密码' }));
  await changes.getByText('密码已修改').waitFor();
  who.password = second;
  const factor = section(page, '两步验证');
  await factor.getByLabel('当前密码').fill(second);
  await stage.click(factor.getByRole('button', { name: '启用两步验证' }));
  await factor.getByRole('img', { name: '两步验证二维码' }).waitFor();
  who.secret = (await factor.locator('p code').innerText()).trim();
  await factor.getByLabel('验证码').fill('000000');
  await stage.click(factor.getByRole('button', { name: '确认启用' }));
  await factor.getByRole('alert').waitFor();
  who.used = codeOf(who.secret);
  await factor.getByLabel('验证码').fill(who.used);
  await stage.click(factor.getByRole('button', { name: '确认启用' }));
  await factor.getByText('恢复码').first().waitFor();
  await factor.getByText('已启用').waitFor();
  return page;
}

const section = (page, name) => page.locator('section.card').filter({ has: page.getByRole('heading', { name, exact: true }) });

// The phone is lost: the administrator resets the second factor; every session of theirs ends.
async function lost(stage, page, theirs, who) {
  const other = await (await stage.fresh()).newPage();
  await signInHere(other, who);
  await other.getByLabel(/验证码/).fill(who.used);
  await other.keyboard.press('Enter');
  await other.getByRole('alert').waitFor(); // a code counts once
  await other.getByLabel(/验证码/).fill(codeOf(who.secret, 1));
  await other.keyboard.press('Enter');
  await other.locator('main#main h1').first().waitFor();
  await theirs.reload();
  const sessions = section(theirs, '登录设备');
  await stage.click(sessions.getByRole('button', { name: /^退出该设备：Chrome/ }).first());
  await sessions.getByText('没有其他登录').waitFor();
  await stage.picture(theirs, 'own-account');
  await other.reload();
  await other.getByLabel('账号', { exact: true }).waitFor();
  await other.context().close();
  await tab(stage, page, '账号');
  await sure(stage, page, '重置两步验证：r9@demo');
  await page.getByRole('status').filter({ hasText: 'r9@demo 的两步验证已重置' }).waitFor();
  await theirs.reload();
  await theirs.getByLabel('账号', { exact: true }).waitFor();
  await signInHere(theirs, who);
  await theirs.locator('main#main h1').first().waitFor();
  await states(stage, page, theirs, who);
}

// Disabled, enabled, another password: each ends what was open.
async function states(stage, page, theirs, who) {
  await sure(stage, page, '停用：r9@demo', { reason: '借调到外单位' });
  await row(page, 'r9@demo').getByText('停用', { exact: true }).first().waitFor();
  await theirs.reload();
  await signInHere(theirs, who);
  await theirs.getByRole('alert').waitFor();
  await sure(stage, page, '启用：r9@demo', { reason: '借调结束' });
  await stage.click(page.getByRole('button', { name: '重设密码：r9@demo' }));
  const d = dialog(stage, page, '重设密码：r9@demo');
  await d.fill('新密码', first);
  await d.done('重设密码');
  await page.getByRole('status').filter({ hasText: 'r9@demo 的密码已重设' }).waitFor();
  await signInHere(theirs, { ...who, password: first });
  await theirs.locator('main#main h1').first().waitFor();
  await theirs.context().close();
}

async function signInHere(page, who) {
  if (!page.url().includes('/console/signin')) await page.goto('/console/signin');
  await page.getByLabel('账号', { exact: true }).fill(who.login);
  await page.getByLabel('密码').fill(who.password);
  await page.getByRole('button', { name: '登录' }).click();
}

// Who did what, and that nothing of it was changed.
async function audit(stage, page) {
  await tab(stage, page, '审计');
  await stage.click(page.getByRole('button', { name: '检验完整性' }));
  await page.getByRole('status').filter({ hasText: /检验通过：\d+ 条记录完整/ }).waitFor();
  await page.getByRole('combobox', { name: '操作', exact: true }).selectOption({ label: '停用账号' });
  await page.getByLabel('起', { exact: true }).fill(tomorrow);
  await page.getByLabel('止', { exact: true }).fill(tomorrow);
  await stage.click(page.getByRole('button', { name: '筛选' }));
  const line = row(page, '停用账号').filter({ hasText: '借调到外单位' });
  await line.filter({ hasText: '审定人一' }).waitFor();
  await page.locator('tbody tr').nth(1).waitFor({ state: 'detached' }); // nothing else is what was asked for
  await page.getByRole('combobox', { name: '操作', exact: true }).selectOption({ label: '审定发布成绩' });
  await page.getByLabel('起', { exact: true }).fill('');
  await page.getByLabel('止', { exact: true }).fill('');
  await stage.click(page.getByRole('button', { name: '筛选' }));
  await row(page, '状态：公示中 → 已通报').first().waitFor();
  await plainWords(page);
  await page.getByRole('combobox', { name: '操作', exact: true }).selectOption('');
  await stage.click(page.getByRole('button', { name: '筛选' }));
  await row(page, '由他人重设').first().waitFor();
  await stage.picture(page, 'admin-audit');
}

// A name goes only when nothing is left to hand over, and after a look at what goes.
async function erasure(stage, page) {
  await tab(stage, page, '删除姓名');
  const who = page.getByRole('combobox', { name: '人员', exact: true });
  await who.selectOption(await value(who, '村党组织书记一，'));
  await page.getByRole('alert').filter({ hasText: '须先交接' }).waitFor();
  await stage.look(page, 'admin-erasure');
  await who.selectOption(await value(who, '新任复核人'));
  await read(page);
  await page.getByRole('heading', { name: '将删除' }).waitFor();
  await page.getByRole('button', { name: /^删除姓名：/ }).waitFor();
  await stage.click(page.getByRole('button', { name: '删除姓名：新任复核人' }));
  const d = dialog(stage, page, '删除姓名：新任复核人');
  await d.fill('理由', '本人书面申请');
  await d.done('删除姓名');
  await page.getByRole('status').filter({ hasText: '今后只显示代号' }).waitFor();
}
