// What tells whoever looks elsewhere: the page's title, and a sound.
import { expect, log, openWith, type Page, test } from "../harness/index.ts";

const CHIME = 2;

/** Counts the notes that these pages begin to play. */
async function listen(...pages: Page[]): Promise<{ notes: number }> {
  const heard = { notes: 0 };
  for (const page of pages) {
    await page.exposeFunction("noted", () => {
      heard.notes += 1;
    });
    await page.addInitScript(() => {
      const { start } = OscillatorNode.prototype;
      OscillatorNode.prototype.start = function (...when) {
        (globalThis as unknown as { noted: () => void }).noted();
        return start.apply(this, when);
      };
    });
  }
  return heard;
}

/** It is known what was unread before. */
const looked = (page: Page) =>
  page.waitForFunction(() => {
    type Element = HTMLElement & { client?: { state: { loaded: boolean } } };
    return document.querySelector<Element>("parvis-messenger")?.client?.state.loaded;
  });

/** Nobody holds the turn to sound any more. */
const silent = (page: Page) =>
  expect
    .poll(() => page.evaluate(async () => (await navigator.locks.query()).held?.length))
    .toBe(0);

test("what is new stands in the title of every tab, and is heard in one of them", async ({
  world,
}) => {
  await world.known("ada", "bob");
  const id = await world.conversation("bob", "ada");
  const body = `<parvis-messenger></parvis-messenger>${world.tag(`data-token="${world.server.token("ada")}"`)}`;
  const host = await world.website({ body });
  const first = await world.window();
  const second = await first.context().newPage();
  const heard = await listen(first, second);
  for (const page of [first, second]) {
    await page.goto(host.origin);
    await looked(page);
    await expect(page).toHaveTitle("A website");
  }

  await world.say("bob", id, "Psst");
  for (const page of [first, second]) await expect(page).toHaveTitle("(1) A website");
  await expect.poll(() => heard.notes).toBe(CHIME);
  await silent(first);
  await world.say("bob", id, "Are you there?");
  for (const page of [first, second]) await expect(page).toHaveTitle("(2) A website");
  await expect.poll(() => heard.notes).toBe(2 * CHIME);

  // The title stays the page's own.
  await first.evaluate(() => {
    document.title = "Another page";
  });
  await expect(first).toHaveTitle("(2) Another page");
  await openWith(first, "Bob");
  await expect(log(first).getByText("Are you there?")).toBeVisible();
  await expect(first).toHaveTitle("Another page");
  await expect(second).toHaveTitle("A website");
  expect(heard.notes).toBe(2 * CHIME);
});

test("what one looks at makes no sound", async ({ world }) => {
  await world.known("ada", "bob", "carla");
  const fromBob = await world.conversation("bob", "ada");
  const fromCarla = await world.conversation("carla", "ada");
  await world.say("bob", fromBob, "Hello");
  const ada = await world.window();
  const heard = await listen(ada);
  const tag = world.tag(`data-token="${world.server.token("ada")}"`);
  const host = await world.website({ body: `<parvis-messenger></parvis-messenger>${tag}` });
  await ada.goto(host.origin);
  // What was there before one came is counted, not heard.
  await expect(ada).toHaveTitle("(1) A website");
  await openWith(ada, "Bob");
  await expect(ada).toHaveTitle("A website");
  await world.say("bob", fromBob, "You see this at once");
  await expect(log(ada).getByText("You see this at once")).toBeVisible();
  await world.say("carla", fromCarla, "And this you don't");
  await expect(ada).toHaveTitle("(1) A website");
  await expect.poll(() => heard.notes).toBe(CHIME);
});

test("both are off when their member says so, in every tab", async ({ world }) => {
  await world.known("ada", "bob");
  const id = await world.conversation("bob", "ada");
  const tag = world.tag(`data-token="${world.server.token("ada")}"`);
  const host = await world.website({ body: `<parvis-messenger></parvis-messenger>${tag}` });
  const first = await world.window();
  const second = await first.context().newPage();
  const heard = await listen(first, second);
  for (const page of [first, second]) {
    await page.goto(host.origin);
    await looked(page);
  }
  await world.say("bob", id, "One");
  for (const page of [first, second]) await expect(page).toHaveTitle("(1) A website");
  await expect.poll(() => heard.notes).toBe(CHIME);

  await first.getByRole("button", { name: /^Open messages/ }).click();
  await first.getByRole("button", { name: "My settings" }).click();
  const choice = first.getByRole("switch", { name: "Tell me of new messages" });
  await expect(choice).toBeChecked();
  await choice.uncheck();
  for (const page of [first, second]) await expect(page).toHaveTitle("A website");
  await silent(first);
  await world.say("bob", id, "Two");
  await expect(
    second.getByRole("button", { name: "Open messages, 2 unread messages" }),
  ).toBeVisible();

  await first.reload();
  await expect(choice).not.toBeChecked();
  await choice.check();
  for (const page of [first, second]) await expect(page).toHaveTitle("(2) A website");
  await world.say("bob", id, "Three");
  for (const page of [first, second]) await expect(page).toHaveTitle("(3) A website");
  // Of three, the one in between was not heard.
  await expect.poll(() => heard.notes).toBe(2 * CHIME);
});
