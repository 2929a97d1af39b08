// Every screen of the back-office, by axe, on a desk and on a phone, light and dark, in both languages.
import type { BrowserContextOptions } from "@playwright/test";
import { Office } from "../harness/admin.ts";
import { violations } from "../harness/axe.ts";
import { expect, type Page, PHONE, test } from "../harness/index.ts";

const LOOKS: [string, BrowserContextOptions][] = [
  ["desktop, light", { colorScheme: "light" }],
  ["phone, dark, in French", { ...PHONE, colorScheme: "dark", locale: "fr-FR" }],
];

/** What is fetched is there. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await expect(page.locator(".bones")).toHaveCount(0);
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
    for (const path of screens) {
      await page.goto(office.address(path));
      await settled(page);
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
