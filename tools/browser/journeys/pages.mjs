// Every page of the console, found by following its links from the menu: it
// opens, says nothing went wrong, and is as every page must be (look.mjs). A page
// of src/pages that nobody reaches is a failure, too.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { look } from '../look.mjs';

// Who looks around: together they may open everything that the county shows.
const people = ['township-clerk', 'township-approver', 'county-admin', 'judge', 'village-secretary'];

// Pages that take an act before there is one to look at: the journey that does
// it and looks (stage.look, or axe-core by itself).
const elsewhere = {
  'judge/:round/:village': 'judge', 'ballots/:poll': 'ballot', 'compare/published/:id': 'analyst',
  'admin/webhooks/:webhook': 'admin', platform: 'platform',
};

// Reached by buttons and by the person's own corner, not by links of the menu.
const besides = ['/console/own', '/console/elsewhere', '/console/search?text=2023-09', '/console/issues/new', '/console/tour'];

export default async function pages(stage) {
  const found = await strangers(stage);
  const seen = new Set(['signin']);
  for (const role of people) {
    const page = await stage.signIn(role);
    const waiting = [...await addresses(page, 'nav.side a'), ...besides];
    while (waiting.length > 0) {
      const at = waiting.shift();
      const kind = kindOf(at);
      if (seen.has(kind)) continue;
      seen.add(kind);
      await open(page, at);
      found.push(...(await look(page, stage.size)).map((wrong) => `${role} ${at}: ${wrong}`));
      waiting.push(...await addresses(page, 'main a[href^="/console"]'));
    }
    await page.context().close();
  }
  const missed = routes().filter((r) => !seen.has(r.replace('/:part?', '')) && !(r in elsewhere));
  assert.deepEqual({ found, missed }, { found: [], missed: [] }, 'pages that are wrong, pages nobody reaches');
  for (const [route, journey] of Object.entries(elsewhere)) {
    assert.match(readFileSync(new URL(`${journey}.mjs`, import.meta.url), 'utf8'), /stage\.look\(|inBoth\(/, `${journey} has to look at ${route}`);
  }
}

// What is seen without an account.
async function strangers(stage) {
  const page = await (await stage.fresh()).newPage();
  const found = [];
  for (const at of ['/console/signin', '/signin', '/join', '/ballot']) {
    await page.goto(at);
    await page.locator('h1').first().waitFor();
    if (at === '/console/signin') await stage.picture(page, 'signin');
    found.push(...(await look(page, stage.size)).map((wrong) => `nobody ${at}: ${wrong}`));
  }
  await page.context().close();
  return found;
}

const addresses = (page, links) => page.locator(links).evaluateAll((all) => all.map((a) => a.getAttribute('href')));

// The kind of page behind an address: its route. The parts of a round are kinds
// of their own.
function kindOf(at) {
  const parts = new URL(at, 'http://x').pathname.replace(/^\/console\/?/, '').split('/');
  const route = routes().find((r) => {
    const names = r.split('/');
    return names.length >= parts.length && names.every((n, i) => (n.startsWith(':') ? parts[i] !== undefined || n.endsWith('?') : n === (parts[i] ?? '')));
  });
  assert.ok(route !== undefined, `no page is at ${at}`);
  return route.replace(':part?', parts[2] ?? '').replace(/\/$/, '');
}

let known;

// What the areas of the console say their pages are; fixed words before names.
function routes() {
  if (known) return known;
  const folder = new URL('../../../internal/console/app/src/pages/', import.meta.url);
  known = readdirSync(folder).flatMap((area) => [...readFileSync(new URL(`${area}/routes.tsx`, folder), 'utf8').matchAll(/path: '([^'/][^']*|)', load/g)].map((m) => m[1]));
  known.sort((a, b) => (a.replaceAll(':', '~') < b.replaceAll(':', '~') ? -1 : 1));
  return known;
}

// As a link of the console would: without loading everything anew.
async function open(page, at) {
  await page.evaluate((to) => { history.pushState({}, '', to); dispatchEvent(new PopStateEvent('popstate')); }, at);
  const { pathname } = new URL(at, 'http://x');
  if (pathname.startsWith('/console/published/')) await page.waitForURL('**/results'); // it leads on to the board
  else await page.locator(`main#main[data-at="${pathname.replace(/^\/console\/?/, '/')}"]`).waitFor(); // until then the page before is shown
  await page.locator('main#main h1').first().waitFor();
  await page.waitForFunction(() => !document.querySelector('main .waiting, main .ant-spin-spinning'));
}
