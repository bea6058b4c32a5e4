// What the journeys of the office have in common: the parts of a
// round's page, a blocker's link, a block pasted from a spreadsheet.

/** Opens a part of a round's page. */
export async function part(stage, page, name) {
  await stage.click(page.getByRole('navigation', { name: '本轮次的各项工作' }).getByRole('link', { name, exact: true }));
}

/** Follows the link of a blocker to where it is settled. */
export async function leads(stage, page, blocker, where) {
  await stage.click(page.getByRole('listitem').filter({ hasText: blocker }).getByRole('link', { name: /去办理/ }).first());
  await page.waitForURL((url) => url.pathname.endsWith(where));
}

/** Pastes a block of a spreadsheet into a cell by the clipboard. */
export async function paste(page, cell, rows) {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((text) => navigator.clipboard.writeText(text), `${rows.map((r) => r.join('\t')).join('\n')}\n`);
  await cell.focus();
  await page.keyboard.press('ControlOrMeta+V');
}
