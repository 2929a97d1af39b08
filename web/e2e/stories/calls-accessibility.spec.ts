// Calls for everybody: what axe finds, by keyboard alone, and what is said to whoever does not see it.
import type { BrowserContextOptions } from "@playwright/test";
import { violations } from "../harness/axe.ts";
import { answer, CALLING, callingSite, seesTheOther, two, written } from "../harness/calls.ts";
import {
  expect,
  type Locator,
  type Page,
  PHONE,
  test,
  type World,
  writing,
} from "../harness/index.ts";

test.use(CALLING);

const LOOKS: [string, BrowserContextOptions][] = [
  ["desktop, light", { colorScheme: "light" }],
  ["desktop, dark", { colorScheme: "dark", locale: "fr-FR" }],
  ["phone, light", { ...PHONE, colorScheme: "light", locale: "fr-FR" }],
  ["phone, dark", { ...PHONE, colorScheme: "dark" }],
];

/** The same in both languages. */
const SAYS = {
  messages: /^(Open messages|Ouvrir les messages)/,
  video: /^(Video call|Appel vidéo)$/,
  start: /^(Call|Appeler)$/,
  answer: /^(Answer|Répondre)$/,
  chat: /^Conversation$/,
  small: /^(Make it small|Réduire)$/,
  hangUp: /^(Hang up|Raccrocher)$/,
};

async function inConversation(world: World, look: BrowserContextOptions): Promise<Page> {
  const page = await world.visit("ada", undefined, look);
  await page.getByRole("button", { name: SAYS.messages }).click();
  await page.getByRole("list").getByText("Bob").click();
  return page;
}

for (const [name, options] of LOOKS)
  test(`axe finds nothing wrong in a call: ${name}`, async ({ world }) => {
    test.setTimeout(90_000);
    await callingSite(world);
    const wrong: Record<string, string[]> = {};
    const look = async (page: Page, what: string) => {
      const found = await violations(page);
      if (found.length) wrong[what] = found;
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
        what,
      ).toBe(true);
    };
    const id = await world.conversation("ada", "bob");
    await world.say("bob", id, "Hello Ada");
    const [ada, bob] = [
      await inConversation(world, options),
      await world.visit("bob", undefined, options),
    ];
    await expect(bob.getByRole("button", { name: SAYS.messages })).toBeVisible();
    await ada.getByRole("button", { name: SAYS.video }).click();
    await expect(ada.getByRole("combobox")).toBeVisible();
    await look(ada, "preview");
    await ada.getByRole("button", { name: SAYS.start }).click();
    await expect(bob.getByRole("button", { name: SAYS.answer })).toBeVisible();
    await look(ada, "ringing, who calls");
    await look(bob, "ringing, who is called");
    await bob.getByRole("button", { name: SAYS.answer }).click();
    await seesTheOther(ada);
    await look(ada, "in the call");
    await ada.getByRole("button", { name: SAYS.chat }).click();
    await expect(ada.locator(".chat").getByText("Hello Ada")).toBeVisible();
    await look(ada, "the conversation beside it");
    await ada.getByRole("button", { name: SAYS.small }).click();
    await look(ada, "small");
    await ada.getByRole("button", { name: SAYS.hangUp }).click();
    await look(ada, "over");
    await look(bob, "over, at the other's");
    expect(wrong).toEqual({});
  });

/** Goes on with Tab until the focus is there, and sees that one sees it. */
async function reach(page: Page, target: Locator, key = "Tab"): Promise<void> {
  for (let steps = 0; steps < 40; steps += 1) {
    await page.keyboard.press(key);
    const here = await target.evaluateAll((all) =>
      all.some((one) => (one.getRootNode() as ShadowRoot).activeElement === one),
    );
    if (here) break;
  }
  await expect(target).toBeFocused();
  await expect(target).not.toHaveCSS("outline-style", "none");
}

