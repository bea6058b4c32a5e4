// Every page of the menu of everybody: it opens, has one heading of the first
// order, says nothing went wrong, and nothing is cut off at the side; on a desk
// axe-core finds nothing, light or dark.
import assert from 'node:assert/strict';
import { inBoth } from '../axe.mjs';

const roles = ['township-clerk', 'county-admin', 'judge', 'village-secretary'];

export default async function pages(stage) {
  const found = [];
  let seen = 0;
  for (const role of roles) {
    const page = await stage.signIn(role);
    const menu = await page.locator('nav.side a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    for (const at of menu) {
      await open(stage, page, at);
      await page.locator('main#main h1').first().waitFor();
      await page.locator('.waiting').first().waitFor({ state: 'detached' });
      assert.equal(await page.locator('h1').count(), 1, `headings of ${at}`);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) found.push(`${role} ${at}: ${over} px are cut off at the side`);
      if (await page.getByRole('alert').count() > 0) found.push(`${role} ${at}: ${await page.getByRole('alert').first().innerText()}`);
      if (stage.size === 'desk') found.push(...(await inBoth(page)).map((v) => `${role} ${v}`));
      await stage.picture(page, `${role}-${at.replaceAll('/', '-')}`);
      seen++;
    }
    await page.context().close();
  }
  assert.ok(seen > 8, `only ${seen} pages were seen`);
  assert.ok(found.length === 0, `\n${found.join('\n')}`);
}

// The menu is opened first where there is only a button for it.
async function open(stage, page, at) {
  if (stage.size === 'phone') await page.locator('.burger').click();
  await page.locator(`nav.side a[href="${at}"]`).click();
}
