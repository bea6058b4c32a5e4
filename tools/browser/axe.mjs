// axe-core on the pages of a journey, in light and in dark.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// The rules come into the page by the debugger, which its content policy does
// not hold, and stay there while the console changes pages by itself.
const rules = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];

/** What is not accessible on the page as it stands: rule, and where. `only` names the rules; none: all. */
export async function violations(page, only = []) {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(rules);
  const found = await page.evaluate(async ({ tags: all, only: some }) => {
    const runOnly = some.length > 0 ? { type: 'rule', values: some } : { type: 'tag', values: all };
    const { violations: broken } = await window.axe.run(document, { runOnly, resultTypes: ['violations'] });
    return broken.map((v) => ({ id: v.id, times: v.nodes.length, at: v.nodes[0].target.join(' '), why: v.nodes[0].failureSummary ?? '' }));
  }, { tags, only });
  return found.map((v) => `${v.id}, ${v.times} times, first at ${v.at}: ${v.why.split('\n')[1]?.trim() ?? ''}`);
}

/** Shows the page as somebody's device would who wants it light or dark. */
export async function shine(page, scheme) {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  if (new URL(page.url()).pathname.startsWith('/console')) await page.waitForFunction((s) => document.documentElement.dataset.theme === s, scheme);
}

/** All rules in light; in dark the one that brightness can break. The page is light again afterwards. */
export async function inBoth(page) {
  const named = (scheme, found) => found.map((v) => `${scheme} ${new URL(page.url()).pathname} ${v}`);
  const light = named('light', await violations(page));
  await shine(page, 'dark');
  const dark = named('dark', await violations(page, ['color-contrast']));
  await shine(page, 'light');
  return [...light, ...dark];
}
