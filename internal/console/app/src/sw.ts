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

self.addEventListener('install', (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(name);
    // The icons stand in the manifest twice, and addAll refuses what it is told twice.
    await cache.addAll([...new Set(manifest.map((m) => `/console/${m.url}`))]);
    await self.skipWaiting();
  })());
});

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
    event.respondWith(fetch(event.request).catch(async () => (await caches.match(page, anyVary)) ?? Response.error()));
    return;
  }
  event.respondWith(caches.match(event.request, anyVary).then((kept) => kept ?? fetch(event.request)));
});
