import type { CDPSession } from "@playwright/test";
import { violations } from "../harness/axe.ts";
import {
  expect,
  log,
  menuOf,
  online,
  type Page,
  PHONE,
  row,
  SECTION,
  test,
  type World,
} from "../harness/index.ts";

const BOX = "<parvis-messenger></parvis-messenger>";

async function unread(world: World): Promise<string> {
  await world.known("ada", "bob", "carla");
  const other = await world.conversation("carla", "ada");
  await world.say("carla", other, "From Carla");
  const id = await world.conversation("bob", "ada");
  await world.say("bob", id, "One", "Two");
  return id;
}

/** A finger that draws a row to the left. */
async function swipe(page: Page, name: string, far = 240): Promise<void> {
  // What follows the finger has been fetched; what was drawn before is back in its place.
  await expect(row(page, name)).toHaveCSS("touch-action", "pan-y");
  await expect(page.locator(".acts")).toHaveCount(0);
  await still(page, name);
  const box = await row(page, name).boundingBox();
  if (!box) throw new Error("no such row");
  const session: CDPSession = await page.context().newCDPSession(page);
  const y = box.y + box.height / 2;
  const from = box.x + box.width - 20;
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", x: number) =>
    session.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: type === "touchEnd" ? [] : [{ x, y }],
    });
  await touch("touchStart", from);
  for (let moved = 10; moved <= far; moved += 20) await touch("touchMove", from - moved);
  await touch("touchEnd", from - far);
  await session.detach();
  await still(page, name);
}

/** The row moves no more. */
async function still(page: Page, name: string): Promise<void> {
  // One that gives way to the next is not waited for, and no failure.
  await row(page, name).evaluate((one) =>
    Promise.allSettled(one.getAnimations().map(({ finished }) => finished)),
  );
}

async function phone(world: World, login: string, locale = "en-GB"): Promise<Page> {
  const page = await world.visit(login, BOX, { ...PHONE, locale });
  await page.getByRole("button", { name: /^(Open messages|Ouvrir les messages)/ }).tap();
  await online(page);
  return page;
}

test("drawn to the left, a row shows block, mark as read, delete", async ({ world }) => {
  await unread(world);
  const ada = await phone(world, "ada");
  await expect(row(ada, "Bob")).toHaveClass(/unread/);
  await swipe(ada, "Bob");
  const acts = ada.locator(".acts").getByRole("button");
  await expect(acts).toHaveText(["Read", "Block", "Delete"]);
  await expect(acts.first()).toBeInViewport({ ratio: 0.99 });
  expect(await violations(ada), "drawn").toEqual([]);
  await acts.filter({ hasText: "Read" }).tap();
  await expect(acts).toHaveCount(0);
  await expect(row(ada, "Bob")).not.toHaveClass(/unread/);
  // It was drawn, not opened.
  await expect(log(ada)).toHaveCount(0);

  await swipe(ada, "Bob");
  await expect(acts).toHaveText(["Unread", "Block", "Delete"]);
  await acts.filter({ hasText: "Unread" }).tap();
  await expect(row(ada, "Bob")).toHaveClass(/unread/);
  await swipe(ada, "Bob");
  await acts.filter({ hasText: "Block" }).tap();
  await expect(row(ada, "Bob")).toHaveClass(/blocked/);
  await ada.getByRole("button", { name: "Undo" }).tap();
  await expect(row(ada, "Bob")).not.toHaveClass(/blocked/);
  await swipe(ada, "Bob");
  await acts.filter({ hasText: "Delete" }).tap();
  await expect(row(ada, "Bob")).toHaveCount(0);
  await ada.getByRole("button", { name: "Undo" }).tap();
  await expect(row(ada, "Bob")).toBeVisible();
});

test("touching elsewhere closes what was drawn, and opens nothing; a short pull is nothing", async ({
  world,
}) => {
  await unread(world);
  const ada = await phone(world, "ada");
  const acts = ada.locator(".acts");
  await swipe(ada, "Bob", 40);
  await expect(acts).toHaveCount(0);
  await swipe(ada, "Bob");
  await expect(acts).toHaveCount(1);
  await row(ada, "Carla").tap();
  await expect(acts).toHaveCount(0);
  await expect(log(ada)).toHaveCount(0);
  await row(ada, "Carla").tap();
  await expect(log(ada)).toBeVisible();
});

