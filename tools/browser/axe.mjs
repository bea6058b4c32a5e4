// axe-core on the pages of a journey, in light and in dark.
import AxeBuilder from '@axe-core/playwright';

/** What is not accessible on the page as it stands: rule, and where. */
export async function violations(page) {
  const { violations: found } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']).analyze();
  return found.map((v) => `${v.id}, ${v.nodes.length} times, first at ${v.nodes[0].target.join(' ')}: ${v.nodes[0].failureSummary?.split('\n')[1]?.trim() ?? ''}`);
}

/** The same in both brightnesses, or in those that are named. */
export async function inBoth(page, schemes = ['light', 'dark']) {
  const all = [];
  for (const scheme of schemes) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.waitForFunction((s) => document.documentElement.dataset.theme === s, scheme);
    all.push(...(await violations(page)).map((v) => `${scheme} ${new URL(page.url()).pathname} ${v}`));
  }
  return all;
}
