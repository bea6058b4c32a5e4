// Who runs the platform, and the county above the townships: plans, a tenant
// held back and what its people read then, applications decided, a look by
// emergency access that two open and the township ends.
import assert from 'node:assert/strict';
import { dialog, enrol, join, plainWords, row, says, shownOnce, sure, tab } from '../office.mjs';

const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

export default async function platform(stage) {
  await stage.today('2023-10-12', '09:30');
  const page = await enrol(stage, stage.person('OP1'));
  const two = await colleague(stage, page);
  await county(stage);
  await plans(stage, page);
  await held(stage, page);
  await glass(stage, page, two);
}

// The second operator is invited, as everybody else.
async function colleague(stage, page) {
  await stage.menu(page, '账号与权限');
  await tab(stage, page, '邀请');
  await stage.click(page.getByRole('button', { name: '发出邀请' }));
  const d = dialog(stage, page, '发出邀请');
  await d.fill('受邀人姓名', '平台运维二');
  await d.box.getByRole('combobox', { name: '角色', exact: true }).selectOption({ label: '平台运维' });
  await d.done('发出邀请');
  return join(stage, await shownOnce(page, '邀请链接'), 'op2@demo', 'Platform-2023-two');
}

// Two townships apply; the county opens one, refuses the other, and opens a third by itself.
async function county(stage) {
  const receipts = [await apply(stage, '990101101', '霁溪镇'), await apply(stage, '990101102', '葭川镇')];
  const page = await stage.signIn('CA1');
  await stage.menu(page, '下级单位');
  await says(page, '霁溪镇');
  await stage.look(page, 'admin-relations');
  await stage.click(page.getByRole('button', { name: '同意开通：霁溪镇' }));
  await dialog(stage, page, '同意开通：霁溪镇').done('同意开通');
  await sure(stage, page, '不同意：葭川镇', { reason: '请先完成村级换届' });
  await says(page, '没有待办的开通申请');
  assert.deepEqual(await Promise.all(receipts.map((r) => state(stage, r))), ['approved', 'refused']);
  await stage.click(page.getByRole('button', { name: '开通下级单位' }));
  const d = dialog(stage, page, '开通下级单位');
  const unit = d.box.getByRole('combobox', { name: '开通哪个单位' });
  await unit.selectOption({ label: '荻汀街道' });
  await d.fill('管理员姓名', '街道书记');
  await d.fill('首位管理员账号', 'a1@demo');
  await d.fill('初始密码', 'Diting-2023-first');
  await d.refused('开通下级单位', /已/);
  await d.fill('首位管理员账号', 'dt1@demo');
  await d.done('开通下级单位');
  await page.getByRole('status').filter({ hasText: '荻汀街道 已开通' }).waitFor();
  await page.getByRole('combobox', { name: '与哪个单位建立关系' }).selectOption({ label: '荻汀街道' });
  await stage.click(page.getByRole('button', { name: '同意纳管', exact: true }));
  await row(page, '荻汀街道').filter({ hasText: '等待对方同意' }).waitFor();
  await sure(stage, page, '终止关系：穗溪乡');
  await row(page, '穗溪乡').filter({ hasText: '等待本方同意' }).waitFor();
  await sure(stage, page, '同意纳管：穗溪乡');
  await row(page, '穗溪乡').filter({ hasText: '已生效' }).waitFor();
  await tab(stage, page, '用量');
  await page.getByRole('combobox', { name: '范围' }).selectOption({ label: '已纳管的下级' });
  await row(page, '晴禾乡').waitFor();
  await stage.look(page, 'admin-usage');
  await page.context().close();
}

// What the applicant does on the way in: no page of the console, a form of elsewhere.
async function apply(stage, unitCode, name) {
  const answer = await fetch(`${stage.url}/signup`, { method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ unitCode, applicant: `${name}党建办`, office: '党建办', phone: '0999-1234567', login: `s${unitCode}@demo`, password: 'Shenqing-2023-x', note: '拟自十一月起开展月评比' }) });
  const { receipt, errors } = await answer.json();
  assert.ok(receipt, JSON.stringify(errors));
  return receipt;
}

const state = async (stage, receipt) => (await (await fetch(`${stage.url}/signup/state`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ receipt }) })).json()).state;

