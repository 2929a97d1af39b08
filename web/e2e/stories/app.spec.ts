import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContextOptions } from "@playwright/test";
import { App, kept, stored } from "../harness/app.ts";
import { violations } from "../harness/axe.ts";
import {
  expect,
  log,
  online,
  PHONE,
  row,
  SITE,
  send,
  test,
  type World,
  writing,
} from "../harness/index.ts";

const NO_CONNECTION = "No connection.";

/** Ada has talked to Bob and to Carla. */
async function talked(world: World): Promise<string> {
  await world.known("ada", "bob", "carla");
  const id = await world.conversation("bob", "ada");
  await world.say("bob", id, "From Bob");
  await world.say("carla", await world.conversation("carla", "ada"), "From Carla");
  return id;
}

/** What was said between Ada and Bob, as the server has it. */
async function said(world: World, conversation: string): Promise<string[]> {
  const path = `/conversations/${conversation}/messages`;
  const page = (await world.api("bob", path, "GET")) as { items: { body: string }[] };
  return page.items.map(({ body }) => body);
}

test("a browser finds nothing that keeps the page from being installed", async ({
  world,
  playwright,
}) => {
  const app = await App.of(world);
  // A window that forgets everything can install nothing: this one keeps a profile.
  const profile = mkdtempSync(join(tmpdir(), "parvis-profile-"));
  const { executablePath, args } = test.info().project.use.launchOptions ?? {};
  const browser = await playwright.chromium.launchPersistentContext(profile, {
    executablePath,
    args,
  });
  try {
    const page = await browser.newPage();
    await page.goto(`${app.address}#token=${world.server.token("ada")}`);
    await online(page);
    await page.waitForFunction(() => navigator.serviceWorker.controller);
    const devtools = await browser.newCDPSession(page);
    const manifest = await devtools.send("Page.getAppManifest");
    expect([manifest.errors, new URL(manifest.url).pathname]).toEqual([
      [],
      `/app/${SITE}/manifest.webmanifest`,
    ]);
    const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
    expect(installabilityErrors).toEqual([]);
    const { appId } = await devtools.send("Page.getAppId");
    expect(appId).toBe(`${app.address}/`);
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  }
});

test("without a server the page opens with the last state, and goes on when it is back", async ({
  world,
}) => {
  const id = await talked(world);
  const app = await App.of(world);
  const first = await app.visit("ada");
  await row(first, "Bob").click();
  await expect(log(first).getByText("From Bob")).toBeVisible();
  await kept(first, 2);
  await app.front.goes();
  await expect(first.getByText(NO_CONNECTION)).toBeVisible();

  const again = await app.open(first);
  await first.close();
  await expect(again.getByText(NO_CONNECTION)).toBeVisible();
  await expect(again).toHaveTitle(/Forum$/);
  await row(again, "Bob").click();
  await expect(log(again).getByText("From Bob")).toBeVisible();
  // She never looked at this one.
  await row(again, "Carla").click();
  await expect(log(again).getByText("From Carla")).toBeVisible();
  expect(await violations(again)).toEqual([]);

  await world.say("bob", id, "Said meanwhile");
  await app.front.comes();
  await expect(again.getByText(NO_CONNECTION)).toHaveCount(0, { timeout: 30_000 });
  await row(again, "Bob").click();
  await expect(log(again).getByText("Said meanwhile")).toBeVisible();
});

test("it also opens where the network is gone, and where a proxy says that nobody is there", async ({
  world,
}) => {
  await talked(world);
  const app = await App.of(world);
  const page = await app.visit("ada");
  await kept(page, 2);
  await page.context().setOffline(true);
  await page.reload();
  await expect(page.getByText(NO_CONNECTION)).toBeVisible();
  await expect(row(page, "Bob")).toBeVisible();
  await page.context().setOffline(false);
  await online(page);

  app.front.empty = true;
  await page.reload();
  await expect(page.getByText(NO_CONNECTION)).toBeVisible();
  await row(page, "Carla").click();
  await expect(log(page).getByText("From Carla")).toBeVisible();
});

test("what is written without a server leaves once, though the window was closed meanwhile", async ({
  world,
}) => {
  const id = await talked(world);
  const app = await App.of(world);
  const first = await app.visit("ada");
  await kept(first, 2);
  await app.front.goes();
  const second = await app.open(first);
  await first.close();
  await row(second, "Bob").click();
  await send(second, "Written away, one");
  await send(second, "Written away, two");
  await writing(second).fill("Not finished");
  await expect(log(second).getByText("Sending…").first()).toBeVisible();

  const third = await app.open(second);
  await second.close();
  await row(third, "Bob").click();
  await expect(log(third).getByText("Written away, two")).toBeVisible();
  await expect(log(third).getByText("Sending…").first()).toBeVisible();
  const fourth = await app.open(third);

  await app.front.comes();
  await expect(log(third).getByText("Sending…")).toHaveCount(0, { timeout: 30_000 });
  await expect(log(third).getByText("Sent", { exact: true })).toBeVisible();
  await online(fourth);
  expect(await said(world, id)).toEqual(["From Bob", "Written away, one", "Written away, two"]);
  await row(fourth, "Bob").click();
  await expect(log(fourth).getByText("Written away, two")).toHaveCount(1);
});

