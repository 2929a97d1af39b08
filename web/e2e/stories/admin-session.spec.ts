// Signing in to the back-office, and finding one's way in it.
import { EMAIL, Office, PASSWORD } from "../harness/admin.ts";
import { violations } from "../harness/axe.ts";
import { expect, type Page, PHONE, test } from "../harness/index.ts";

async function signIn(page: Page, password = PASSWORD): Promise<void> {
  await page.getByLabel("E-mail").fill(EMAIL);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("who is not signed in signs in, and is where they wanted to be", async ({ world }) => {
  const office = await Office.open(world);
  const page = await world.window();
  await page.goto(office.address("/rooms"));
  await expect(page.getByRole("heading", { name: "Forum" })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await signIn(page, "not the right one");
  await expect(page.getByRole("alert")).toContainText("is not right for this site");
  await signIn(page);
  await expect(page.getByRole("heading", { name: "Rooms" })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe("/admin/forum/rooms");
  await page.reload();
  await expect(page.getByRole("heading", { name: "Rooms" })).toBeVisible();
});

test("without the name of a site, the site is asked for, and then remembered", async ({
  world,
}) => {
  await Office.open(world);
  const page = await world.window();
  await page.goto(`${world.server.origin}/admin`);
  await page.getByLabel("Site", { exact: true }).fill("forum");
  await signIn(page);
  await expect(page.getByRole("navigation", { name: "Back-office" })).toBeVisible();
  await page.goto(`${world.server.origin}/admin`);
  await expect(page).toHaveURL(/\/admin\/forum$/);
});

test("a session that ends leads to the door and back to the same place", async ({ world }) => {
  const office = await Office.open(world);
  const page = await office.visit("/rooms");
  await page.getByTitle("You", { exact: true }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await signIn(page);
  await expect(page.getByRole("heading", { name: "Rooms" })).toBeVisible();
});

test("language and appearance are chosen and stay", async ({ world }) => {
  const office = await Office.open(world);
  const page = await office.visit("/rooms");
  await page.getByTitle("You", { exact: true }).click();
  await page.getByRole("menuitemradio", { name: "Français" }).click();
  await expect(page.getByRole("heading", { name: "Salons" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "fr");
  await page.getByTitle("Vous", { exact: true }).click();
  await page.getByRole("menuitemradio", { name: "Sombre" }).click();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Salons" })).toBeVisible();
  await expect(page.locator("parvis-admin")).toHaveAttribute("theme", "dark");
});

test("an address that is nothing says so", async ({ world }) => {
  const office = await Office.open(world);
  const page = await office.visit("/nowhere");
  await expect(page.getByRole("heading", { name: "Nothing here" })).toBeVisible();
});

test("on a phone the navigation is a drawer", async ({ world }) => {
  const office = await Office.open(world);
  const page = await office.visit("/rooms", PHONE);
  const link = page.getByRole("link", { name: "Members", exact: true });
  await expect(link).toBeHidden();
  await page.getByRole("button", { name: "Menu" }).click();
  await link.click();
  await expect(page).toHaveURL(/\/members$/);
  await expect(link).toBeHidden();
});

test("by keyboard: past the navigation, and through a menu", async ({ world }) => {
  const office = await Office.open(world);
  const page = await office.visit("/rooms");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "New room" })).toBeFocused();
  const me = page.getByTitle("You", { exact: true });
  await me.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "My profile" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitemradio", { name: "English" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(me).toBeFocused();
});
