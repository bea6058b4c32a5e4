// The guided tours: offered once on the home page of the demonstration, walked
// by everybody for whom there is one, each note beside a thing that is there,
// left by the keyboard, and reached again from the person's own corner.
import assert from 'node:assert/strict';

const walkers = [['township-clerk', '办事员的一个月'], ['judge', '评委的一天'], ['village-secretary', '村书记看成绩'], ['township-approver', '审定人'], ['county-analyst', '县级分析员'], ['county-admin', '管理员']];

// What is not there yet in a county at rest.
const notYet = new Set([]);

export default async function tour(stage) {
  for (const [role, name] of walkers) {
    const page = await stage.signIn(role);
    await stage.click(page.getByRole('button', { name: '开始导览', exact: true }));
    await walk(stage, page, role);
    await page.getByRole('banner').getByRole('link', { name: '擂台' }).click();
    await page.locator('main h1', { hasText: '首页' }).waitFor();
    assert.equal(await page.getByText('第一次来？').count(), 0, 'a tour is offered once');
    if (role === 'township-clerk') await again(stage, page, name);
    await page.context().close();
  }
}

async function walk(stage, page, role) {
  const note = page.getByRole('dialog');
  await note.waitFor();
  for (;;) {
    const title = await note.getByRole('heading').innerText();
    if (!notYet.has(`${role} ${title}`)) await page.locator('.tour-note[data-beside=found]').waitFor();
    assert.equal(await page.getByText('您已经到了别的页面').count(), 0, title);
    if (await note.getByRole('button', { name: '完成' }).count() > 0) break;
    await stage.click(note.getByRole('button', { name: '下一步' }));
    await page.waitForFunction((old) => document.querySelector('#tour-title')?.textContent !== old, title);
  }
  await stage.click(note.getByRole('button', { name: '完成' }));
  await note.waitFor({ state: 'detached' });
}

// From the own corner, by the keyboard, in English too.
async function again(stage, page, name) {
  await page.getByRole('button', { name: '账号与设置' }).click();
  await page.getByRole('link', { name: '帮助与导览' }).click();
  await stage.look(page, 'tour-help');
  await page.getByRole('button', { name: `开始导览：${name}` }).press('Enter');
  const note = page.getByRole('dialog');
  await note.waitFor();
  await page.locator('.tour-note[data-beside=found]').waitFor();
  await stage.look(page, 'tour-note');
  await page.keyboard.press('Escape');
  await note.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '账号与设置' }).click();
  await page.getByLabel('语言').selectOption('en');
  await page.getByRole('button', { name: 'Account and settings' }).click();
  await page.getByRole('link', { name: 'Help and tours' }).click();
  await page.getByRole('button', { name: /Start the tour: A clerk/ }).click();
  await note.getByRole('heading', { name: 'What is due' }).waitFor();
}
