import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { ServerProcess } from "../../client/test/real/process.ts";
import { violations } from "../harness/axe.ts";
import { freshParts } from "../harness/fresh.ts";
import { log, online, send } from "../harness/index.ts";

const THEMES = ["light", "dark"] as const;

const test = base.extend<
  { enter: (name: string, path?: string) => Promise<Page> },
  { demo: ServerProcess }
>({
  demo: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what is asked for
    async ({}, use) => {
      const demo = new ServerProcess("demo");
      await demo.start();
      await use(demo);
      await demo.end();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  enter: async ({ demo, browser }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (name) => {
      const context = await browser.newContext({
        locale: "en-GB",
        viewport: { width: 1280, height: 800 },
      });
      contexts.push(context);
      await freshParts(context);
      const page = await context.newPage();
      await page.goto(`${demo.origin}/demo/en/enter`);
      await page.getByRole("button", { name: new RegExp(name) }).click();
      await page.waitForURL((url) => !url.pathname.endsWith("/enter"));
      await page.goto(`${demo.origin}/demo/en/`);
      await expect(page.getByRole("button", { name: /^Open messages/ })).toBeVisible();
      return page;
    });
    for (const context of contexts) await context.close();
  },
});

test("one click signs in, and two windows talk", async ({ demo, enter, page }) => {
  await page.goto(demo.origin);
  expect(new URL(page.url()).pathname).toMatch(/^\/demo\//);
  await page.goto(`${demo.origin}/demo/en/enter`);
  const names = await page
    .locator(".pick button")
    .evaluateAll((all) =>
      all.map((one) => one.querySelector("b,strong,h2,h3")?.textContent ?? one.textContent ?? ""),
    );
  expect(names.length).toBeGreaterThan(2);
  const [one, two] = names.map((name) => name.trim());
  const first = await enter(one ?? "");
  const second = await enter(two ?? "");
  const box = first.locator("parvis-messenger");
  await box.getByRole("button", { name: /^Open messages/ }).click();
  await box.getByRole("button", { name: "New chat", exact: true }).first().click();
  await box.getByRole("searchbox").fill(two ?? "");
  await box
    .getByRole("button", { name: new RegExp(two ?? "") })
    .first()
    .click();
  const said = `Shall we meet at the glasshouse? ${Date.now()}`;
  await send(first, said);
  await second.getByRole("button", { name: /^Open messages/ }).click();
  await second
    .getByRole("button", { name: new RegExp(one ?? "") })
    .first()
    .click();
  await expect(log(second).getByText(said)).toBeVisible();
  await second.getByRole("button", { name: "Video call" }).click();
  await expect(second.getByRole("dialog", { name: `Call with ${one}` })).toBeVisible();
  await second.getByRole("button", { name: "Call", exact: true }).click();
  await expect(first.getByText(`${two} would like a video call`)).toBeVisible();
});

for (const colorScheme of THEMES)
  test(`every page of the demonstration, in both languages, is accessible and without complaints: ${colorScheme}`, async ({
    demo,
    page,
  }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ colorScheme });
    await freshParts(page.context());
    const heard: string[] = [];
    page.on("console", (message) => message.type() === "error" && heard.push(message.text()));
    page.on("pageerror", (error) => heard.push(String(error)));
    await page.goto(demo.origin);
    const seen = new Set<string>();
    const waiting = [new URL(page.url()).pathname];
    while (waiting.length) {
      const path = waiting.pop() as string;
      // One profile stands for all.
      const kind = path.replace(/(participant(s)?|member(s)?)\/[^/]+$/, "$1/one");
      if (seen.has(kind)) continue;
      seen.add(kind);
      const answer = await page.goto(demo.origin + path);
      expect(answer?.status(), path).toBe(200);
      expect(await violations(page), path).toEqual([]);
      const links = await page
        .locator('a[href^="/demo/"]')
        .evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).pathname));
      waiting.push(...links.filter((link) => !/\.\w+$/.test(link)));
    }
    expect(seen.size).toBeGreaterThan(10);
    expect(heard).toEqual([]);
  });

/** The elements of a page of the demonstration; `lang` is what the page says about each of them. */
const INSIDE: [path: string, element: string, lang?: string][] = [
  ["en/", "parvis-messenger"],
  ["en/messages", "parvis-direct-messages"],
  ["en/participants", "parvis-members"],
  ["", "parvis-messenger"],
  ["messages", "parvis-direct-messages"],
  ["participants", "parvis-members"],
  ["messages", "parvis-direct-messages", "ar"],
  ["participants", "parvis-members", "ar"],
];

for (const colorScheme of THEMES)
  test(`signed in, in French, English and Arabic, it is accessible: ${colorScheme}`, async ({
    demo,
    enter,
  }) => {
    test.setTimeout(120_000);
    const page = await enter("Amina Diallo");
    await page.emulateMedia({ colorScheme });
    // A page that is given in the server's stead counts as one of the outside, and would not get through to it.
    await page.context().grantPermissions(["local-network-access"]);
    for (const [path, element, lang] of INSIDE) {
      await page.goto(`${demo.origin}/demo/${path}`);
      if (lang) {
        await page.route(page.url(), async (route) => {
          const answer = await route.fetch();
          const written = await answer.text();
          const body = written.replaceAll(/<parvis-[a-z-]+/g, (tag) => `${tag} lang="${lang}"`);
          await route.fulfill({ response: answer, body });
        });
        await page.reload();
      }
      await online(page);
      const root = page.locator(element).locator(".root").first();
      await expect(root).toHaveAttribute("lang", lang ?? (path.startsWith("en") ? "en" : "fr"));
      expect(await violations(page), `${path} ${lang ?? ""}`).toEqual([]);
    }
  });
