// What every journey in a browser shares: real Chromium, one person after the
// other, on a desk or with a phone, and what must never happen on any page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { look } from './look.mjs';

const desk = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 375, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2,
  userAgent: 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36' };

/** Everything a journey is given. */
export class Stage {
  #browser;
  #contexts = [];
  problems = [];
  sent = [];
  clicks = 0;

  constructor(settings) {
    Object.assign(this, settings); // url, control, size, people, today, pictures
  }

  static async open(settings) {
    const stage = new Stage(settings);
    // The browser's own parts, such as fields for dates, speak the machine's language.
    stage.#browser = await chromium.launch({ executablePath: process.env.CHROMIUM, env: { ...process.env, LANG: 'zh_CN.UTF-8', LANGUAGE: 'zh_CN' }, args: ['--no-sandbox', '--disable-background-networking', '--disable-gpu', '--lang=zh-CN', '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup'] });
    return stage;
  }

  /** The first person of a role, or the one under a pseudonym, at a unit when one is named. */
  person(role, unit = '') {
    const found = this.people.find((p) => (p.role === role || p.person === role) && (!unit || p.unit === unit) && p.password);
    assert.ok(found, `the county has no ${role} ${unit}`);
    return found;
  }

  /** A browser of somebody's own, with nothing in it. */
  async fresh(more = {}) {
    const context = await this.#browser.newContext({ ...(this.size === 'phone' ? phone : desk), baseURL: this.url, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce', ...more });
    context.setDefaultTimeout(60_000); // a machine that compiles beside it is slow, not wrong
    this.#contexts.push(context);
    this.#watch(context);
    return context;
  }

  // No page speaks to anybody but its own server, throws, or breaks its policy.
  #watch(context) {
    const own = new URL(this.url).origin;
    context.on('request', (r) => {
      const url = new URL(r.url());
      if (/^(https?|wss?):$/.test(url.protocol) && url.origin !== own) this.problems.push(`a page asked ${r.url()}`);
      if (url.pathname === '/graphql' && r.method() === 'POST') this.sent.push(operation(r.postData()));
    });
    context.on('weberror', (e) => this.problems.push(`a page threw ${e.error().stack ?? e.error()}`));
    context.on('console', (m) => {
      if (m.type() === 'error' && /Content Security Policy|Refused to/.test(m.text())) this.problems.push(m.text());
    });
  }

  /** Signs in by the page, as a person does, and waits for the home page. */
  async signIn(who, more = {}) {
    const person = typeof who === 'string' ? this.person(who) : who;
    const context = await this.fresh(more);
    const page = await context.newPage();
    await page.goto('/console/signin');
    await page.getByLabel('账号').fill(person.login);
    await page.getByLabel('密码').fill(person.password);
    await page.getByRole('button', { name: '登录' }).click();
    await page.locator('main#main h1').first().waitFor();
    return page;
  }

  /** Moves the county's clock: a day (YYYY-MM-DD) and a time of it (HH:MM). */
  async today(day, time = '09:00') {
    const answer = await fetch(`${this.control}/today?day=${day}&time=${time}`, { method: 'POST' });
    assert.equal(answer.status, 204, await answer.text());
  }

  /** Opens a page by the menu, which a phone has to open first: by its name there, or by its address below /console. */
  async menu(page, to) {
    if (this.size === 'phone') await this.click(page.locator('.burger'));
    const menu = page.locator('nav.side');
    await this.click(to.startsWith('/') ? menu.locator(`a[href="/console${to}"]`) : menu.getByRole('link', { name: to, exact: true }));
  }

  /** A click that counts. */
  async click(locator) {
    this.clicks++;
    await locator.click();
  }

  /** A picture of the page, when pictures are wanted. */
  async picture(page, name) {
    if (this.pictures) await page.screenshot({ path: `${this.pictures}/${name}${this.size === 'phone' ? '-phone' : ''}.png`, scale: 'css' });
  }

  /** Looks at a main page as at every other (heading, width, axe-core light and dark), and takes its picture. */
  async look(page, name) {
    await this.picture(page, name);
    assert.deepEqual(await look(page, this.size), [], `${name} at ${new URL(page.url()).pathname}`);
  }

  /** What every open page shows, for whoever looks into a failure. */
  async last(path) {
    for (const [i, page] of this.#contexts.flatMap((c) => c.pages()).entries()) await page.screenshot({ path: `${path}-${i}.png` });
  }

  async close() {
    for (const context of this.#contexts) await context.close();
    await this.#browser.close();
    assert.deepEqual(this.problems, [], 'what must never happen on a page');
  }
}

function operation(body) {
  try {
    const { operationName, query } = JSON.parse(body);
    return operationName ?? /^\s*(?:query|mutation|subscription)\s+(\w+)/.exec(query)?.[1] ?? '';
  } catch {
    return '';
  }
}

/** Settings of a run, from the environment that the test sets. */
export function settings() {
  return { url: process.env.LEITAI_URL, control: process.env.LEITAI_CONTROL, size: process.env.LEITAI_SIZE ?? 'desk',
    people: JSON.parse(readFileSync(process.env.LEITAI_PEOPLE, 'utf8')), pictures: process.env.LEITAI_PICTURES ?? '' };
}
