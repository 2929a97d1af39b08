// Many members: found as one types, and only those near the eye stand in the page.
import { violations } from "../harness/axe.ts";
import { expect, type Page, PHONE, SECTION, test, type World, writing } from "../harness/index.ts";

const MANY = 700;
const MEMBERS = "<parvis-members></parvis-members><parvis-messenger></parvis-messenger>";
const members = (page: Page) => page.getByRole("region", { name: "Members" });

/** Member 001 and so on, and some to be found. */
async function crowd(world: World): Promise<void> {
  const operator = await world.server.operator();
  const names = Array.from({ length: MANY }, (_, n) => `Member ${String(n + 1).padStart(3, "0")}`);
  names.push("Zoé Müller", "Zoltan Été");
  while (names.length)
    await Promise.all(
      names.splice(0, 25).map((name) =>
        operator("/members", "POST", {
          login: name.normalize("NFD").replace(/[^\w]/g, "").toLowerCase(),
          name,
          headline: name.startsWith("Zoé") ? "Luthière" : null,
        }),
      ),
    );
}

const shown = (page: Page) => page.locator("[data-index]");
/** The last one that the page holds. */
const last = (page: Page) =>
  shown(page).evaluateAll((all) =>
    Math.max(...all.map((one) => Number((one as HTMLElement).dataset.index))),
  );

async function toEnd(page: Page, scroll: () => Promise<unknown>): Promise<void> {
  await expect(async () => {
    await scroll();
    expect(await last(page)).toBe(MANY + 1);
  }).toPass({ timeout: 30_000 });
}

test("of many members few stand in the page, and all can be reached", async ({ world }) => {
  test.setTimeout(90_000);
  await crowd(world);
  const ada = await world.visit("ada", MEMBERS);
  await expect(members(ada).getByText("Member 001", { exact: true })).toBeVisible();
  expect(await shown(ada).count()).toBeLessThan(90);
  await toEnd(ada, () => ada.evaluate(() => scrollTo(0, document.documentElement.scrollHeight)));
  expect(await shown(ada).count()).toBeLessThan(90);
  await expect(members(ada).getByText("Zoltan Été")).toBeVisible();
  await expect(members(ada).getByText("Member 300", { exact: true })).toHaveCount(0);
  // The set is told whole to who listens.
  const tile = members(ada).getByRole("listitem").filter({ hasText: "Zoltan" });
  await expect(tile).toHaveAttribute("aria-posinset", String(MANY + 2));
  await expect(tile).toHaveAttribute("aria-setsize", String(MANY + 2));
  // Nothing jumps: the whole list is as high as it would be.
  const { top, height } = await ada.evaluate(() => ({
    top: scrollY,
    height: document.documentElement.scrollHeight,
  }));
  await ada.evaluate((to) => scrollTo(0, to), top / 2);
  await expect
    .poll(() =>
      shown(ada).evaluateAll((all) =>
        all.some((one) => {
          const { top: y } = one.getBoundingClientRect();
          return y > 0 && y < innerHeight && /Member 3\d\d/.test(one.textContent ?? "");
        }),
      ),
    )
    .toBe(true);
  expect(await ada.evaluate(() => document.documentElement.scrollHeight)).toBe(height);
  expect(await violations(ada)).toEqual([]);
});

test("by keyboard: End, Home, arrows and the page keys keep their place", async ({ world }) => {
  test.setTimeout(90_000);
  await crowd(world);
  const ada = await world.visit("ada", MEMBERS);
  const first = shown(ada).filter({ hasText: "Member 001" });
  await first.focus();
  await toEnd(ada, () => ada.keyboard.press("End"));
  await expect(shown(ada).filter({ hasText: "Zoé" })).toBeVisible();
  await ada.keyboard.press("End");
  const end = ada.locator(`[data-index="${MANY + 1}"]`);
  await expect(end).toBeFocused();
  await ada.keyboard.press("Home");
  await expect(first).toBeFocused();
  await expect(first).toBeInViewport();
  await ada.keyboard.press("ArrowRight");
  await expect(shown(ada).filter({ hasText: "Member 002" })).toBeFocused();
  await ada.keyboard.press("PageDown");
  // What has the focus stays in the page, wherever one looks.
  await ada.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await expect(end).toBeVisible();
  expect(await ada.evaluate(() => document.activeElement?.localName)).toBe("parvis-members");
  await ada.keyboard.press("ArrowLeft");
  await expect(first).toHaveCount(1);
});

test("found by name, login and headline, whatever the accents; what can be done is told", async ({
  world,
}) => {
  await crowd(world);
  const ada = await world.visit("ada", SECTION);
  const search = ada.getByRole("searchbox");
  await search.fill("zoe mul");
  const people = ada.getByRole("list", { name: "People" });
  await expect(people.getByRole("listitem")).toHaveCount(1);
  await search.fill("LUTHIERE");
  const zoe = people.getByRole("button", { name: /^Zoé Müller/ });
  await expect(zoe).toBeVisible();
  await expect(zoe).toHaveAccessibleName(/You can ask to become contacts.*You can write to them/);
  await search.press("ArrowDown");
  await expect(zoe).toBeFocused();
  await zoe.press("Shift+F10");
  await expect(ada.getByRole("menuitem")).toHaveText([
    "Send a message",
    "Ask to become contacts",
    "See the profile",
  ]);
  await ada.getByRole("menuitem", { name: "Ask to become contacts" }).click();
  await expect(ada.getByRole("textbox", { name: "A note (optional)" })).toBeFocused();
  await ada.keyboard.press("Escape");
  await zoe.click();
  await expect(writing(ada)).toBeVisible();
  await search.fill("nobody of this name");
  await expect(ada.getByText("Nobody found")).toBeVisible();
});

test("in the section the list under the conversations is as long as it is, on a phone too", async ({
  world,
}) => {
  test.setTimeout(90_000);
  await crowd(world);
  const ada = await world.visit("ada", SECTION, PHONE);
  await expect(ada.getByText("Member 001", { exact: true })).toBeVisible();
  await toEnd(ada, () =>
    ada.locator("parvis-conversation-list .scroll").evaluate((box) => {
      box.scrollTop = box.scrollHeight;
    }),
  );
  expect(await shown(ada).count()).toBeLessThan(90);
  await expect(ada.getByText("Zoltan Été")).toBeInViewport();
  expect(await violations(ada)).toEqual([]);
});
