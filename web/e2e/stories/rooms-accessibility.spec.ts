import type { BrowserContextOptions } from "@playwright/test";
import { violations } from "../harness/axe.ts";
import { expect, PHONE, send, test, writing } from "../harness/index.ts";
import { article, Lobby, menuOf, person, wouldWhisper } from "../harness/rooms.ts";

test.describe.configure({ timeout: 120_000 });

const LOOKS: [string, BrowserContextOptions][] = [
  ["desktop, light", { colorScheme: "light" }],
  ["phone, dark", { ...PHONE, colorScheme: "dark" }],
  ["forced colours", { forcedColors: "active" }],
];

for (const [name, look] of LOOKS)
  test(`axe finds nothing wrong in a room: ${name}`, async ({ world }) => {
    const lobby = await Lobby.of(world, {}, true);
    await world.known("bob", "carla");
    await lobby.say("bob", "Hello @carla, https://example.org");
    const bob = await lobby.visit("bob");
    const carla = await lobby.visit("carla", look);
    await send(bob, "@carla between us");
    await expect(article(carla, "between us")).toBeVisible();
    expect(await violations(carla), "the talk").toEqual([]);
    await writing(carla).pressSequentially("@b");
    await expect(carla.getByRole("option")).toBeVisible();
    expect(await violations(carla), "names to choose from").toEqual([]);
    await writing(carla).fill("@bob @nobody well");
    await wouldWhisper(carla, "Nobody you can whisper to is called @nobody");
    expect(await violations(carla), "a whisper to be").toEqual([]);
    await writing(carla).fill("");
    await menuOf(carla, "Hello", "Ban Bob…");
    await expect(carla.getByRole("dialog", { name: "Ban Bob?" })).toBeVisible();
    expect(await violations(carla), "a form").toEqual([]);
    await carla.keyboard.press("Escape");
    await carla.getByRole("button", { name: /^Moderation/ }).click();
    await expect(carla.getByRole("complementary", { name: "Moderation" })).toBeVisible();
    expect(await violations(carla), "moderation").toEqual([]);
    await carla.getByRole("button", { name: "Close" }).click();
    await carla.getByRole("button", { name: /^Who is here/ }).click();
    await expect(person(carla, "Bob")).toBeVisible();
    expect(await violations(carla), "who is here").toEqual([]);
    const fits = () => document.documentElement.scrollWidth <= window.innerWidth;
    expect(await carla.evaluate(fits)).toBe(true);
  });

test("the whole way by keyboard alone", async ({ world }) => {
  const lobby = await Lobby.of(world);
  const bob = await lobby.visit("bob");
  const ada = await lobby.visit("ada");
  await send(bob, "@ada a word");
  await expect(article(ada, "a word")).toBeVisible();
  await writing(ada).focus();
  await ada.keyboard.type("Hello");
  await ada.keyboard.press("Enter");
  await expect(article(bob, "Hello")).toBeVisible();
  await ada.keyboard.press("ArrowUp");
  await expect(ada.getByText("Editing your message")).toBeVisible();
  await ada.keyboard.press("Escape");
  // Back through the messages to the aside, and its reply.
  await ada.keyboard.press("Shift+Tab");
  await expect(ada.getByRole("button", { name: "Message actions" }).last()).toBeFocused();
  await ada.keyboard.press("Shift+Tab");
  await expect(article(ada, "Hello")).toBeFocused();
  await ada.keyboard.press("ArrowUp");
  await expect(article(ada, "a word")).toBeFocused();
  await ada.keyboard.press("Tab");
  await ada.keyboard.press("Tab");
  await expect(ada.getByRole("button", { name: "Reply to the same people" })).toBeFocused();
  await ada.keyboard.press("Enter");
  await expect(writing(ada)).toBeFocused();
  await ada.keyboard.type("yes?");
  await ada.keyboard.press("Enter");
  await expect(article(bob, "yes?")).toHaveClass(/aside/);
  // And from those who are there.
  await person(ada, "Bob").focus();
  await ada.keyboard.press("Enter");
  await expect(writing(ada)).toHaveValue("@bob ");
  await ada.keyboard.type("@");
  await expect(ada.getByRole("listbox")).toBeVisible();
  await ada.keyboard.press("Escape");
  await expect(ada.getByRole("listbox")).toHaveCount(0);
  await expect(writing(ada)).toBeFocused();
});
