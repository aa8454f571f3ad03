// Keeps the page, so that it opens without a network. What is kept is shown at once and renewed behind, for the next time:
// a phone at a counter waits for no weak signal.
const kept = 'comptoir-verify-1';

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(kept).then((cache) => cache.add(new Request('./', { cache: 'reload' }))));
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  if (event.request.mode !== 'navigate') return;
  event.respondWith(
    caches.open(kept).then(async (cache) => {
      const renewed = fetch('./', { cache: 'no-cache' }).then(async (answer) => {
        if (answer.ok) await cache.put('./', answer.clone());
        return answer;
      });
      const page = await cache.match('./');
      if (!page) return renewed;
      event.waitUntil(renewed.catch(() => {}));
      return page;
    }),
  );
});
