// While working on the web parts: WEB_DIST names a folder that Vite has built, and its files stand in for those that
// the binary carries. Without it the stories see what the binary serves.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, BrowserContextOptions } from "@playwright/test";

const folder = process.env.WEB_DIST;
const OURS = /^\/(embed\.js|assets\/[^/]+|app\/[^/.]+\/?|admin(\/.*)?|api\/docs\/?)$/;

/** The full page's worker would ask the server past what stands in for its files. */
export const worker: BrowserContextOptions = folder ? { serviceWorkers: "block" } : {};

export async function freshParts(context: BrowserContext): Promise<void> {
  if (!folder) return;
  // A page that is given in the server's stead counts as one of the outside, and would not get through to it.
  await context.grantPermissions(["local-network-access"]);
  await context.route(
    ({ pathname }) => OURS.test(pathname),
    async (route) => {
      const { pathname } = new URL(route.request().url());
      const page = /^\/(app|admin|api\/docs)(\/|$)/.exec(pathname)?.[1]?.replace("api/", "");
      const file = join(folder, page ? `${page}/index.html` : pathname);
      if (!existsSync(file)) return route.continue();
      await route.fulfill({ path: file, headers: { "access-control-allow-origin": "*" } });
    },
  );
}
