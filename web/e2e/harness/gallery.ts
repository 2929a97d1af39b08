// The gallery of the elements, built once and served from this machine: fixed states, a fixed moment, fonts of its own.
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  type BrowserContext,
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

export const test = base.extend<{ look: (look: Look) => Promise<Page> }, { gallery: string }>({
  gallery: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what is asked for
    async ({}, use) => {
      const outDir = await mkdtemp(join(tmpdir(), "parvis-gallery-"));
      const common = { configFile, logLevel: "error", build: { outDir } } as const;
      await build(common);
      const server = await preview({ ...common, preview: { port: 0, host: "127.0.0.1" } });
      await use(`${server.resolvedUrls?.local[0]}widget/gallery.html`);
      await server.close();
      await rm(outDir, { recursive: true });
    },
    { scope: "worker", timeout: 120_000 },
  ],

  look: async ({ browser, gallery }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async ({ context: options, width = 1008, height = 688, ...asked }) => {
      const context = await browser.newContext({
        viewport: { width, height },
        timezoneId: "Europe/Paris",
        locale: "en-GB",
        reducedMotion: "reduce",
        ...options,
      });
      contexts.push(context);
      const page = await context.newPage();
      await page.clock.setFixedTime(NOW);
      const query = new URLSearchParams(
        Object.entries(asked).map(([key, value]) => [key, `${value}`]),
      );
      await page.goto(`${gallery}?${query}`);
      await ready(page);
      return page;
    });
    for (const context of contexts) await context.close();
  },
});

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
