// What makes the page one that can be installed, that opens without a network, and that outlives an update.

export function canBeInstalled(site: string): void {
  const manifest = document.createElement("link");
  manifest.rel = "manifest";
  manifest.href = `/app/${encodeURIComponent(site)}/manifest.webmanifest`;
  document.head.append(manifest);
  // Without TLS there is neither, and the page works as well. Without locks an update could break a window.
  if (!navigator.serviceWorker || !navigator.locks) return;
  holdBuild();
  // What is kept for later must not hold up what one came for.
  const quietly = globalThis.requestIdleCallback ?? setTimeout;
  addEventListener("load", () => quietly(() => void register()));
}

async function register(): Promise<void> {
  const how: RegistrationOptions = { scope: "/app/", updateViaCache: "none" };
  await navigator.serviceWorker.register("/app/worker.js", how).catch(() => {});
}

/** For as long as this window is open, the worker keeps the pieces of the build that it was opened with. */
function holdBuild(): void {
  const { pathname } = new URL(import.meta.url);
  navigator.locks
    .request(`parvis:window:${pathname}`, { mode: "shared" }, () => new Promise(() => {}))
    .catch(() => {});
}