test("by keyboard: the menu, marks with undo, delete with undo and the focus kept", async ({
  world,
}) => {
  await unread(world);
  const ada = await world.visit("ada", BOX);
  await ada.getByRole("button", { name: /^Open messages/ }).click();
  await online(ada);
  await menuOf(ada, "Bob", "Mark as read");
  await expect(row(ada, "Bob")).not.toHaveClass(/unread/);
  await expect(row(ada, "Bob")).toBeFocused();
  await ada.keyboard.press("Control+z");
  await expect(row(ada, "Bob")).toHaveClass(/unread/);
  await menuOf(ada, "Carla", "Mark as read");
  await menuOf(ada, "Carla", "Mark as unread");
  await expect(row(ada, "Carla")).toContainText("marked as unread");
  expect(await violations(ada), "marked").toEqual([]);
  // Opening it takes the mark away, in every tab.
  const other = await ada.context().newPage();
  await other.goto(ada.url());
  await row(ada, "Carla").press("Enter");
  await expect(log(ada)).toBeVisible();
  await ada.getByRole("button", { name: "Back" }).click();
  await expect(row(ada, "Carla")).not.toHaveClass(/unread/);

  await row(ada, "Bob").press("Delete");
  await expect(row(ada, "Bob")).toHaveCount(0);
  await expect(row(ada, "Carla")).toBeFocused();
  await expect(ada.getByText("Deleted from your list")).toBeVisible();
  await ada.keyboard.press("Tab");
  await ada.keyboard.press("Tab");
  await expect(ada.getByRole("button", { name: "Undo" })).toBeFocused();
  await ada.keyboard.press("Enter");
  await expect(row(ada, "Bob")).toBeVisible();
});

test("clearing one's copy asks first; the other keeps theirs", async ({ world }) => {
  const id = await unread(world);
  const ada = await world.visit("ada", SECTION);
  await online(ada);
  await menuOf(ada, "Bob", "Clear my copy");
  const question = ada.getByRole("dialog", { name: "Clear your copy of this conversation?" });
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(row(ada, "Bob")).toBeVisible();
  await menuOf(ada, "Bob", "Clear my copy");
  await question.getByRole("button", { name: "Clear", exact: true }).click();
  await expect(row(ada, "Bob")).toHaveCount(0);
  await world.say("bob", id, "Three");
  await row(ada, "Bob").click();
  await expect(log(ada).getByText("Three")).toBeVisible();
  await expect(log(ada).getByText("Two")).toHaveCount(0);
  const bob = await world.visit("bob", SECTION);
  await row(bob, "Ada").click();
  await expect(log(bob).getByText("Two")).toBeVisible();
});

test("a list without dots has nothing to mark", async ({ world }) => {
  await unread(world);
  const ada = await world.visit(
    "ada",
    "<parvis-direct-messages list-template='1'></parvis-direct-messages>",
  );
  await row(ada, "Bob").press("Shift+F10");
  await expect(ada.getByRole("menuitem")).toHaveText([
    "Mute notifications",
    "Block",
    "Delete from my list",
    "Clear my copy",
  ]);
});

test("the open conversation offers the same; marked unread, it is left", async ({ world }) => {
  await unread(world);
  const ada = await world.visit("ada", SECTION);
  await online(ada);
  await row(ada, "Bob").click();
  await expect(log(ada).getByText("Two")).toBeVisible();
  await expect(row(ada, "Bob")).not.toHaveClass(/unread/);
  const more = ada.locator("parvis-conversation").getByRole("button", { name: "Actions for Bob" });
  await more.click();
  await ada.getByRole("menuitem", { name: "Mark as unread" }).click();
  await expect(log(ada)).toHaveCount(0);
  await expect(row(ada, "Bob")).toHaveClass(/unread/);
  await row(ada, "Bob").click();
  await more.click();
  await ada.getByRole("menuitem", { name: "Delete from my list" }).click();
  await expect(log(ada)).toHaveCount(0);
  await expect(row(ada, "Bob")).toHaveCount(0);
  await ada.getByRole("button", { name: "Undo" }).click();
  await expect(row(ada, "Bob")).toBeVisible();
});

test("what is being done can not be mistaken for what was done before: its undo comes with it", async ({
  world,
}) => {
  await unread(world);
  const ada = await phone(world, "ada");
  const acts = ada.locator(".acts").getByRole("button");
  const undo = ada.getByRole("button", { name: "Undo" });
  await swipe(ada, "Bob");
  await acts.filter({ hasText: "Read" }).tap();
  await expect(undo).toBeVisible();
  // The server has done it and told every window; its answer is on the way.
  let letThrough = () => {};
  const late = new Promise<void>((done) => {
    letThrough = done;
  });
  await ada.route(/\/blocks/, async (route) => {
    const response = await route.fetch();
    await late;
    await route.fulfill({ response });
  });
  await swipe(ada, "Bob");
  await acts.filter({ hasText: "Block" }).tap();
  await expect(row(ada, "Bob")).toHaveClass(/blocked/);
  expect(await undo.count()).toBe(0);
  letThrough();
  await expect(ada.getByText("You have blocked Bob")).toBeVisible();
  await undo.tap();
  await expect(row(ada, "Bob")).not.toHaveClass(/blocked/);
});

test("in French, drawn aside, every word has its room", async ({ world }) => {
  await unread(world);
  const ada = await phone(world, "ada", "fr-FR");
  const [bob] = [ada.getByRole("list", { name: "Conversations" }).locator(".row").first()];
  await expect(bob).toContainText("Bob");
  await swipe(ada, "Bob");
  const acts = ada.locator(".acts").getByRole("button");
  await expect(acts).toHaveText(["Lu", "Bloquer", "Supprimer"]);
  const cut = await acts.evaluateAll((all) => all.some((one) => one.scrollWidth > one.clientWidth));
  expect(cut).toBe(false);
});
