// What programs may read and are told: tokens, an account of a department's
// system, an app of a third party, messages to another system; then the data
// that a township takes along, and its wish to leave.
import assert from 'node:assert/strict';
import { dialog, plainWords, row, says, shownOnce, sure, tab } from '../office.mjs';

export default async function programs(stage) {
  await stage.today('2023-10-12', '09:30');
  const page = await stage.signIn('A1');
  await stage.menu(page, '账号与权限');
  await services(stage, page);
  await tokens(stage, page);
  await apps(stage, page);
  await webhooks(stage, page);
  await leaving(stage, page);
}

// An account for a system of the county: made, reviewed; its token comes next.
async function services(stage, page) {
  await tab(stage, page, '服务账号');
  await stage.click(page.getByRole('button', { name: '新建服务账号' }));
  const d = dialog(stage, page, '新建服务账号');
  await d.fill('名称', '县农业农村数据平台');
  await d.fill('负责部门', '县农业农村局');
  await d.fill('用途', '汇总人居环境整治成绩');
  await d.done('新建服务账号');
  await sure(stage, page, '复核：县农业农村数据平台');
  await stage.look(page, 'admin-services');
}

// Shown once; a token that writes waits for a second person; revoked, it reads nothing.
async function tokens(stage, page) {
  await tab(stage, page, '令牌');
  const make = async (at, name, more) => {
    await stage.click(at.getByRole('button', { name: '新建令牌' }));
    const d = dialog(stage, at, '新建令牌');
    await d.fill('用途', name);
    await more(d);
    await d.done('新建令牌');
    await row(at, name).waitFor();
    return shownOnce(at, '令牌');
  };
  const secret = await make(page, '县平台取数', async (d) => {
    await d.fill('有效天数', '400');
    await d.refused('新建令牌', '365');
    await d.fill('有效天数', '90');
    await d.box.getByRole('combobox', { name: '给谁用' }).selectOption({ label: '服务账号 县农业农村数据平台' });
    await d.box.getByLabel('查找权限').fill('已发布的成绩');
    await stage.click(d.box.getByRole('checkbox', { name: '查看已发布的成绩' }));
  });
  await stage.picture(page, 'admin-token');
  assert.equal(await reads(stage, secret), 200);
  const clerk = await stage.signIn('C1');
  await stage.menu(clerk, '账号与权限');
  await tab(stage, clerk, '令牌');
  await make(clerk, '批量报送', (d) => stage.click(d.box.getByLabel(/需要写入/)));
  await row(clerk, '批量报送').getByText('只读', { exact: true }).waitFor();
  assert.equal(await clerk.getByRole('button', { name: '批准写入：批量报送' }).count(), 0, 'nobody approves the own token');
  await page.reload();
  await stage.click(page.getByLabel('显示本单位全部令牌'));
  await sure(stage, page, '批准写入：批量报送');
  await row(page, '批量报送').getByText('可写入', { exact: true }).waitFor();
  assert.ok(!(await page.locator('main').innerText()).includes(secret), 'a secret is shown once');
  await clerk.context().close();
  await row(page, '县平台取数').getByText(/查看已发布的成绩/).waitFor();
  await sure(stage, page, '撤销：批量报送');
  await plainWords(page);
  await stage.look(page, 'admin-tokens');
  await tab(stage, page, '服务账号');
  await sure(stage, page, '停用：县农业农村数据平台');
  await row(page, '县农业农村数据平台').getByText(/已停用/).waitFor();
  assert.equal(await reads(stage, secret), 401);
}

// What a program is answered that comes with a token.
const reads = async (stage, token) => (await fetch(`${stage.url}/graphql`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: '{"query":"{ tenant { name } }"}' })).status;

