// How one hears of a call, wherever one looks; and from where else one may call.
import {
  answer,
  begin,
  CALLING,
  callingSite,
  seesTheOther,
  two,
  written,
} from "../harness/calls.ts";
import { expect, openWith, type Page, PHONE, test } from "../harness/index.ts";

test.use(CALLING);

/** Before anything of the page runs: what the page asks of the system, and what sounds. */
async function watched(page: Page, permission: NotificationPermission): Promise<void> {
  await page.addInitScript((state) => {
    const told: string[] = [];
    let sounds = 0;
    Object.assign(globalThis, { told, sounds: () => sounds });
    class Notification extends EventTarget {
      static permission = state;
      constructor(text: string) {
        super();
        if (text) told.push(text);
      }
      static async requestPermission(): Promise<NotificationPermission> {
        told.push("asked");
        Notification.permission = "granted";
        return "granted";
      }
      close(): void {
        told.push("closed");
      }
    }
    Object.assign(globalThis, { Notification });
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (...at) {
      sounds += 1;
      return start.apply(this, at);
    };
    const looksAway = () => new URL(location.href).searchParams.has("away");
    Object.defineProperty(document, "hidden", { get: looksAway });
  }, permission);
  await page.reload();
}

type Watched = { told: string[]; sounds(): number };
const told = (page: Page) => page.evaluate(() => (globalThis as unknown as Watched).told);
const sounds = (page: Page) => page.evaluate(() => (globalThis as unknown as Watched).sounds());

test("it rings: a sound, the title, and nothing of it afterwards", async ({ world }) => {
  const [ada, bob] = await two(world);
  for (const page of [ada, bob]) await watched(page, "default");
  expect(await sounds(bob)).toBe(0);
  await begin(ada);
  await expect(bob).toHaveTitle("📞 Incoming call from Ada");
  await expect.poll(() => sounds(bob)).toBeGreaterThan(1);
  await expect.poll(() => sounds(ada)).toBeGreaterThan(0);
  await answer(bob);
  await seesTheOther(bob);
  await expect(bob).toHaveTitle("A website");
  const heard = await sounds(bob);
  // Longer than from one ring to the next.
  await bob.waitForTimeout(3_000);
  expect(await sounds(bob)).toBe(heard);
  expect(await told(bob)).toEqual([]);
});

test("whoever wishes it is notified while they look at something else; nobody is asked unbidden", async ({
  world,
}) => {
  const [ada, bob] = await two(world);
  await watched(bob, "default");
  await bob.getByRole("button", { name: /^Open messages/ }).click();
  await bob.getByRole("button", { name: "Settings" }).click();
  const ask = bob.getByRole("button", { name: "Notify me of calls" });
  await expect(ask).toBeVisible();
  expect(await told(bob)).toEqual([]);
  await ask.press("Enter");
  const on = bob.getByText("You are notified of calls.");
  await expect(on).toBeVisible();
  await expect(bob.locator(".state", { has: on })).toBeFocused();
  expect(await told(bob)).toEqual(["asked"]);

  await bob.evaluate(() => history.replaceState(null, "", "?away"));
  await begin(ada);
  await expect.poll(() => told(bob)).toEqual(["asked", "Incoming call from Ada"]);
  await ada.getByRole("button", { name: "Cancel" }).click();
  await expect.poll(() => told(bob)).toEqual(["asked", "Incoming call from Ada", "closed"]);
});

test("whoever refused it reads what to do", async ({ world }) => {
  const [, bob] = await two(world);
  await watched(bob, "denied");
  await bob.getByRole("button", { name: /^Open messages/ }).click();
  await bob.getByRole("button", { name: "Settings" }).click();
  await expect(bob.getByText("The browser was told to refuse notifications.")).toBeVisible();
  await expect(bob.getByRole("button", { name: "Notify me of calls" })).toHaveCount(0);
});

