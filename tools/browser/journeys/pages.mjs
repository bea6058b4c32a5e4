// Every page of the menu of everybody: it opens, has one heading of the first
// order, says nothing went wrong, and nothing is cut off at the side; on a desk
// axe-core finds nothing, light or dark.
import assert from 'node:assert/strict';
import { inBoth } from '../axe.mjs';

// Who looks, and in which brightness: those who have most pages see both.
const seen = { 'township-clerk': ['light', 'dark'], 'county-admin': ['dark'], judge: ['light'], 'village-secretary': ['light'] };

export default async function pages(stage) {
  const found = [];
  let opened = 0;
  for (const role of Object.keys(seen)) {
    const page = await stage.signIn(role);
    const menu = await page.locator('nav.side a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    for (const at of menu) {
      await open(stage, page, at);
      await page.locator('main#main h1').first().waitFor();
      await page.locator('.waiting').first().waitFor({ state: 'detached' });
      assert.equal(await page.locator('h1').count(), 1, `headings of ${at}`);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) found.push(`${role} ${at}: ${over} px are cut off at the side`);
      const wrong = page.locator('main .ant-alert-error');
      if (await wrong.count() > 0) found.push(`${role} ${at}: ${await wrong.first().innerText()}`);
      if (stage.size === 'desk') found.push(...(await inBoth(page, seen[role])).map((v) => `${role} ${v}`));
      await stage.picture(page, `${role}-${at.replaceAll('/', '-')}`);
      opened++;
    }
    await page.context().close();
  }
  assert.ok(opened > 30, `only ${opened} pages were opened`);
  assert.ok(found.length === 0, `\n${found.join('\n')}`);
}

// The menu is opened first where there is only a button for it.
async function open(stage, page, at) {
  if (stage.size === 'phone') await page.locator('.burger').click();
  await page.locator(`nav.side a[href="${at}"]`).click();
  await page.waitForURL((url) => url.pathname === at); // its file has been loaded by then
}