// The county registers an app, a township consents and takes it back.
async function apps(stage, page) {
  const county = await stage.signIn('CA1');
  await stage.menu(county, '账号与权限');
  await tab(stage, county, '第三方应用');
  await stage.click(county.getByRole('button', { name: '登记应用' }));
  let d = dialog(stage, county, '登记应用');
  await d.fill('名称', '岚禾看板');
  await d.fill('运营单位', '县大数据中心');
  await d.fill('联系方式', '0999-7654321');
  await d.fill('用途', '在县政务大屏显示通报');
  await d.fill('网页来源', 'http://kanban.example.org');
  await d.refused('登记应用', /https/);
  await d.fill('网页来源', 'https://kanban.example.org');
  await d.done('登记应用');
  await shownOnce(county, '应用密钥');
  await stage.click(county.getByRole('button', { name: '网页来源：岚禾看板' }));
  d = dialog(stage, county, '网页来源：岚禾看板');
  await d.fill('网页来源', 'https://screen.example.org');
  await d.done('确认');
  await county.getByRole('article').filter({ hasText: 'https://screen.example.org' }).waitFor();
  await sure(stage, county, '更换密钥：岚禾看板');
  await tab(stage, page, '第三方应用');
  await stage.click(page.getByRole('button', { name: '同意读取：岚禾看板' }));
  await dialog(stage, page, '同意读取：岚禾看板').done('同意读取');
  await says(page, '应用以单位标识 990101201 读取');
  await plainWords(page);
  await stage.look(page, 'admin-apps');
  await sure(stage, page, '撤回同意：岚禾看板', { reason: '大屏暂停使用' });
  await says(page, '大屏暂停使用');
  await sure(stage, county, '停用：岚禾看板');
  await county.getByRole('article').filter({ hasText: '岚禾看板' }).getByText('已停用', { exact: true }).waitFor();
  await county.context().close();
}

// Nothing inside of the office's own network is ever told; a test shows in the log.
async function webhooks(stage, page) {
  await tab(stage, page, '消息推送');
  await stage.click(page.getByRole('button', { name: '新建推送' }));
  let d = dialog(stage, page, '新建推送');
  await d.fill('名称', '乡政务群');
  await d.box.getByLabel('接收地址（https）').fill('https://127.0.0.1/hook');
  assert.ok(await d.box.getByRole('button', { name: '确认' }).isDisabled(), 'nothing is told that nobody chose');
  await stage.click(d.box.getByLabel('全选'));
  await d.refused('确认', /内部网络/);
  await d.box.getByLabel('接收地址（https）').fill('https://hooks.example.invalid/leitai');
  await d.refused('确认', /找不到该地址的主机/);
  await d.box.getByLabel('接收地址（https）').fill('https://11.0.0.1/leitai'); // nobody sends here: what is to be sent waits
  await d.done('确认');
  await shownOnce(page, '签名密钥');
  await stage.look(page, 'admin-webhooks');
  await sure(stage, page, '更换密钥：乡政务群');
  await stage.click(page.getByRole('button', { name: '修改：乡政务群' }));
  d = dialog(stage, page, '修改：乡政务群');
  await stage.click(d.box.getByLabel('启用', { exact: true }));
  await d.done('确认');
  const hook = page.getByRole('article').filter({ hasText: '乡政务群' });
  await hook.getByText('停用', { exact: true }).first().waitFor();
  await stage.click(page.getByRole('button', { name: '发送测试：乡政务群' }));
  await hook.getByRole('alert').last().waitFor(); // nothing is sent while it is switched off
  await stage.click(page.getByRole('button', { name: '修改：乡政务群' }));
  await stage.click(d.box.getByLabel('启用', { exact: true }));
  await d.done('确认');
  await stage.click(page.getByRole('button', { name: '发送测试：乡政务群' }));
  await row(page, '测试消息').filter({ hasText: '等待发送' }).waitFor();
  await stage.look(page, 'admin-webhook-log');
  await stage.click(page.getByRole('link', { name: '返回消息推送' }));
  await sure(stage, page, '删除：乡政务群');
  await says(page, '还没有消息推送');
}

// Everything can be taken along; the end is asked for by one and confirmed by another.
async function leaving(stage, page) {
  await tab(stage, page, '数据与注销');
  await sure(stage, page, '申请注销：本单位', { reason: '并入邻乡' });
  await says(page, '并入邻乡');
  await stage.click(page.getByRole('button', { name: '确认注销：本单位' }));
  const d = dialog(stage, page, '确认注销：本单位');
  await d.press('确认注销');
  await d.box.getByRole('alert').waitFor(); // nobody confirms their own wish
  await d.leave();
  await stage.look(page, 'admin-leaving');
  const other = await stage.signIn('A2');
  await stage.menu(other, '账号与权限');
  await tab(stage, other, '数据与注销');
  await sure(stage, other, '确认注销：本单位');
  await says(other, '本单位只读');
  await sure(stage, other, '撤回注销：本单位', { reason: '上级决定不合并' });
  await says(other, '没有注销申请');
  const [file] = await Promise.all([other.waitForEvent('download'), stage.click(other.getByRole('link', { name: '下载全部数据' }))]);
  assert.ok(file.url().endsWith('/tenant/export'));
  await file.cancel();
}
