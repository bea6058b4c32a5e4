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
  const admin = await stage.signIn({ login, password });
  await villages(stage, admin);
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

async function villages(stage, page) {
  await page.goto('/console/setup');
  await page.getByRole('heading', { name: '开通向导' }).waitFor();
  await page.locator('.waiting').first().waitFor({ state: 'detached' });
  await stage.picture(page, 'setup-begin');
}
