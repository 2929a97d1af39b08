import { App, build, builds, kept, opened, replaced } from "../harness/app.ts";
import { expect, online, row, SITE, test, type World } from "../harness/index.ts";

async function known(world: World): Promise<void> {
  await world.known("ada", "bob");
  await world.say("bob", await world.conversation("bob", "ada"), "From Bob");
}

test("an open window goes on with its build, a new one has the next, and the old goes with its last window", async ({
  world,
}) => {
  await known(world);
  const app = await App.of(world);
  const old = await app.visit("ada");
  await kept(old, 1);
  const pieces = await old.evaluate(async () => {
    const [name = ""] = await caches.keys();
    return (await (await caches.open(name)).keys()).map(({ url }) => url);
  });
  const groups = pieces.find((url) => /groups-/.test(url)) ?? "";
  expect((await fetch(groups)).status).toBe(200);

  app.front.replace();
  expect((await fetch(groups)).status).toBe(404);
  const fresh = await app.open(old);
  await online(fresh);
  expect([await build(old), await build(fresh)]).toEqual(["first", "next"]);
  await replaced(fresh);
  expect(await builds(fresh)).toBe(2);

  // A part that nobody needed so far: its pieces are not on the server any more.
  await old.bringToFront();
  await old.getByRole("button", { name: "New chat", exact: true }).first().click();
  await old.getByRole("button", { name: /^New group conversation/ }).click();
  await expect(old.getByRole("heading", { name: "Add people" })).toBeVisible();
  expect(await build(old)).toBe("first");

  // Another window tidies up; as long as the old one is there, it keeps what is its own.
  const third = await app.open(fresh);
  await online(third);
  expect(await builds(third)).toBe(2);
  await old.close();
  await expect.poll(() => opened(third)).toBe(1);
  await third.reload();
  await expect.poll(() => builds(third)).toBe(1);
  expect(await build(third)).toBe("next");
});

test("after an update the new build is the one that opens without a server", async ({ world }) => {
  await known(world);
  const app = await App.of(world);
  const page = await app.visit("ada");
  await kept(page, 1);
  app.front.replace();
  await page.reload();
  await replaced(page);
  await page.reload();
  await expect.poll(() => builds(page)).toBe(1);
  await app.front.goes();
  await page.reload();
  await expect(row(page, "Bob")).toBeVisible();
  expect(await build(page)).toBe("next");
});

test("a build that can't be had whole changes nothing", async ({ world }) => {
  await known(world);
  const app = await App.of(world);
  const page = await app.visit("ada");
  await kept(page, 1);
  const [before] = await page.evaluate(() => caches.keys());
  app.front.replace();
  app.front.missing = /groups-/;
  await page.reload();
  await online(page);
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration("/app/");
    await registration?.update().catch(() => {});
  });
  await expect.poll(() => app.front.missed).toBeGreaterThan(0);
  await app.front.goes();
  await page.reload();
  await expect(row(page, "Bob")).toBeVisible();
  expect(await build(page)).toBe("first");
  expect(await page.evaluate(() => caches.keys())).toContain(before);
  expect(new URL(page.url()).pathname).toBe(`/app/${SITE}/`);
});
