// The gallery of the elements, built once and served from this machine: fixed states, a fixed moment, fonts of its own.
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  type Browser,
  type BrowserContextOptions,
  test as base,
  type Page,
} from "@playwright/test";
import { build, preview } from "vite";
import { cases } from "../../widget/gallery/cases.ts";
import { still } from "../../widget/gallery/still.ts";

export { cases };

const configFile = resolve(import.meta.dirname, "../../vite.gallery.config.ts");
/** The states are told from the present moment on: this is when it is. */
const NOW = new Date("2026-03-12T14:30:00Z");

export interface Look {
  case: string;
  lang?: string;
  theme?: "light" | "dark";
  width?: number;
  height?: number;
  context?: BrowserContextOptions;
}

interface Fixtures {
  /** In a window of its own. */
  look: (look: Look) => Promise<Page>;
  /** To be seen and left alone: in a window that others who look the same way had before. */
  glance: (look: Look) => Promise<Page>;
}

export const test = base.extend<Fixtures, { gallery: string; kept: Map<string, Page> }>({
  gallery: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what is asked for
    async ({}, use) => {
      const outDir = await mkdtemp(join(tmpdir(), "parvis-gallery-"));
      const common = { configFile, logLevel: "error", build: { outDir } } as const;
      await build(common);
      // Its files never change: nobody needs to ask again.
      const headers = { "cache-control": "max-age=3600" };
      const server = await preview({ ...common, preview: { port: 0, host: "127.0.0.1", headers } });
      await use(`${server.resolvedUrls?.local[0]}widget/gallery.html`);
      await server.close();
      await rm(outDir, { recursive: true });
    },
    { scope: "worker", timeout: 120_000 },
  ],

  kept: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what is asked for
    async ({}, use) => use(new Map()),
    { scope: "worker" },
  ],

  look: async ({ browser, gallery }, use) => {
    const pages: Page[] = [];
    await use(async (look) => {
      const page = await window(browser, look.context);
      pages.push(page);
      await turn(page, gallery, look);
      return page;
    });
    for (const page of pages) await page.context().close();
  },

  glance: async ({ browser, gallery, kept }, use) => {
    await use(async (look) => {
      const way = JSON.stringify(look.context ?? {});
      const page = kept.get(way) ?? (await window(browser, look.context));
      kept.set(way, page);
      await turn(page, gallery, look);
      return page;
    });
  },
});

async function window(browser: Browser, options?: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({
    timezoneId: "Europe/Paris",
    locale: "en-GB",
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(NOW);
  return page;
}

async function turn(page: Page, gallery: string, look: Look): Promise<void> {
  const { context: _, width = 1008, height = 688, ...asked } = look;
  await page.setViewportSize({ width, height });
  await page.goto(`${gallery}?${new URLSearchParams({ ...asked })}`);
  await ready(page);
  await drawn(page);
}

async function ready(page: Page): Promise<void> {
  const problem = await page.locator("html[data-ready]").getAttribute("data-ready");
  if (problem) throw new Error(problem);
}

/** The same page, at another case. */
export async function turnTo(page: Page, name: string): Promise<void> {
  const address = new URL(page.url());
  address.searchParams.set("case", name);
  await page.goto(address.href);
  await ready(page);
  await drawn(page);
}

/** As large as the case wants to be. */
export async function sized(page: Page, name: string): Promise<void> {
  const { element, width = 0, height = 0 } = cases[name] ?? {};
  const edge = element === "messenger" || width < 420 ? 0 : 48;
  await page.setViewportSize({ width: width + edge, height: height + edge });
}

/** Every part has drawn what it has, and nothing moves. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let seen = -1, now = 0; seen !== now; ) {
      seen = now;
      await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
      const parts = (root: ParentNode): number =>
        [...root.querySelectorAll("*")].reduce(
          (sum, one) => sum + 1 + (one.shadowRoot ? parts(one.shadowRoot) : 0),
          0,
        );
      now = parts(document);
    }
  });
  await page.evaluate(still);
}

/** What the sources of the elements define. */
export async function components(): Promise<string[]> {
  const web = resolve(import.meta.dirname, "../..");
  const found: string[] = [];
  for (const part of ["ui/src", "widget/src"])
    for (const file of await readdir(join(web, part), { recursive: true })) {
      if (!file.endsWith(".ts")) continue;
      const source = await readFile(join(web, part, file), "utf8");
      found.push(
        ...[...source.matchAll(/define\(\s*"(parvis-[\w-]+)"/g)].map(([, name]) => `${name}`),
      );
    }
  return found;
}

/** What every element of a page is called, shadow roots included. */
export function names(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const deep = (root: ParentNode): string[] =>
      [...root.querySelectorAll("*")].flatMap(({ localName, shadowRoot }) => [
        localName,
        ...(shadowRoot ? deep(shadowRoot) : []),
      ]);
    return deep(document);
  });
}
