// Where one reads in a long conversation: at the end until one goes up, whatever grows meanwhile.
import { expect, type Page } from "@playwright/test";
import { test } from "../harness/gallery.ts";

interface Gallery {
  patchThread(id: string, patch: (one: object) => object): void;
  loadHistory(): Promise<void>;
}

/** How far below the view the last line is. */
const below = (page: Page) =>
  page
    .getByRole("log")
    .evaluate((log) => Math.round(log.scrollHeight - log.clientHeight - log.scrollTop));

/** Messages take more and more room, at any moment between two frames. */
const grow = (page: Page) =>
  page.getByRole("log").evaluate(async (log) => {
    const sheet = new CSSStyleSheet();
    (log.getRootNode() as ShadowRoot).adoptedStyleSheets.push(sheet);
    for (let padding = 0; padding < 60; padding += 3) {
      sheet.replaceSync(`article { padding-block: ${padding}px }`);
      await new Promise((next) => setTimeout(next, padding % 20));
    }
  });

test("what grows while one is at the end leaves one there", async ({ look }) => {
  const page = await look({ case: "history" });
  await expect.poll(() => below(page)).toBeLessThanOrEqual(1);
  await grow(page);
  await expect.poll(() => below(page)).toBeLessThanOrEqual(1);
  await expect(page.getByRole("button", { name: "Go to the latest messages" })).toHaveCount(0);
});

test("messages that were waited for are followed like all others", async ({ look }) => {
  const page = await look({ case: "history" });
  const loaded = (is: boolean) =>
    page.evaluate((is) => {
      const { client } = window as unknown as { client: Gallery };
      client.loadHistory = () => new Promise(() => {});
      client.patchThread("c1", (one) => ({ ...one, loaded: is }));
    }, is);
  await loaded(false);
  await expect(page.getByRole("article")).toHaveCount(0);
  await loaded(true);
  await expect(page.getByRole("article").first()).toBeVisible();
  await grow(page);
  await expect.poll(() => below(page)).toBeLessThanOrEqual(1);
});

test("who went up stays where they read", async ({ look }) => {
  const page = await look({ case: "history" });
  await expect.poll(() => below(page)).toBeLessThanOrEqual(1);
  await page.getByRole("log").hover();
  await page.mouse.wheel(0, -600);
  await expect(page.getByRole("button", { name: "Go to the latest messages" })).toBeVisible();
  await grow(page);
  expect(await below(page)).toBeGreaterThan(500);
});
