// Opens the half-year report's form without a line: the page as it came last, its scripts and styles.
// Pages are kept of the one user who is signed in, and only those the server marked; what was typed
// since is put in by keeping.js.
const PARTS = "parts", PAGES = "pages-";

// The steps of a form are one page, whichever of them was open.
const addressOf = (url) => url.split(/[?#]/)[0];

const keepFor = async (user) => {
  for (const name of await caches.keys()) {
    if (name.startsWith(PAGES) && name !== PAGES + user) await caches.delete(name);
  }
};
const store = async (url, response) => {
  const user = response.headers.get("X-Keep-Offline");
  if (!response.ok || response.redirected || !user) return;
  await keepFor(user);
  await (await caches.open(PAGES + user)).put(addressOf(url), response);
};
const storeParts = async (parts) => {
  const cache = await caches.open(PARTS);
  const kept = new Set((await cache.keys()).map((request) => request.url));
  for (const request of await cache.keys()) if (!parts.includes(request.url)) await cache.delete(request);
  await cache.addAll(parts.filter((url) => !kept.has(url)));
};
const keptPage = async (url) => {
  for (const name of await caches.keys()) {
    const found = name.startsWith(PAGES) && await (await caches.open(name)).match(addressOf(url));
    if (found) return found;
  }
  return undefined;
};

// What is sent goes past this script: a page that is left is gone before the browser has asked a busy one, and with it
// the last words. Where the browser knows no such way they wait in its store until the page is opened again.
self.addEventListener("install", (event) => {
  event.addRoutes?.([{ condition: { requestMethod: "POST" }, source: "network" }]).catch(() => {});
  self.skipWaiting();
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil((async () => {
  const { user, page, parts } = event.data;
  await keepFor(user);
  if (!page) return;
  await storeParts(parts);
  await store(page, await fetch(page, { credentials: "same-origin" }));
})().catch(() => {})));

const openPage = async (request) => {
  try {
    const response = await fetch(request);
    if (response.status < 500) {
      store(request.url, response.clone()).catch(() => {});
      return response;
    }
    return (await keptPage(request.url)) ?? response;
  } catch (trouble) {
    const found = await keptPage(request.url);
    if (found) return found;
    throw trouble;
  }
};
const openPart = async (request) => {
  try {
    return await fetch(request);
  } catch (trouble) {
    const found = await caches.match(request, { cacheName: PARTS });
    if (found) return found;
    throw trouble;
  }
};
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(openPage(request));
  else if (["script", "style", "image", "font"].includes(request.destination)) event.respondWith(openPart(request));
});
