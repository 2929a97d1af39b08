import { expect, type Locator, log, test, type World } from "../harness/index.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
const LIST = "<parvis-direct-messages></parvis-direct-messages>";

async function talk(world: World): Promise<void> {
  await world.known("bob", "ada");
  const id = await world.conversation("ada", "bob");
  await world.say("ada", id, "مرحبا بوب");
  await world.say("bob", id, "Hello Ada");
}

async function box(place: Locator) {
  await expect(place).toBeVisible();
  return (await place.boundingBox()) ?? { x: 0, width: 0 };
}

test("on a page written from left to right, an Arabic member reads from right to left", async ({
  world,
}) => {
  await talk(world);
  const page = await world.visit("ada", undefined, { locale: "ar-EG" });
  const launcher = page.locator("parvis-messenger").getByRole("button").first();
  // It floats where the website expects it.
  expect((await box(launcher)).x).toBeGreaterThan(700);
  await launcher.click();
  await page.getByRole("button", { name: /Bob/ }).first().click();
  const mine = await box(log(page).getByText("مرحبا بوب"));
  const theirs = await box(log(page).getByText("Hello Ada"));
  expect(mine.x).toBeLessThan(theirs.x);
  const panel = page.locator("parvis-messenger .panel");
  expect(await panel.evaluate((one) => getComputedStyle(one).direction)).toBe("rtl");
  // The arrow points to where one came from: on this side that is to the right.
  const back = panel.locator(".turns").first();
  expect(await back.evaluate((one) => getComputedStyle(one).scale)).toBe("-1 1");
  const [arrow, name] = [await box(back), await box(panel.getByRole("heading", { name: "Bob" }))];
  expect(arrow.x).toBeGreaterThan(name.x);
});

test("a member whose language changes reads the other way", async ({ world }) => {
  await talk(world);
  const page = await world.visit("ada", LIST);
  const element = page.locator("parvis-direct-messages");
  const direction = () => element.evaluate((one) => getComputedStyle(one).direction);
  await expect(element.getByText("Bob").first()).toBeVisible();
  expect(await direction()).toBe("ltr");
  await world.api("ada", "/me", "PATCH", { locale: "ar" });
  await expect.poll(direction).toBe("rtl");
  await world.api("ada", "/me", "PATCH", { locale: "en" });
  await expect.poll(direction).toBe("ltr");
});

test("rows are drawn aside towards where their line begins", async ({ world }) => {
  await talk(world);
  const page = await world.visit("ada", LIST, { ...PHONE, locale: "ar" });
  const row = page.locator("parvis-direct-messages .row[data-id]").first();
  const { x, width } = await box(row);
  const touch = await page.context().newCDPSession(page);
  const y = ((await row.boundingBox())?.y ?? 0) + 20;
  const at = (left: number) => [{ x: left, y }];
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(x + 60) });
  for (let left = 80; left <= 240; left += 20)
    await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(x + left) });
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  const acts = await box(page.locator("parvis-direct-messages .acts"));
  await expect.poll(async () => (await box(row)).x).toBeGreaterThan(x + width / 4);
  expect(acts.x).toBeLessThan(x + width / 4);
});