// A plan is offered, changed, and given to a township up to the end of a day.
async function plans(stage, page) {
  await stage.menu(page, '平台管理');
  await stage.click(page.getByRole('button', { name: '新设套餐' }));
  let d = dialog(stage, page, '新设套餐');
  await d.fill('标识', 'Basic!');
  await d.fill('中文名称', '基础版');
  await d.fill('村数上限', '20');
  await d.refused('保存套餐', /小写/);
  await d.fill('标识', 'basic');
  await d.done('保存套餐');
  await stage.click(page.getByRole('button', { name: '修改：基础版' }));
  d = dialog(stage, page, '修改：基础版');
  await d.fill('每月令牌请求上限', '100000');
  await d.done('保存套餐');
  await row(page, '基础版').filter({ hasText: '100000' }).waitFor();
  await page.getByRole('searchbox', { name: '名称或代码' }).fill('穗溪');
  await stage.click(page.getByRole('button', { name: '查找', exact: true }));
  await row(page, '晴禾乡').waitFor({ state: 'detached' });
  await stage.click(page.getByRole('button', { name: '设定套餐：穗溪乡' }));
  d = dialog(stage, page, '设定套餐：穗溪乡');
  await d.box.getByRole('combobox', { name: '套餐' }).selectOption({ label: '基础版' });
  await d.fill('有效期至（含当天）', '2030-12-31');
  await d.done('设定套餐');
  await row(page, '穗溪乡').filter({ hasText: '2030-12-31（含当天）' }).waitFor();
  await plainWords(page);
}

// Held to reading, restored, closed and restored again: what its clerk reads meanwhile.
async function held(stage, page) {
  await sure(stage, page, '设为只读：穗溪乡', { reason: '服务费逾期，请联系县委组织部' });
  await row(page, '穗溪乡').getByText('只读', { exact: true }).waitFor();
  const theirs = await stage.signIn('XA1');
  await stage.menu(theirs, '账号与权限');
  await tab(stage, theirs, '用量');
  await says(theirs, '服务费逾期，请联系县委组织部');
  await tab(stage, theirs, '账号');
  await theirs.getByRole('row').nth(1).waitFor();
  await sure(stage, page, '恢复：穗溪乡', { reason: '改为停用' });
  await row(page, '穗溪乡').getByText('正常', { exact: true }).waitFor();
  await sure(stage, page, '停用：穗溪乡', { reason: '合同终止' });
  await row(page, '穗溪乡').getByText('已停用', { exact: true }).waitFor();
  await theirs.reload();
  await theirs.getByRole('heading', { name: '登录' }).waitFor();
  await says(theirs, '您在“穗溪乡”的登录已经结束');
  await stage.look(theirs, 'platform-closed');
  await theirs.getByLabel('账号').fill(stage.person('XA1').login);
  await theirs.getByLabel('密码').fill(stage.person('XA1').password);
  await stage.click(theirs.getByRole('button', { name: '登录' }));
  await theirs.getByRole('alert').filter({ hasText: '尚未获得任何单位的授权' }).waitFor();
  await sure(stage, page, '恢复：穗溪乡', { reason: '已续费' });
  await row(page, '穗溪乡').getByText('正常', { exact: true }).waitFor();
  await theirs.context().close();
  await (await stage.signIn('XA1')).context().close();
}

// One asks, another opens, the township sees why and ends it.
async function glass(stage, page, two) {
  await page.getByRole('searchbox', { name: '名称或代码' }).fill('');
  await stage.click(page.getByRole('button', { name: '查找', exact: true }));
  await stage.click(page.getByRole('button', { name: '应急查看：晴禾乡' }));
  const d = dialog(stage, page, '应急查看：晴禾乡');
  await d.fill('理由', '看看');
  await d.refused('应急查看', '10');
  await d.fill('理由', '核查十月公示数字显示异常的问题');
  await d.done('应急查看');
  const asked = page.getByRole('article').filter({ hasText: '核查十月公示数字显示异常的问题' });
  await asked.getByText('待批准').waitFor();
  assert.equal(await asked.getByRole('button', { name: /^批准/ }).count(), 0, 'nobody opens what they asked for');
  await stage.look(page, 'platform');
  await stage.today(tomorrow, '09:30'); // the invited operator's role counts from the acceptance, by the machine's clock
  const other = await enrol(stage, two);
  await stage.menu(other, '平台管理');
  await sure(stage, other, '批准：晴禾乡');
  await other.getByRole('article').filter({ hasText: '进行中' }).waitFor();
  const town = await stage.signIn('A1');
  await stage.menu(town, '账号与权限');
  await tab(stage, town, '应急查看');
  await says(town, '核查十月公示数字显示异常的问题');
  await stage.look(town, 'admin-glass');
  await sure(stage, town, '结束：晴禾乡');
  await town.getByRole('article').filter({ hasText: '已结束' }).waitFor();
}
