// The gallery of the elements, built once and served from this machine: fixed states, a fixed moment, fonts of its own.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type BrowserContextOptions, test as base, type Page } from "@playwright/test";
import { build, preview } from "vite";

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
    await use(async ({ context: options, width = 1008, height = 688, ...asked }) => {
      const context = await browser.newContext({
        viewport: { width, height },
        timezoneId: "Europe/Paris",
        locale: "en-GB",
        reducedMotion: "reduce",
        ...options,
      });
      const page = await context.newPage();
      await page.clock.setFixedTime(NOW);
      const query = new URLSearchParams(
        Object.entries(asked).map(([key, value]) => [key, `${value}`]),
      );
      await page.goto(`${gallery}?${query}`);
      await page.locator("html[data-ready]").waitFor();
      return page;
    });
  },
});
