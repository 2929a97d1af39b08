import type { BrowserContextOptions } from "@playwright/test";
import { violations } from "../harness/axe.ts";
import { expect, log, SITE, test, type World, writing } from "../harness/index.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
const LOOKS: [string, BrowserContextOptions][] = [
  ["desktop, light", { colorScheme: "light" }],
  ["desktop, dark", { colorScheme: "dark" }],
  ["phone, light", { ...PHONE, colorScheme: "light" }],
  ["phone, dark", { ...PHONE, colorScheme: "dark", locale: "fr-FR" }],
  ["forced colours", { forcedColors: "active" }],
  ["phone, Arabic", { ...PHONE, colorScheme: "light", locale: "ar-EG" }],
];

/** A conversation with something of everything in it. */
async function history(world: World): Promise<string> {
  await world.known("bob", "ada", "carla");
  const id = await world.conversation("ada", "bob");
  await world.say("ada", id, "Hello Bob, https://example.org", "Second");
  await world.say("bob", id, "Hello Ada");
  await world.conversation("carla", "ada").then((other) => world.say("carla", other, "Unread"));
  return id;
}

for (const [name, look] of LOOKS) {
  test(`axe finds nothing wrong: ${name}`, async ({ world }) => {
    test.setTimeout(90_000);
    const id = await history(world);
    const page = await world.visit("ada", undefined, look);
    const launcher = page.locator("parvis-messenger").getByRole("button").first();
    await expect(launcher).toBeVisible();
    expect(await violations(page), "closed").toEqual([]);
    await launcher.click();
    await expect(page.getByRole("list").getByText("Bob")).toBeVisible();
    expect(await violations(page), "list").toEqual([]);
    await page.evaluate((conversation) => {
      type Page = { parvis: { open(target: object): Promise<void> } };
      return (window as unknown as Page).parvis.open({ conversation });
    }, id);
    await expect(log(page).getByText("Hello Ada")).toBeVisible();
    expect(await violations(page), "conversation").toEqual([]);

    const section = await world.visit(
      "ada",
      "<parvis-direct-messages></parvis-direct-messages><parvis-members></parvis-members>",
      look,
    );
    await expect(section.locator("parvis-members").getByText("Carla")).toBeVisible();
    await expect(
      section.locator("parvis-direct-messages").getByText("Carla").first(),
    ).toBeVisible();
    expect(await violations(section), "section and members").toEqual([]);

    const app = await world.window(look);
    await app.goto(`${world.server.origin}/app/${SITE}`);
    await expect(app.locator("parvis-sign-in")).toBeVisible();
    expect(await violations(app), "full page, signed out").toEqual([]);
    // Nothing is wider than the screen.
    for (const one of [page, section, app]) {
      expect(
        await one.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
      ).toBe(true);
    }
  });
}

for (const locale of ["en-GB", "fr-FR", "ar-EG"])
  test(`the full page, signed in, in both themes: ${locale}`, async ({ world }) => {
    await history(world);
    for (const colorScheme of ["light", "dark"] as const) {
      const app = await world.window({ locale, colorScheme });
      const token = world.server.token("ada");
      await app.goto(`${world.server.origin}/app/${SITE}#token=${token}`);
      await app.locator("parvis-direct-messages").getByText("Bob").first().click();
      await expect(log(app).getByText("Hello Ada")).toBeVisible();
      await expect(app.locator("parvis-direct-messages .root")).toHaveAttribute(
        "lang",
        locale.slice(0, 2),
      );
      expect(await violations(app), colorScheme).toEqual([]);
    }
  });

test("the whole way by keyboard alone", async ({ world }) => {
  await history(world);
  const page = await world.visit("ada", "<parvis-messenger></parvis-messenger>");
  const launcher = page.getByRole("button", { name: /^Open messages/ });
  await expect(launcher).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(launcher).toBeFocused();
  await page.keyboard.press("Enter");
  // The focus is on the list; arrows go through it.
  const rows = page.getByRole("list", { name: "Conversations" }).getByRole("button");
  await expect(page.getByRole("list", { name: "Conversations" })).toBeVisible();
  await expect(rows.filter({ hasText: "Carla" }).first()).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(rows.filter({ hasText: "Bob" }).first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(writing(page)).toBeFocused();
  await page.keyboard.type("By keyboard");
  await page.keyboard.press("Enter");
  await expect(log(page).getByText("By keyboard")).toBeVisible();
  // What is still on its way cannot be edited.
  await expect(log(page).getByText("Sent", { exact: true })).toBeVisible();
  await page.keyboard.press("ArrowUp");
  await expect(page.getByText("Editing your message")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("Editing your message")).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Messages" })).toBeHidden();
  await expect(launcher).toBeFocused();
});

test("the pages to read and try the API load", async ({ world }) => {
  const page = await world.window();
  const heard: string[] = [];
  page.on("console", (message) => message.type() === "error" && heard.push(message.text()));
  await page.goto(`${world.server.origin}/api/docs`);
  const tags = page.getByPlaceholder("Filter by tag");
  // Only what is in sight is drawn.
  for (const [tag, path] of [
    ["contacts", "/api/v1/contact-requests"],
    ["messages", "/api/v1/conversations/{conversation}/messages"],
    ["back-office", "/api/v1/admin/api-keys"],
  ] as const) {
    await tags.fill(tag);
    await expect(page.getByText(path, { exact: true }).first()).toBeVisible();
  }
  expect(heard).toEqual([]);
});

test("by default people are greeted in their own language", async ({ world }) => {
  const page = await world.visit("ada", undefined, { locale: "fr-CA" });
  await page.getByRole("button", { name: "Ouvrir les messages" }).click();
  await expect(page.getByText("Aucune conversation")).toBeVisible();
});
