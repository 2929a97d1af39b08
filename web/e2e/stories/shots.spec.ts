// Pictures to look at: `npm run shots`. They prove nothing by themselves.
import { type BrowserContextOptions, test as base, expect, type Page } from "@playwright/test";
import { ServerProcess } from "../../client/test/real/process.ts";
import { freshParts } from "../harness/fresh.ts";

const test = base.extend<object, { demo: ServerProcess }>({
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
});

const folder = process.env.SHOTS_FOLDER ?? "../test-results/shots";
const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};

type Visit = (page: Page, name: string) => Promise<void>;

/** What one makes of others: requests, blocks, the actions of a row. */
async function contacts(page: Page, address: string, shot: Visit): Promise<void> {
  await page.goto(address);
  const section = page.locator("parvis-direct-messages");
  const row = section.locator("parvis-conversation-list .row");
  await expect(row.first()).toBeVisible();
  await row.nth(1).press("Shift+F10");
  await expect(section.getByRole("menuitem").first()).toBeVisible();
  await shot(page, "section-menu");
  await section
    .getByRole("menuitem")
    .filter({ hasText: /Block|Bloquer/ })
    .click();
  await expect(section.locator(".row.blocked")).toBeVisible();
  await shot(page, "section-blocked");
  await section.locator(".row.blocked").click();
  await shot(page, "section-blocked-open");
  const back = section.locator(".main .back");
  const home = async () => {
    if (await back.isVisible()) await back.click();
  };
  await home();
  await section.locator(".badged button").click();
  await shot(page, "section-requests");
  await home();
  await section.locator(".side .bar .round").last().click();
  await expect(section.locator("parvis-blocked li").first()).toBeVisible();
  await section.locator("parvis-blocked li").first().scrollIntoViewIfNeeded();
  await shot(page, "section-settings");
  await section.locator("parvis-blocked .button").first().click();
}

/** The hall, a whisper on its way in it, and who is there. */
async function hall(page: Page, address: string, shot: Visit): Promise<void> {
  await page.goto(address);
  const room = page.locator("parvis-chatbox");
  const field = room.getByRole("combobox").or(room.getByRole("textbox")).last();
  await expect(room.getByRole("log").getByRole("article").last()).toBeVisible();
  await shot(page, "hall");
  await field.pressSequentially("@jules.moreau ");
  await field.pressSequentially("Hello");
  await shot(page, "hall-whisper");
}

/** The talk in a side column. */
async function beside(page: Page, address: string, shot: Visit): Promise<void> {
  await page.goto(address);
  const room = page.locator("parvis-chatbox");
  await room.scrollIntoViewIfNeeded();
  await expect(room.getByRole("log")).toBeVisible();
  await shot(page, "programme");
}

/** Another conversation of the list: a group, in the demonstration. */
async function another(page: Page, address: string, shot: Visit): Promise<void> {
  await page.goto(address);
  const section = page.locator("parvis-direct-messages");
  await expect(section.locator("parvis-conversation-list .row").first()).toBeVisible();
  await section.locator("parvis-conversation-list .row").nth(2).click();
  await expect(section.getByRole("log")).toBeVisible();
  await shot(page, "section-another");
}

async function walk(page: Page, origin: string, french: boolean, shot: Visit): Promise<void> {
  const root = french ? "/demo/" : "/demo/en/";
  const at = (fr: string, en: string) => origin + root + (french ? fr : en);
  await page.goto(origin + root);
  await shot(page, "home");
  await page.goto(at("messages", "messages"));
  await shot(page, "signed-out");
  await page.goto(at("entrer", "enter"));
  await shot(page, "enter");
  await page.locator(".pick button").first().click();
  await page.waitForURL((url) => !/(entrer|enter)$/.test(url.pathname));
  await page.goto(at("messages", "messages"));
  const section = page.locator("parvis-direct-messages");
  const row = section.locator("parvis-conversation-list .row").first();
  await expect(row).toBeVisible();
  await shot(page, "section");
  await row.click();
  await expect(section.getByRole("log")).toBeVisible();
  await shot(page, "section-conversation");
  await contacts(page, at("messages", "messages"), shot);
  await page.goto(at("participants", "participants"));
  await expect(page.locator("parvis-members").getByRole("listitem").first()).toBeVisible();
  await shot(page, "members");
  await page
    .locator("parvis-members")
    .getByRole("listitem")
    .first()
    .getByRole("button")
    .first()
    .click();
  await shot(page, "profile");
  const ask = page.getByRole("dialog").locator(".doings .button.soft");
  if (await ask.isVisible()) {
    await ask.click();
    await shot(page, "profile-ask");
  }
  await hall(page, at("hall", "lobby"), shot);
  await another(page, at("messages", "messages"), shot);
  await beside(page, at("programme", "programme"), shot);
  await page.goto(origin + root);
  const box = page.locator("parvis-messenger");
  await box.locator(".launcher").click();
  await expect(box.locator("parvis-conversation-list .row").first()).toBeVisible();
  await shot(page, "box-list");
  await box.locator("parvis-conversation-list .row").nth(1).click();
  await expect(box.getByRole("log")).toBeVisible();
  await shot(page, "box-conversation");
}

for (const [device, size] of Object.entries({ desktop: DESKTOP, phone: PHONE }))
  for (const lang of ["fr", "en"])
    for (const colorScheme of ["light", "dark"] as const) {
      test(`${device} ${lang} ${colorScheme}`, async ({ browser, demo }) => {
        test.setTimeout(120_000);
        const locale = lang === "fr" ? "fr-FR" : "en-GB";
        const context = await browser.newContext({ ...size, colorScheme, locale });
        await freshParts(context);
        const page = await context.newPage();
        await walk(page, demo.origin, lang === "fr", async (shown, name) => {
          await shown.waitForLoadState("networkidle").catch(() => {});
          const path = `${folder}/${device}-${lang}-${colorScheme}-${name}.png`;
          await shown.screenshot({ path, animations: "disabled" });
        });
        await context.close();
      });
    }