test("a call lies over whatever is open, and the focus goes back to it", async ({ world }) => {
  const [ada, bob] = await two(world);
  await openWith(bob, "Ada");
  await bob.getByRole("button", { name: "Actions for Ada" }).click();
  await bob.getByRole("menuitem", { name: "See the profile" }).click();
  const profile = bob.getByRole("dialog", { name: "Profile of Ada" });
  const close = profile.getByRole("button", { name: "Close" });
  await close.focus();
  await begin(ada);
  await expect(bob.getByRole("heading", { name: "Ada would like a video call" })).toBeFocused();
  await answer(bob);
  await seesTheOther(ada);
  await seesTheOther(bob);
  const call = bob.getByRole("dialog", { name: "Call with Ada" });
  await call.getByRole("button", { name: "Hang up" }).click();
  await call.getByRole("button", { name: "Close" }).press("Enter");
  await expect(close).toBeFocused();
});

test("a suggestion can be called, where one may", async ({ world }) => {
  const operator = await callingSite(world);
  const suggest = "<parvis-direct-messages matchmaking></parvis-direct-messages>";
  await operator("/settings", "PATCH", { features: { matchmaking: true } });
  await world.api("carla", "/me", "PATCH", { interests: ["Bees"] });
  await world.api("bob", "/me", "PATCH", { interests: ["Bees"] });
  const bob = await world.visit("bob");
  const carla = await world.visit("carla", suggest, PHONE);
  const row = carla.getByRole("listitem").filter({ hasText: "shared interest" });
  await expect(row.getByRole("button", { name: "Message to Bob" })).toBeVisible();
  await expect(row.getByRole("button", { name: "Voice call with Bob" })).toBeVisible();
  await row.getByRole("button", { name: "Video call with Bob" }).click();
  await carla.getByRole("button", { name: "Call", exact: true }).click();
  await expect(bob.getByText("Carla would like a video call")).toBeVisible();
  await carla.getByRole("button", { name: "Cancel" }).click();
  // Not where calls are off.
  await operator("/settings", "PATCH", { features: { video: false } });
  await expect(row.getByRole("button", { name: "Message to Bob" })).toBeVisible();
  await expect(row.getByRole("button", { name: /call with Bob/ })).toHaveCount(0);
});

/** Something to wait for, and what ends the waiting. */
function gate(): { open: () => void; opened: Promise<void> } {
  let open = () => {};
  const opened = new Promise<void>((done) => {
    open = done;
  });
  return { open, opened };
}

test("a call that comes while a page asks for the calls goes on ringing there, and elsewhere", async ({
  world,
}) => {
  const [ada, bob] = await two(world);
  // Asked before the call, answered after it: there is none.
  const [made, late, here] = [gate(), gate(), gate()];
  await bob.route(
    /\/calls$/,
    async (route) => {
      const response = await route.fetch();
      made.open();
      await late.opened;
      await route.fulfill({ response });
      here.open();
    },
    { times: 1 },
  );
  await bob.reload();
  await made.opened;
  await begin(ada);
  await expect(bob.getByText("Ada would like a video call")).toBeVisible();
  late.open();
  await here.opened;
  // The page has read it when it has asked something after it.
  await bob.evaluate(() => fetch("/"));
  await expect(bob.getByText("Ada would like a video call")).toBeVisible();
  await expect(written(ada, "Ringing…")).toBeVisible();
  await answer(bob);
  await seesTheOther(ada);
});

test("a call that is taken back before the server knows of it does not go on ringing", async ({
  world,
}) => {
  const [ada, bob] = await two(world);
  const [asked, late] = [gate(), gate()];
  await ada.route(/\/calls$/, async (route) => {
    asked.open();
    await late.opened;
    await route.continue();
  });
  await begin(ada);
  await asked.opened;
  await ada.getByRole("button", { name: "Cancel", exact: true }).click();
  late.open();
  await expect(written(bob, "The call was taken back")).toBeVisible();
});