async function press(page: Page, name: string): Promise<void> {
  await reach(page, page.getByRole("button", { name, exact: true }));
  await page.keyboard.press("Enter");
}

test("a whole call by keyboard alone; the focus goes back to where it was", async ({ world }) => {
  test.setTimeout(60_000);
  const [ada, bob] = await two(world);
  const launcher = bob.getByRole("button", { name: /^Open messages/ });
  await reach(bob, launcher);

  await expect(writing(ada)).toBeFocused();
  const video = ada.getByRole("button", { name: "Video call" });
  await reach(ada, video, "Shift+Tab");
  await ada.keyboard.press("Enter");
  await expect(ada.getByRole("heading", { name: "Before you call Bob" })).toBeFocused();
  const microphone = ada.getByRole("combobox", { name: "Microphone" });
  await reach(ada, microphone);
  await ada.keyboard.press("ArrowDown");
  await expect(microphone.locator("option:checked")).toHaveText("Fake Audio Input 1");
  await press(ada, "Cancel");
  await expect(video).toBeFocused();
  await ada.keyboard.press("Enter");
  await ada.keyboard.press("Escape");
  await expect(video).toBeFocused();
  await ada.keyboard.press("Enter");
  await press(ada, "Call");

  await expect(bob.getByRole("heading", { name: "Ada would like a video call" })).toBeFocused();
  await press(bob, "Answer");
  await seesTheOther(ada);
  await seesTheOther(bob);
  await press(ada, "Turn the microphone off");
  await expect(written(bob, "Ada has muted the microphone")).toBeVisible();
  await press(ada, "Turn the camera off");
  await expect(bob.locator("video#theirs")).toBeHidden();
  await press(ada, "Share the screen");
  await expect(written(bob, "Ada shares the screen")).toBeVisible();
  await seesTheOther(bob);
  await press(ada, "Stop sharing the screen");
  await press(ada, "Make it small");
  await expect(ada.getByRole("button", { name: "Make it large" })).toBeFocused();
  await press(ada, "Hang up");
  for (const page of [ada, bob]) {
    await expect(page.getByRole("heading", { name: "The call is over" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Close", exact: true })).toBeFocused();
  }
  await ada.keyboard.press("Enter");
  await expect(video).toBeFocused();
  await bob.keyboard.press("Escape");
  await expect(launcher).toBeFocused();
});

test("what happens in a call is told once to whoever does not see it", async ({ world }) => {
  const [ada, bob] = await two(world);
  await ada.getByRole("button", { name: "Video call" }).click();
  const news = ada.locator("dialog.call > [role=status]");
  await news.evaluate((place) => {
    const told: (string | null)[] = [];
    Object.assign(globalThis, { told });
    const note = () => told.push(place.textContent);
    new MutationObserver(note).observe(place, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  await ada.getByRole("button", { name: "Call", exact: true }).click();
  await answer(bob);
  await expect(news).toHaveText("Connected");
  for (const [does, told] of [
    ["Turn the microphone off", "Bob has muted the microphone"],
    ["Turn the microphone on", "Bob has turned the microphone on"],
    ["Turn the camera off", "Bob has no camera on"],
    ["Turn the camera on", "Bob has turned the camera on"],
    ["Share the screen", "Bob shares the screen"],
    ["Stop sharing the screen", "Bob no longer shares the screen"],
    ["Hang up", "The call is over"],
  ] as const) {
    await bob.getByRole("button", { name: does }).click();
    await expect(news).toHaveText(told);
  }
  const told = await ada.evaluate(() => (globalThis as unknown as { told: string[] }).told);
  expect(told).toEqual([
    "Ringing…",
    "Connecting…",
    "Connected",
    "Bob has muted the microphone",
    "Bob has turned the microphone on",
    "Bob has no camera on",
    "Bob has turned the camera on",
    "Bob shares the screen",
    "Bob no longer shares the screen",
    "The call is over",
  ]);
});
