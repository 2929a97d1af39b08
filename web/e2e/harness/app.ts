// The full page, in a browser of one's own that keeps things: what is there when nobody answers.
import type { BrowserContextOptions } from "@playwright/test";
import type { Front } from "./front.ts";
import { expect, type Page, SITE, type World } from "./index.ts";

export class App {
  private constructor(
    readonly world: World,
    readonly front: Front,
  ) {}

  static async of(world: World): Promise<App> {
    return new App(world, await world.front());
  }

  get address(): string {
    return `${this.front.origin}/app/${SITE}`;
  }

  /** A first window of somebody's browser, who comes from the website. */
  async visit(login: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await this.world.browser(options)).newPage();
    await page.goto(`${this.address}#token=${this.world.server.token(login)}`);
    return page;
  }

  /** A further window of the same browser. */
  async open(page: Page, fragment = ""): Promise<Page> {
    const other = await page.context().newPage();
    await other.goto(`${this.address}/${fragment}`);
    return other;
  }
}

/** From here on the page opens without a server, with so many conversations to read. */
export async function kept(page: Page, conversations: number): Promise<void> {
  const ready = async () => {
    const key = Object.keys(localStorage).find((name) => name.startsWith("parvis:kept:"));
    const { threads = {} } = JSON.parse((key && localStorage.getItem(key)) || "{}");
    const { active } = (await navigator.serviceWorker.getRegistration()) ?? {};
    return active?.state === "activated" ? Object.keys(threads).length : 0;
  };
  await expect.poll(() => page.evaluate(ready)).toBe(conversations);
}

/** Which build a window was opened with. */
export function build(page: Page): Promise<"first" | "next"> {
  return page.evaluate(() =>
    document.querySelector<HTMLScriptElement>("script[src]")?.src.includes(".next.")
      ? "next"
      : "first",
  );
}

/** The builds of which pieces are kept. */
export function builds(page: Page): Promise<number> {
  return page.evaluate(async () => (await caches.keys()).length);
}

/** The next build is here as a whole, and its worker is the one that answers. Before, the two are at it. */
export async function replaced(page: Page): Promise<void> {
  const settled = async () => {
    const { installing, waiting, active } = (await navigator.serviceWorker.getRegistration()) ?? {};
    const known = (await caches.keys()).some((name) => name.startsWith("parvis:app:next-"));
    return known && !installing && !waiting && active?.state === "activated";
  };
  await expect.poll(() => page.evaluate(settled)).toBe(true);
}

/** The builds of which a window is open, as the browser knows it. */
export function opened(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { held = [] } = await navigator.locks.query();
    const windows = held.filter(({ name }) => name?.startsWith("parvis:window:"));
    return new Set(windows.map(({ name }) => name)).size;
  });
}

/** All that this browser has in its storage, but for what has no content. */
export function stored(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [localStorage, sessionStorage].flatMap((storage) =>
      Object.entries(storage).map(([key, value]) => `${key}=${value}`),
    ),
  );
}
