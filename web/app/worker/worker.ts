// Keeps the full page and the pieces of its build, and nothing else: what the server says to members never passes
// through here. A page that is opened comes from the server, or from here where nobody answers. The pieces of an older
// build stay for as long as a window of it is open, so that an update breaks none.

const worker = self as unknown as ServiceWorkerGlobalScope;
/** Put in when it is built: what the build is called, the script that its page begins with, all its pieces. */
declare const BUILD: { version: string; entry: string; pieces: string[] };

const PREFIX = "parvis:app:";
const OWN = PREFIX + BUILD.version;
/** The page itself, the same for every site. */
const PAGE = "/app/page.html";
const A_PAGE = /^\/app\/[a-z0-9-]+\/?$/;
const A_PIECE = "/assets/";
/** So long a page waits for the server where another could be shown. */
const PATIENCE = 4_000;
const NOBODY_THERE = [502, 503, 504];

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(begin()));
worker.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== worker.location.origin) return;
  if (mode === "navigate" && A_PAGE.test(pathname)) {
    event.respondWith(open(event.request));
    // Not waited for: as long as a worker has something to do, none can take its place. The next window finds what is left.
    void tidy();
  } else if (pathname.startsWith(A_PIECE)) event.respondWith(piece(event.request));
});

/** All or nothing. No window waits for the others to be closed: what they need stays. */
async function install(): Promise<void> {
  const cache = await caches.open(OWN);
  const page = await given(PAGE);
  // The server may have been replaced between two questions.
  if (!(await page.clone().text()).includes(BUILD.entry))
    throw new Error("a page of another build");
  await Promise.all(
    BUILD.pieces.map(async (path) =>
      cache.put(path, (await caches.match(path)) ?? (await given(path))),
    ),
  );
  await cache.put(PAGE, page);
  void worker.skipWaiting();
}

async function given(path: string): Promise<Response> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

/** Windows that were open before their worker was there have one now. Nothing else is waited for: meanwhile no page opens. */
async function begin(): Promise<void> {
  await worker.clients.claim();
  void tidy();
}

async function open(request: Request): Promise<Response> {
  const kept = await (await caches.open(OWN)).match(PAGE, { ignoreVary: true });
  if (!kept) return fetch(request);
  try {
    const response = await Promise.race([fetch(request), impatient()]);
    return NOBODY_THERE.includes(response.status) ? kept : response;
  } catch {
    return kept;
  }
}

/** Of whichever build: a piece is called after what is in it. */
async function piece(request: Request): Promise<Response> {
  return (await caches.match(request.url, { ignoreVary: true })) ?? fetch(request);
}

/** Builds of which no window is open are of no use to anybody. */
async function tidy(): Promise<void> {
  const { held = [] } = await navigator.locks.query();
  const windows = held.map(({ name = "" }) => name.replace(/^parvis:window:/, ""));
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX) || name === OWN) continue;
    const cache = await caches.open(name);
    const opened = await Promise.all(windows.map((entry) => cache.match(entry)));
    // A newer build may be on its way in: that one is for its own worker to judge.
    const { installing, waiting } = worker.registration;
    if (!opened.some(Boolean) && !installing && !waiting) await caches.delete(name);
  }
}

function impatient(): Promise<never> {
  return new Promise((_, reject) => setTimeout(reject, PATIENCE));
}
