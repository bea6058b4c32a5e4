// What journeys through administration share: the way to its pages, dialogs,
// invitations accepted, and an authenticator.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';

/** Opens a page of administration by its name in their list. */
export async function tab(stage, page, name) {
  await stage.click(page.getByRole('navigation', { name: '管理页面' }).getByRole('link', { name, exact: true }));
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
  await read(page);
}

// A button that was busy may keep the name of its sign before its own.
const ending = (name) => new RegExp(`${name}$`);

/** Waits until what the page asked for is there. */
export const read = (page) => page.locator('main .waiting').first().waitFor({ state: 'detached' });

/** A dialog, and the button that carries it out; it closes when that is done. */
export function dialog(stage, page, title) {
  const box = page.getByRole('dialog', { name: title });
  const press = (button) => stage.click(box.getByRole('button', { name: ending(button) }));
  return {
    box, press,
    fill: (label, text) => box.getByLabel(label).fill(text),
    async done(button) { await press(button); await box.waitFor({ state: 'detached' }); },
    async refused(button, why) { await press(button); await box.getByRole('alert').filter({ hasText: why }).waitFor(); },
    async leave() { await press('取消'); await box.waitFor({ state: 'detached' }); },
  };
}

/** Presses a button that asks first, and carries it out. */
export async function sure(stage, page, button, { title = button, ok, reason } = {}) {
  await stage.click(page.getByRole('button', { name: button, exact: true }));
  const d = dialog(stage, page, title);
  if (reason) await d.fill('理由', reason);
  await d.done(ok ?? button.split('：')[0]);
}

/** What is shown once beside a copy button. */
export const shownOnce = async (page, label) => (await page.getByRole('alert').filter({ hasText: label }).locator('code').innerText()).trim();

/** Opens an invitation in a browser of somebody's own, makes an account and signs in with it. */
export async function join(stage, link, login, password) {
  const page = await (await stage.fresh()).newPage();
  await page.goto(link);
  const form = page.locator('form').filter({ hasText: '开设新账号' });
  await form.getByLabel('账号').fill(login);
  await form.getByLabel('密码').fill(password);
  await stage.click(form.getByRole('button', { name: /接受/ }));
  await page.getByRole('heading', { name: '已接受邀请' }).waitFor();
  await page.context().close();
  return { login, password };
}

/** The six digits an authenticator shows for a secret now, or so many steps of half a minute later. */
export function codeOf(secret, later = 0) {
  const bits = [...secret.replace(/\s/g, '').toUpperCase()].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const sum = createHmac('sha1', key).update(step).digest();
  const at = sum[19] & 15;
  return String((sum.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Signs in where a second factor is asked for, and sets it up on the way. */
export async function enrol(stage, person) {
  const page = await (await stage.fresh()).newPage();
  await page.goto('/console/signin');
  await page.getByLabel('账号').fill(person.login);
  await page.getByLabel('密码').fill(person.password);
  await stage.click(page.getByRole('button', { name: '登录' }));
  const secret = await page.locator('p', { hasText: '输入密钥' }).locator('code').innerText();
  await page.getByLabel('验证码').fill(codeOf(secret));
  await stage.click(page.getByRole('button', { name: '继续' }));
  await stage.click(page.getByRole('button', { name: '我已保存，进入系统' }));
  await page.locator('main#main h1').first().waitFor();
  return page;
}

/** The row of a table that has a text. */
export const row = (page, text) => page.getByRole('row').filter({ hasText: text });

/** That the page says a text, and where. */
export async function says(page, text) {
  await page.getByText(text).first().waitFor();
}

/** That none of the words of programs stands on the page where people read. */
export async function plainWords(page) {
  const text = await page.locator('main').innerText();
  const keys = text.match(/\b[a-z]+(?:\.[a-z]+)?:[a-z]+\b/g) ?? [];
  assert.deepEqual(keys, [], `keys on ${page.url()}`);
}