test("signing out leaves nothing, in no window, and needs no server", async ({ world }) => {
  await talked(world);
  const app = await App.of(world);
  const page = await app.visit("ada");
  await kept(page, 2);
  const other = await app.open(page);
  await expect(row(other, "Carla")).toBeVisible();
  await app.front.goes();
  await row(page, "Bob").click();
  await send(page, "Not gone out");
  await writing(page).fill("A draft");
  await row(other, "Carla").click();
  await writing(other).fill("Another draft");
  expect((await stored(page)).join()).toContain("A draft");

  await page.getByRole("button", { name: "My settings" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  for (const window of [page, other]) {
    await expect(window.locator("parvis-sign-in")).toBeVisible();
    expect(await stored(window)).toEqual([]);
  }
  const later = await app.open(page);
  await expect(later.locator("parvis-sign-in")).toBeVisible();
  await expect(later.getByText("Bob")).toHaveCount(0);
  await app.front.comes();
  await later.reload();
  await expect(later.locator("parvis-sign-in")).toBeVisible();
});

test("a session that has run out takes the last state with it, and not what was written", async ({
  world,
}) => {
  const id = await talked(world);
  const app = await App.of(world);
  const page = await app.visit("ada");
  await kept(page, 2);
  await app.front.goes();
  await row(page, "Bob").click();
  await send(page, "Written in time");
  await page.evaluate(() => {
    const key = Object.keys(localStorage).find((name) => name.startsWith("parvis:session:")) ?? "";
    const session = JSON.parse(localStorage.getItem(key) ?? "{}");
    localStorage.setItem(key, JSON.stringify({ ...session, expires_at: "2020-01-01T00:00:00Z" }));
  });
  await page.reload();
  await expect(page.locator("parvis-sign-in")).toBeVisible();
  const left = (await stored(page)).join();
  expect(left).not.toContain("From Carla");
  expect(left).toContain("Written in time");

  await app.front.comes();
  const back = await app.open(page, `#token=${world.server.token("ada")}`);
  await row(back, "Bob").click();
  await expect(log(back).getByText("Sent", { exact: true })).toBeVisible();
  expect(await said(world, id)).toEqual(["From Bob", "Written in time"]);
});

test("another member's token takes the place of who was there, in every window", async ({
  world,
}) => {
  await talked(world);
  const app = await App.of(world);
  const ada = await app.visit("ada");
  await kept(ada, 2);
  await app.front.goes();
  const away = await app.open(ada);
  await row(away, "Carla").click();
  await send(away, "Ada's alone");
  // Whom the token speaks of is for the server to say: until then nobody is shown anything.
  const bob = await app.open(ada, `#token=${world.server.token("bob")}`);
  await expect(bob.locator("parvis-direct-messages").getByText("Loading")).toBeAttached();
  await expect(bob.getByText("Carla")).toHaveCount(0);

  await app.front.comes();
  await expect(row(bob, "Ada")).toBeVisible({ timeout: 30_000 });
  for (const window of [ada, away, bob]) {
    await expect(row(window, "Ada")).toBeVisible();
    await expect(row(window, "Carla")).toHaveCount(0);
    expect((await stored(window)).join()).not.toMatch(/From Carla|Ada's alone/);
  }
});

test("a window that has not heard of the new member yet does not take their place", async ({
  world,
}) => {
  await talked(world);
  const app = await App.of(world);
  const ada = await app.visit("ada");
  await expect(row(ada, "Carla")).toBeVisible();
  const text = await ada.evaluate(session);
  const bob = await app.open(ada, `#token=${world.server.token("bob")}`);
  for (const window of [ada, bob]) await expect(row(window, "Ada")).toBeVisible();

  // As Ada's window would have, had it learnt something of her at that moment.
  const late = await ada.context().newPage();
  await late.goto(`${new URL(ada.url()).origin}/api/openapi.json`);
  await late.evaluate(([key, text]) => localStorage.setItem(key ?? "", text ?? ""), text);
  await expect.poll(async () => (await late.evaluate(session))[1]).toContain('"login":"bob"');
  for (const window of [ada, bob]) {
    await expect(row(window, "Ada")).toBeVisible();
    await expect(row(window, "Carla")).toHaveCount(0);
  }
});

/** Within a window: where its session is kept, and the session. */
function session(): [string, string] {
  const key = Object.keys(localStorage).find((name) => name.startsWith("parvis:session:")) ?? "";
  return [key, localStorage.getItem(key) ?? ""];
}

test("the worker keeps the page and its pieces, and nothing that members are told", async ({
  world,
}) => {
  await talked(world);
  const app = await App.of(world);
  const page = await app.visit("ada");
  await kept(page, 2);
  await page.reload();
  await online(page);
  const paths = await page.evaluate(async () => {
    const all = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    const requests = (await Promise.all(all.map((cache) => cache.keys()))).flat();
    return requests.map(({ url }) => url.slice(location.origin.length));
  });
  expect(paths.filter((path) => !path.startsWith("/assets/"))).toEqual(["/app/page.html"]);
  expect(paths.length).toBeGreaterThan(50);
});

const LOOKS: [string, BrowserContextOptions][] = [
  ["a phone in the dark", { ...PHONE, colorScheme: "dark" }],
  ["a desk, from right to left", { locale: "ar-EG" }],
];
for (const [where, look] of LOOKS)
  test(`everybody can use what was kept: ${where}`, async ({ world }) => {
    await talked(world);
    const app = await App.of(world);
    const first = await app.visit("ada", look);
    await kept(first, 2);
    await app.front.goes();
    const page = await app.open(first);
    await expect(page.locator("parvis-direct-messages .banner")).toBeVisible();
    expect(await violations(page), "the list").toEqual([]);
    await page.locator("parvis-conversation-list .row").first().click();
    await expect(log(page).getByText("From Carla")).toBeVisible();
    expect(await violations(page), "a conversation").toEqual([]);
  });
