// Every screen of the back-office, by axe, on a desk and on a phone, light and dark, in both languages.
import type { BrowserContextOptions, Request } from "@playwright/test";
import { Office } from "../harness/admin.ts";
import { violations } from "../harness/axe.ts";
import { expect, type Page, PHONE, test } from "../harness/index.ts";

const LOOKS: [string, BrowserContextOptions][] = [
  ["desktop, light", { colorScheme: "light" }],
  ["phone, dark, in French", { ...PHONE, colorScheme: "dark", locale: "fr-FR" }],
];

/** Tells when what a page fetches is there; half a second without a question would be long, for so many pages. */
function fetches(page: Page): () => Promise<void> {
  const asked = new Set<Request>();
  page.on("request", (one) => asked.add(one));
  page.on("requestfinished", (one) => asked.delete(one));
  page.on("requestfailed", (one) => asked.delete(one));
  return async () => {
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
    await expect.poll(() => asked.size, { intervals: [20] }).toBe(0);
    await expect(page.locator(".bones")).toHaveCount(0);
  };
}

for (const [name, look] of LOOKS) {
  test(`axe finds nothing wrong: ${name}`, async ({ world }) => {
    test.setTimeout(240_000);
    const office = await Office.open(world);
    const ids = await office.people({ visitors: ["ada", "carla"], exhibitors: ["bob"] });
    const opened = (await world.api("ada", "/conversations", "POST", { kind: "organizer" })) as {
      id: string;
    };
    await world.say("ada", opened.id, "Hello");
    await office.call("/rooms", "POST", { name: "Lobby" });
    const member = `/members/${ids.ada}`;
    const screens = [
      "",
      "/members",
      "/members?population=visitors",
      member,
      `${member}/groups`,
      `${member}/sanctions`,
      `${member}/contacts`,
      `${member}/messages`,
      "/broadcasts",
      "/messages",
      `/messages/${opened.id}`,
      "/messages/answers",
      "/rules",
      "/rules/populations",
      "/rules/test",
      "/rooms",
      "/rooms/new",
      "/moderation",
      "/moderation/held",
      "/moderation/sanctions",
      "/moderation/filters",
      "/texts",
      "/design",
      "/embed",
      "/embed/parvis-chatbox",
      "/settings",
      "/operators",
      "/profile",
      "/api-keys",
      "/webhooks",
      "/audit",
      "/nowhere",
    ];
    const page = await office.visit("", look);
    const settled = fetches(page);
    for (const path of screens) {
      await page.goto(office.address(path));
      await settled();
      expect(await violations(page), path).toEqual([]);
      const wide = await page.evaluate(() => {
        const main = document.querySelector("parvis-admin")?.shadowRoot?.querySelector("main");
        return (
          document.documentElement.scrollWidth > innerWidth || (main?.scrollWidth ?? 0) > innerWidth
        );
      });
      expect(wide, `${path} is wider than the screen`).toBe(false);
    }
  });
}
