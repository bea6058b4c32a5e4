/// <reference lib="webworker" />
export type {};
declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] };

// What the build made, by version. Answers of the service are never kept here:
// whose they are is decided at every request.
const manifest = self.__WB_MANIFEST;
const name = `console-${manifest.map((m) => m.revision ?? m.url).join('|').split('').reduce((h, ch) => (h * 31 + ch.charCodeAt(0)) | 0, 7).toString(36)}`;
const page = '/console/index.html';
// What the build made is the same for everybody, whatever a proxy on the way says it varies by.
const anyVary = { ignoreVary: true };
/** How long a page waits for the network before the kept one is shown (milliseconds): a weak signal may take minutes to fail. */
const patience = 4000;
/** How many files are fetched at a time, so that the page at hand goes first. */
const atOnce = 3;

// A new version waits until no page of the one before is open: such a page asks
// for files by the names of its own version, and may have no network to do so.
self.addEventListener('install', (event) => event.waitUntil(collect()));

// What a broken connection left undone is not fetched again, nor what the
// version before has under the same name with a hash.
async function collect(): Promise<void> {
  const cache = await caches.open(name);
  const wanted = new Map(manifest.map((m) => [`/console/${m.url}`, m.revision === null])); // icons stand in the manifest twice
  const have = new Set((await cache.keys()).map((r) => new URL(r.url).pathname));
  const left = [...wanted].filter(([url]) => !have.has(url));
  const one = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [url, hashed] = next;
      const known = hashed ? await caches.match(url, anyVary) : undefined;
      const answer = known ?? await fetch(url, { cache: hashed ? 'default' : 'no-cache' });
      if (!answer.ok) throw new TypeError(`${url}: ${answer.status}`);
      await cache.put(url, answer);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const old of await caches.keys()) if (old.startsWith('console-') && old !== name) await caches.delete(old);
    await self.clients.claim();
  })());
});

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin || !url.pathname.startsWith('/console/')) return;
  if (event.request.mode === 'navigate') {
    event.respondWith(opened(event.request));
    return;
  }
  event.respondWith(mine(event.request).then((kept) => kept ?? fetch(event.request)));
});

// The newest page there is, or the kept one where there is no signal or hardly any.
async function opened(request: Request): Promise<Response> {
  const asked = fetch(request);
  const late = new Promise<'late'>((done) => { setTimeout(() => done('late'), patience); });
  const first = await Promise.race([asked, late]).catch(() => 'late' as const);
  if (first !== 'late') return first;
  return await mine(page) ?? await asked.catch(() => Response.error());
}

// Of the own version first: a newer one may be waiting with a page of its own.
async function mine(request: Request | string): Promise<Response | undefined> {
  const cache = await caches.open(name);
  return await cache.match(request, anyVary) ?? await caches.match(request, anyVary);
}
