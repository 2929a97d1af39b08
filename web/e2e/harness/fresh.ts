// While working on the web parts: WEB_DIST names a folder that Vite has built, and its files stand in for those that
// the binary carries. Without it the stories see what the binary serves.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext } from "@playwright/test";

const folder = process.env.WEB_DIST;

export async function freshParts(context: BrowserContext): Promise<void> {
  if (!folder) return;
  await context.route(/\/(embed\.js|assets\/[^/]+|app\/[^/]+)$/, async (route) => {
    const { pathname } = new URL(route.request().url());
    const file = join(folder, pathname.startsWith("/app/") ? "app/index.html" : pathname);
    if (!existsSync(file)) return route.continue();
    await route.fulfill({ path: file, headers: { "access-control-allow-origin": "*" } });
  });
}
