// What every page must be, whatever is on it: one heading of the first order,
// nothing cut off at the side down to 320 px, and, on a desk, nothing that
// axe-core finds, light or dark.
import { inBoth } from './axe.mjs';

/** What is wrong with the page as it stands. */
export async function look(page, size) {
  const wrong = [];
  const headings = await page.locator('h1').count();
  if (headings !== 1) wrong.push(`${headings} headings of the first order`);
  for (const alert of await page.locator('main .ant-alert-error').all()) wrong.push(await alert.innerText());
  wrong.push(...await cutOff(page));
  if (size === 'desk') return [...wrong, ...await inBoth(page)];
  const whole = page.viewportSize();
  await page.setViewportSize({ ...whole, width: 320 });
  wrong.push(...await cutOff(page));
  await page.setViewportSize(whole);
  return wrong;
}

async function cutOff(page) {
  const { over, width, who } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const wide = scrollWidth > clientWidth ? [...document.body.querySelectorAll('*')].find((e) => e.getBoundingClientRect().right > clientWidth + 1 && !e.closest('.scroll')) : null;
    return { over: scrollWidth - clientWidth, width: clientWidth, who: wide?.outerHTML.slice(0, 120) ?? '' };
  });
  return over > 0 ? [`${over} px are cut off at the side of ${width}: ${who}`] : [];
}
